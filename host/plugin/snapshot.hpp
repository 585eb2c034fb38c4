// The set of active plugins as one immutable object. A request takes the current one once and keeps it
// to its end, so it sees one consistent set; what is in no snapshot any more is unloaded by the reaper.
#pragma once

#include "http/router.hpp"
#include "i18n/catalogs.hpp"
#include "plugin/generation.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace host::plugin {

class Snapshot {
public:
    // generations in dependency order. Problems: route patterns that collide (with each other or with
    // reserved, the host's own "METHOD /pattern"), widgets of unknown slots, cycles of after/before, duplicate ids.
    static base::Result<std::shared_ptr<const Snapshot>> build(std::uint64_t number, std::vector<std::shared_ptr<const Generation>> generations,
                                                              i18n::Catalogs::Domain host_domain,
                                                              const std::vector<Manifest::Slot>& host_slots,
                                                              const std::vector<std::pair<std::string, std::string>>& reserved_routes);

    struct RouteTarget {
        const Generation* generation;
        const Manifest::Route* route;
        Bindings::Handler<guichet_http_fn> handler;
    };
    struct WidgetTarget {
        const Generation* generation;
        const Manifest::Widget* widget;
        Bindings::Handler<guichet_slot_fn> handler;
    };
    struct MenuEntry {
        const Generation* generation;
        const Manifest::Menu* menu;
    };
    template <class Item, class F>
    struct Target {
        const Generation* generation;
        const Item* item;
        Bindings::Handler<F> handler;
    };
    using HookTarget = Target<Manifest::Hook, guichet_hook_fn>;
    using SubscriptionTarget = Target<Manifest::Subscription, guichet_hook_fn>;
    using JobTarget = Target<Manifest::Job, guichet_job_fn>;
    using ColumnTarget = Target<Manifest::Column, guichet_column_fn>;
    using SearchTarget = Target<Manifest::Search, guichet_search_fn>;
    struct ActionEntry {
        const Generation* generation;
        const Manifest::Action* action;
        const Manifest::Route* route;
    };
    struct EventEntry {
        const Generation* generation;
        const Manifest::Event* event;
    };
    struct ObjectEntry {
        const Generation* generation;
        const Manifest::Object* object;
    };
    std::uint64_t number() const noexcept { return number_; }
    const std::vector<std::shared_ptr<const Generation>>& generations() const noexcept { return generations_; }
    const Generation* find(std::string_view plugin_id) const;
    std::optional<ObjectEntry> object(std::string_view id) const;            // "tickets.ticket", of an active plugin
    const http::Router& router() const noexcept { return router_; }          // index -> routes()
    const std::vector<RouteTarget>& routes() const noexcept { return routes_; }
    const std::vector<WidgetTarget>& widgets(std::string_view slot) const;   // in order
    struct SlotEntry {
        Manifest::Slot slot;
        std::string domain;  // of its texts: "core" or the plugin's id
    };
    const std::map<std::string, SlotEntry, std::less<>>& slots() const noexcept { return slots_; }
    const Manifest::Slot& slot(std::string_view id) const;                   // without kind when nobody has it
    const std::vector<MenuEntry>& menu(std::string_view menu) const;         // in order
    const std::vector<HookTarget>& hooks(std::string_view event, int version) const;  // in order
    const std::map<std::string, SubscriptionTarget, std::less<>>& subscriptions() const noexcept { return subscriptions_; }  // by subscription_id()
    const std::map<std::string, JobTarget, std::less<>>& jobs() const noexcept { return jobs_; }                  // by job id
    const std::vector<ColumnTarget>& columns(std::string_view list) const;                                        // in order
    const std::vector<ActionEntry>& actions(std::string_view object) const;                                       // in order
    const std::vector<SearchTarget>& search() const noexcept;                                                     // in order
    const EventEntry* event(std::string_view id, int version) const;                                              // null when nobody publishes it
    const i18n::Catalogs& catalogs() const noexcept { return *catalogs_; }
    // The provider of a service, or null when there is none of that major with at least min_minor.
    const Generation* provider(std::string_view service, unsigned major, unsigned min_minor) const;

private:
    Snapshot() = default;
    std::uint64_t number_ = 0;
    std::vector<std::shared_ptr<const Generation>> generations_;
    http::Router router_;
    std::vector<RouteTarget> routes_;
    std::map<std::string, std::vector<WidgetTarget>, std::less<>> widgets_;
    std::map<std::string, SlotEntry, std::less<>> slots_;
    std::map<std::string, std::vector<MenuEntry>, std::less<>> menus_;
    std::unique_ptr<i18n::Catalogs> catalogs_;
    std::map<std::string, std::vector<HookTarget>, std::less<>> hooks_;  // "<event>/<version>"
    std::map<std::string, SubscriptionTarget, std::less<>> subscriptions_;
    std::map<std::string, JobTarget, std::less<>> jobs_;
    std::map<std::string, std::vector<ColumnTarget>, std::less<>> columns_;
    std::map<std::string, std::vector<ActionEntry>, std::less<>> actions_;
    std::map<std::string, std::vector<SearchTarget>, std::less<>> search_;  // under one name: all
    std::map<std::string, EventEntry, std::less<>> events_;              // "<event>/<version>"
    struct Provider { const Generation* generation; unsigned major, minor; };
    std::map<std::string, Provider, std::less<>> providers_;
    friend class SnapshotBuilder;
};

// "<plugin>/<handler>/<event>", the key of core.subscription.
std::string subscription_id(const Manifest& manifest, const Manifest::Subscription& subscription);

// Names sorted by after/before, ties by id. nullopt on a cycle. Used for plugins, menus and widgets.
struct Ordered { std::string id; Order order; };
std::optional<std::vector<std::size_t>> sort_by_order(const std::vector<Ordered>& items);

}  // namespace host::plugin
