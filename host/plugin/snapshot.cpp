#include "plugin/snapshot.hpp"

#include <algorithm>
#include <set>

namespace host::plugin {

class SnapshotBuilder {
public:
    SnapshotBuilder(Snapshot& snapshot, const std::vector<Manifest::Slot>& host_slots,
                    const std::vector<std::pair<std::string, std::string>>& reserved_routes)
        : s_{snapshot} {
        for (const auto& slot : host_slots) s_.slots_[slot.id] = {slot, "core"};
        for (const auto& [method, path] : reserved_routes) all_routes_.add(method, path, 0);
    }

    base::Problems run(i18n::Catalogs::Domain host_domain) {
        std::vector<i18n::Catalogs::Domain> domains{std::move(host_domain)};
        for (const auto& generation : s_.generations_) {
            names(*generation);
            routes(*generation);
            services(*generation);
            domains.push_back(generation->package().catalog);
        }
        for (const auto& generation : s_.generations_) {
            places(*generation);
            extensions(*generation);
        }
        sort("slot", s_.widgets_, [](const auto& target) { return target.widget; });
        sort("menu", s_.menus_, [](const auto& entry) { return entry.menu; });
        sort("list", s_.columns_, [](const auto& target) { return target.item; });
        sort("object", s_.actions_, [](const auto& entry) { return entry.action; });
        sort("page", s_.search_, [](const auto& target) { return target.item; });
        sort_hooks();
        if (problems_.empty()) s_.catalogs_ = std::make_unique<i18n::Catalogs>(std::move(domains));
        return std::move(problems_);
    }

private:
    void problem(std::string code, std::string message, const Generation& g) {
        problems_.push_back({std::move(code), std::move(message), g.id()});
    }

    void unique(std::string_view kind, const std::string& id, const Generation& g) {
        if (!ids_.insert(std::string{kind} + ' ' + id).second)
            problem("snapshot.duplicate", "another package has the " + std::string{kind} + " '" + id + "' already", g);
    }

    void names(const Generation& g) {
        const auto& m = g.manifest();
        unique("id", m.id, g);
        for (const auto& object : m.objects)
            for (const auto& verb : object.verbs) unique("permission", object.id + '.' + verb, g);
        for (const auto& permission : m.permissions) unique("permission", permission.id, g);
        for (const auto& list : m.lists) unique("list", list.id, g);
        for (const auto& menu : m.menus) unique("menu entry", menu.id, g);
        for (const auto& widget : m.widgets) unique("widget", widget.id, g);
        for (const auto& slot : m.slots) {
            unique("slot", slot.id, g);
            s_.slots_[slot.id] = {slot, m.id};
        }
        for (const auto& object : m.objects) objects_.insert(object.id);
        for (const auto& list : m.ui_lists) lists_.insert(list.id);
        for (const auto& event : m.publishes)
            if (!s_.events_.try_emplace(key(event.id, event.version), Snapshot::EventEntry{&g, &event}).second)
                problem("snapshot.duplicate", "the event '" + key(event.id, event.version) + "' is published twice", g);
    }

    // Published by the host itself.
    static bool is_host_event(const std::string& key) { return key == "core.settings_changed/1"; }

    static std::string key(const std::string& event, int version) { return event + '/' + std::to_string(version); }

    void routes(const Generation& g) {
        for (const auto& route : g.manifest().routes) {
            const auto index = s_.routes_.size();
            if (!all_routes_.add(route.method, route.path, index))
                problem("snapshot.route", "the route " + route.method + ' ' + route.path + " collides with another one", g);
            else if (s_.router_.add(route.method, route.path, index))
                s_.routes_.push_back({&g, &route, g.bindings().routes.at(route.handler)});
        }
    }

    void services(const Generation& g) {
        for (const auto& [id, service] : g.bindings().services) {
            unique("service", id, g);
            const auto& table = *static_cast<const guichet_iface*>(service.table);
            s_.providers_[id] = {&g, table.major, table.minor};
        }
    }

    // After all names are known: a widget may stand in a slot of a package that comes later.
    void places(const Generation& g) {
        for (const auto& widget : g.manifest().widgets) {
            if (s_.slots_.contains(widget.slot)) s_.widgets_[widget.slot].push_back({&g, &widget, g.bindings().slots.at(widget.handler)});
            else if (!of_absent_option(g, widget.slot))
                problem("snapshot.slot", "no active package has the slot '" + widget.slot + "' of the widget " + widget.id, g);
        }
        for (const auto& menu : g.manifest().menus) s_.menus_[menu.menu].push_back({&g, &menu});
    }

    void extensions(const Generation& g) {
        const auto& m = g.manifest();
        const auto& b = g.bindings();
        for (const auto& hook : m.hooks)
            if (known(s_.events_, key(hook.event, hook.version), "event", g))
                s_.hooks_[key(hook.event, hook.version)].push_back({&g, &hook, b.hooks.at(hook.handler)});
        for (const auto& subscription : m.subscriptions)
            if (is_host_event(key(subscription.event, subscription.version)) ||
                known(s_.events_, key(subscription.event, subscription.version), "event", g))
                s_.subscriptions_[subscription_id(m, subscription)] = {&g, &subscription, b.subscribers.at(subscription.handler)};
        for (const auto& job : m.jobs) s_.jobs_[job.id] = {&g, &job, b.jobs.at(job.handler)};
        for (const auto& column : m.columns)
            if (known(lists_, column.list, "list", g)) s_.columns_[column.list].push_back({&g, &column, b.columns.at(column.handler)});
        for (const auto& action : m.actions)
            if (known(objects_, action.on, "object", g)) s_.actions_[action.on].push_back({&g, &action, &route_of(m, action)});
        for (const auto& search : m.search) s_.search_["search"].push_back({&g, &search, b.search.at(search.handler)});
    }

    template <class Names>
    bool known(const Names& names, const std::string& name, std::string_view kind, const Generation& g) {
        if (names.contains(name)) return true;
        if (!of_absent_option(g, name)) problem("snapshot.unknown", "no active package has the " + std::string{kind} + " '" + name + "'", g);
        return false;
    }

    static const Manifest::Route& route_of(const Manifest& m, const Manifest::Action& action) {  // checked with the manifest
        return *std::find_if(m.routes.begin(), m.routes.end(), [&](const auto& route) { return route.handler == action.route; });
    }

    // Hooks stand in the order of their plugins' names.
    void sort_hooks() {
        for (auto& [event, targets] : s_.hooks_) {
            std::vector<Ordered> keys;
            for (const auto& target : targets) keys.push_back({target.generation->id(), target.item->order});
            put_in_order("event", event, targets, keys);
        }
    }

    bool of_absent_option(const Generation& g, const std::string& slot) const {
        const auto& optional = g.manifest().optional;
        return std::any_of(optional.begin(), optional.end(),
                           [&](const auto& entry) { return slot.starts_with(entry.first + '.') && !s_.find(entry.first); });
    }

    template <class Map, class Item>
    void sort(std::string_view kind, Map& groups, Item&& item) {
        for (auto& [name, entries] : groups) {
            std::vector<Ordered> keys;
            for (const auto& entry : entries) keys.push_back({item(entry)->id, item(entry)->order});
            put_in_order(kind, name, entries, keys);
        }
    }

    template <class Entries>
    void put_in_order(std::string_view kind, const std::string& name, Entries& entries, const std::vector<Ordered>& keys) {
        const auto order = sort_by_order(keys);
        if (!order)
            return problem("snapshot.order", "\"after\" and \"before\" contradict each other in the " + std::string{kind} + " '" + name + "'",
                           *entries.back().generation);
        auto sorted = entries;
        for (std::size_t i = 0; i < entries.size(); ++i) sorted[i] = entries[(*order)[i]];
        entries = std::move(sorted);
    }

    Snapshot& s_;
    http::Router all_routes_;  // with the host's own
    std::set<std::string> objects_, lists_;
    std::set<std::string> ids_;
    base::Problems problems_;
};

base::Result<std::shared_ptr<const Snapshot>> Snapshot::build(std::uint64_t number,
                                                              std::vector<std::shared_ptr<const Generation>> generations,
                                                              i18n::Catalogs::Domain host_domain,
                                                              const std::vector<Manifest::Slot>& host_slots,
                                                              const std::vector<std::pair<std::string, std::string>>& reserved_routes) {
    std::shared_ptr<Snapshot> snapshot{new Snapshot};
    snapshot->number_ = number;
    snapshot->generations_ = std::move(generations);
    auto problems = SnapshotBuilder{*snapshot, host_slots, reserved_routes}.run(std::move(host_domain));
    if (!problems.empty()) return problems;
    return std::shared_ptr<const Snapshot>{std::move(snapshot)};
}

const Generation* Snapshot::find(std::string_view plugin_id) const {
    const auto it = std::find_if(generations_.begin(), generations_.end(), [&](const auto& g) { return g->id() == plugin_id; });
    return it == generations_.end() ? nullptr : it->get();
}

std::optional<Snapshot::ObjectEntry> Snapshot::object(std::string_view id) const {
    for (const auto& generation : generations_)
        for (const auto& object : generation->manifest().objects)
            if (object.id == id) return ObjectEntry{generation.get(), &object};
    return std::nullopt;
}

namespace {

template <class Map>
const typename Map::mapped_type& group(const Map& groups, std::string_view name) {
    static const typename Map::mapped_type none;
    const auto it = groups.find(name);
    return it == groups.end() ? none : it->second;
}

}  // namespace

const std::vector<Snapshot::WidgetTarget>& Snapshot::widgets(std::string_view slot) const { return group(widgets_, slot); }
const Manifest::Slot& Snapshot::slot(std::string_view id) const { return group(slots_, id).slot; }
const std::vector<Snapshot::MenuEntry>& Snapshot::menu(std::string_view menu) const { return group(menus_, menu); }
const std::vector<Snapshot::ColumnTarget>& Snapshot::columns(std::string_view list) const { return group(columns_, list); }
const std::vector<Snapshot::ActionEntry>& Snapshot::actions(std::string_view object) const { return group(actions_, object); }
const std::vector<Snapshot::SearchTarget>& Snapshot::search() const noexcept { return group(search_, "search"); }

const std::vector<Snapshot::HookTarget>& Snapshot::hooks(std::string_view event, int version) const {
    return group(hooks_, std::string{event} + '/' + std::to_string(version));
}

const Snapshot::EventEntry* Snapshot::event(std::string_view id, int version) const {
    const auto it = events_.find(std::string{id} + '/' + std::to_string(version));
    return it == events_.end() ? nullptr : &it->second;
}

std::string subscription_id(const Manifest& manifest, const Manifest::Subscription& subscription) {
    return manifest.id + '/' + subscription.handler + '/' + subscription.event;
}

const Generation* Snapshot::provider(std::string_view service, unsigned major, unsigned min_minor) const {
    const auto it = providers_.find(service);
    if (it == providers_.end() || it->second.major != major || it->second.minor < min_minor) return nullptr;
    return it->second.generation;
}

std::optional<std::vector<std::size_t>> sort_by_order(const std::vector<Ordered>& items) {
    std::map<std::string_view, std::set<std::string_view>> waits_for;
    for (const auto& item : items) {
        for (const auto& other : item.order.after) waits_for[item.id].insert(other);
        for (const auto& other : item.order.before) waits_for[other].insert(item.id);
    }
    std::set<std::pair<std::string_view, std::size_t>> left;  // ties are taken in this order
    for (std::size_t i = 0; i < items.size(); ++i) left.emplace(items[i].id, i);
    std::vector<std::size_t> order;
    while (!left.empty()) {
        const auto ready = std::find_if(left.begin(), left.end(), [&](const auto& candidate) {
            const auto& waits = waits_for[candidate.first];
            return std::none_of(left.begin(), left.end(), [&](const auto& other) { return waits.contains(other.first); });
        });
        if (ready == left.end()) return std::nullopt;
        order.push_back(ready->second);
        left.erase(ready);
    }
    return order;
}

}  // namespace host::plugin
