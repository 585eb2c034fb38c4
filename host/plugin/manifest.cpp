#include "plugin/manifest.hpp"

#include "base/json.hpp"
#include "base/semver.hpp"
#include "base/strings.hpp"
#include "core/fields.hpp"
#include "plugin/manifest_rules.hpp"

#include <algorithm>
#include <set>

namespace host::plugin {
namespace {

constexpr std::size_t kFormKb = 64;
constexpr std::size_t kJsonKb = 1024;
constexpr std::size_t kMultipartKb = 25 * 1024;
constexpr std::int64_t kMaxBodyKb = 100 * 1024;
constexpr int kWidgetMs = 1000;

// --- the parts of a manifest ---

void read_identity(ManifestReader& r, Manifest& m) {
    r.require({"manifest", "id", "version", "name", "api"});
    if (r.has("manifest")) r.integer("manifest", 1, 1);
    m.id = r.text("id", kPluginId);
    m.version = r.text("version", kVersion);
    m.name = r.text("name", kLabel);
    m.description = r.text("description", kText);
    m.license = r.text("license", kText);
    m.library = r.is_null("library") ? std::string{} : r.text("library", kLibrary, "plugin.so");
    m.locales = r.texts("locales", kLocale);
    r.child("vendor", [&](ManifestReader& v) { m.vendor = {v.text("name", kText), v.text("url", kText), v.text("support", kText)}; });
    r.child("api", [&](ManifestReader& a) {
        a.require({"abi"});
        m.abi = a.text("abi", kRange);
        m.interfaces = a.text_map("interfaces", kInterface, kRange);
    });
}

void read_relations(ManifestReader& r, Manifest& m) {
    m.requires_ = r.text_map("requires", kId, kRange);
    m.optional = r.text_map("optional", kId, kRange);
    m.conflicts = r.text_map("conflicts", kId, kRange);
    m.enable_when = r.texts("enable_when", kId);
    m.provides = r.text_map("provides", kId, kServiceVersion);
    m.consumes = r.text_map("consumes", kId, kRange);
    r.child("database", [&](ManifestReader& d) { m.database = {d.text("schema", kId), d.texts("reads", kView)}; });
}

Manifest::Object::FormField read_form_field(ManifestReader& f) {
    f.require({"code", "label", "type"});
    Manifest::Object::FormField field{
        f.text("code", kWord),    f.text("label", kLabel),       f.text("type", kFieldType), f.text("audience", kAudience, "both"),
        f.boolean("shown", true), f.boolean("mandatory", false), f.boolean("fixed", false)};
    if (field.fixed) field.shown = field.mandatory = true;
    return field;
}

void read_form(ManifestReader& r, Manifest::Object& to) {
    std::set<std::string> codes;
    r.each("form", [&](ManifestReader& f) {
        to.form.push_back(read_form_field(f));
        if (!codes.insert(to.form.back().code).second)
            f.problem("manifest.duplicate", "'" + to.form.back().code + "' is there twice", "code");
    });
}

Manifest::Object read_object(ManifestReader& r) {
    r.require({"id", "label", "verbs"});
    Manifest::Object o;
    o.id = r.text("id", kId);
    o.label = r.text("label", kLabel);
    o.verbs = r.texts("verbs", kVerb);
    o.custom_fields = r.boolean("custom_fields", false);
    read_form(r, o);
    r.each_named("defaults", kProfile, [&](const std::string& profile, const base::Value& value, const std::string& at) {
        if (!value.is(base::Value::Type::object)) return r.problems().push_back({"manifest.type", "must be an object", at});
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string name{value.key(i)};
            const auto here = at + '/' + name;
            if (std::find(o.verbs.begin(), o.verbs.end(), name) == o.verbs.end())
                r.problems().push_back({"manifest.value", "'" + name + "' is not among the verbs of this object", here});
            else o.defaults[profile][name] = r.checked_text(*value.at(i), kLevel, here);
        }
    });
    return o;
}

void read_permissions(ManifestReader& r, Manifest& m) {
    r.each("objects", [&](ManifestReader& o) { m.objects.push_back(read_object(o)); });
    r.each("permissions", [&](ManifestReader& p) {
        p.require({"id", "label"});
        m.permissions.push_back({p.text("id", kId), p.text("label", kLabel), p.texts("profiles", kProfile)});
    });
}

void check_access(ManifestReader& r, Manifest::Route& route) {
    route.permission = r.text("permission", kId);
    route.public_ = r.boolean("public", false);
    if (r.has("public") && !route.public_) r.problem("manifest.value", "can only be true; leave it out otherwise", "public");
    if (r.has("permission") && r.has("public")) r.problem("manifest.route_access", "a route has a permission or is public, not both");
    if (!r.has("permission") && !r.has("public"))
        r.problem("manifest.route_access", "a route needs a \"permission\", or an explicit \"public\": true");
    route.as_system = r.text("acts_as", kActsAs) == "system";
    if (route.as_system && !route.public_) r.problem("manifest.route_access", "only a public route acts as the system", "acts_as");
    route.bare = r.text("layout", kLayout) == "none";
    if (route.bare && !route.public_) r.problem("manifest.route_access", "only a public route has pages without the site's frame", "layout");
}

void check_parameters(ManifestReader& r, const std::string& path) {
    std::set<std::string_view> names;
    for (const auto segment : base::split(path, '/'))
        if (segment.starts_with('{') && !names.insert(segment).second)
            r.problem("manifest.value", "the parameter " + std::string{segment} + " is there twice", "path");
}

std::size_t default_kb(const std::string& body) { return body == "form" ? kFormKb : body == "multipart" ? kMultipartKb : kJsonKb; }

Manifest::Route read_route(ManifestReader& r) {
    r.require({"method", "path", "handler"});
    Manifest::Route route;
    route.method = r.text("method", kMethod);
    route.path = r.text("path", kPath);
    route.handler = r.text("handler", kHandler);
    check_access(r, route);
    check_parameters(r, route.path);
    route.csrf = r.boolean("csrf", true);
    route.body = r.text("body", kBody, "none");
    if (route.method == "GET" && route.body != "none") r.problem("manifest.value", "a GET has no body", "body");
    const auto kb = r.integer("max_body_kb", 1, kMaxBodyKb);
    if (kb && route.body == "none") r.problem("manifest.value", "says nothing without a body", "max_body_kb");
    if (route.body != "none") route.max_body_bytes = 1024 * (kb ? static_cast<std::size_t>(*kb) : default_kb(route.body));
    route.api_json = r.json_object("api");
    return route;
}

Manifest::List read_list(ManifestReader& r) {
    r.require({"id", "label", "items"});
    Manifest::List list{r.text("id", kId), r.text("label", kLabel), {}};
    std::set<std::string> codes;
    r.each("items", [&](ManifestReader& i) {
        i.require({"code", "labels"});
        Manifest::ListItem item{i.text("code", kListCode), i.text("color", kColor, "secondary"), i.text_map("labels", kLocale, kLabel)};
        if (!codes.insert(item.code).second) i.problem("manifest.duplicate", "'" + item.code + "' is there twice", "code");
        for (const char* language : {"fr", "en"})
            if (i.has("labels") && !item.labels.contains(language))
                i.problem("manifest.missing", std::string{"the label in '"} + language + "' is required", "labels");
        list.items.push_back(std::move(item));
    });
    return list;
}

Manifest::Widget read_widget(ManifestReader& w) {
    w.require({"slot", "id", "handler"});
    Manifest::Widget widget{w.text("slot", kId), w.text("id", kId), w.text("label", kLabel), w.text("handler", kHandler),
                            w.text("permission", kId), w.text("when", kText), w.boolean("lazy", false), kWidgetMs, read_order(w)};
    if (const auto ms = w.integer("timeout_ms", 10, 10'000)) widget.timeout_ms = static_cast<int>(*ms);
    return widget;
}

Manifest::Column read_column(ManifestReader& c) {
    c.require({"list", "id", "label", "handler", "permission"});
    Manifest::Column column{c.text("list", kId), c.text("id", kId), c.text("label", kLabel), c.text("handler", kHandler),
                            c.text("permission", kId), c.text("filter", kColumnFilter), {}, {}, read_order(c)};
    c.child("sort", [&](ManifestReader& s) {
        s.require({"view", "column"});
        column.sort_view = s.text("view", kView);
        column.sort_column = s.text("column", kWord);
    });
    if (!column.filter.empty() && column.sort_view.empty()) c.problem("manifest.value", "needs \"sort\", the view it reads", "filter");
    return column;
}

Manifest::Action read_action(ManifestReader& a) {
    a.require({"on", "id", "label", "route", "permission"});
    return {a.text("on", kId), a.text("id", kId), a.text("label", kLabel), a.text("route", kHandler), a.text("permission", kId),
            a.text("icon", kIcon), a.text("when", kText), a.text("confirm", kText), a.boolean("bulk", false), read_order(a)};
}

void read_ui(ManifestReader& r, Manifest& m) {
    r.child("ui", [&](ManifestReader& ui) {
        ui.each("menus", [&](ManifestReader& e) {
            e.require({"menu", "id", "label", "path", "permission"});
            m.menus.push_back({e.text("menu", kId), e.text("id", kId), e.text("label", kLabel), e.text("path", kMenuPath),
                               e.text("icon", kIcon), e.text("permission", kId), e.text("badge", kHandler), read_order(e)});
        });
        ui.each("slots", [&](ManifestReader& s) {
            s.require({"id", "kind", "context"});
            m.slots.push_back({s.text("id", kId), s.text("kind", kSlotKind), s.text("context", kLabel)});
            s.child("arrange", [&](ManifestReader& a) {
                a.require({"label", "list", "by"});
                m.slots.back().arrange = {a.text("label", kLabel), a.text("list", kId), a.text("by", kWord)};
            });
        });
        ui.each("widgets", [&](ManifestReader& w) { m.widgets.push_back(read_widget(w)); });
        ui.each("lists", [&](ManifestReader& l) {
            l.require({"id", "label"});
            m.ui_lists.push_back({l.text("id", kId), l.text("label", kLabel)});
        });
        ui.each("columns", [&](ManifestReader& c) { m.columns.push_back(read_column(c)); });
        ui.each("actions", [&](ManifestReader& a) { m.actions.push_back(read_action(a)); });
        ui.each("search", [&](ManifestReader& s) {
            s.require({"id", "label", "handler", "permission"});
            m.search.push_back({s.text("id", kId), s.text("label", kLabel), s.text("handler", kHandler), s.text("permission", kId),
                                s.text("icon", kIcon), read_order(s)});
        });
    });
    r.child("assets", [&](ManifestReader& a) {
        m.css = a.texts("css", kCss);
        m.js = a.texts("js", kJs);
        m.asset_pages = a.texts("pages", kPagePattern);
    });
}

// --- what holds between the parts ---

class CrossCheck {
public:
    CrossCheck(const Manifest& manifest, base::Problems& problems) : m_{manifest}, problems_{problems} {}

    void run() {
        if (m_.id.empty()) return;  // refused already, and nothing can be compared with it
        ids("/objects", m_.objects);
        ids("/permissions", m_.permissions);
        ids("/lists", m_.lists);
        ids("/ui/menus", m_.menus);
        ids("/ui/slots", m_.slots);
        ids("/ui/widgets", m_.widgets);
        ids("/ui/lists", m_.ui_lists);
        ids("/ui/columns", m_.columns);
        ids("/ui/actions", m_.actions);
        ids("/ui/search", m_.search);
        ids("/jobs", m_.jobs);
        ids("/fields", m_.fields);
        fields();
        ids("/counters", m_.counters);
        ids("/mail_templates", m_.mail_templates);
        for (std::size_t i = 0; i < m_.publishes.size(); ++i) prefix(m_.publishes[i].id, "/events/publishes/" + std::to_string(i) + "/id");
        actions();
        for (const auto& [service, version] : m_.provides) prefix(service, "/provides/" + service);
        permissions();
        relations();
        schema();
        code();
    }

private:
    void add(std::string code, std::string message, std::string at) {
        problems_.push_back({std::move(code), std::move(message), std::move(at)});
    }
    void prefix(const std::string& name, const std::string& at) {
        if (!name.empty() && !name.starts_with(m_.id + '.')) add("manifest.prefix", "'" + name + "' must begin with '" + m_.id + ".'", at);
    }
    template <class T>
    void ids(const std::string& at, const std::vector<T>& items) {
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto here = at + '/' + std::to_string(i) + "/id";
            prefix(items[i].id, here);
            if (!seen.insert(items[i].id).second && !items[i].id.empty())
                add("manifest.duplicate", "'" + items[i].id + "' is there twice", here);
        }
    }
    // Permissions of other plugins are checked when the set of plugins is known (resolver).
    void permission(const std::string& name, const std::string& at) {
        if (name.starts_with(m_.id + '.') && !declares_permission(m_, name))
            add("manifest.permission", "'" + name + "' is declared neither in \"permissions\" nor as a verb of an object", at);
    }
    void permissions() {
        for (std::size_t i = 0; i < m_.routes.size(); ++i)
            permission(m_.routes[i].permission, "/routes/" + std::to_string(i) + "/permission");
        for (std::size_t i = 0; i < m_.menus.size(); ++i)
            permission(m_.menus[i].permission, "/ui/menus/" + std::to_string(i) + "/permission");
        for (std::size_t i = 0; i < m_.widgets.size(); ++i)
            permission(m_.widgets[i].permission, "/ui/widgets/" + std::to_string(i) + "/permission");
        for (std::size_t i = 0; i < m_.columns.size(); ++i)
            permission(m_.columns[i].permission, "/ui/columns/" + std::to_string(i) + "/permission");
        for (std::size_t i = 0; i < m_.actions.size(); ++i)
            permission(m_.actions[i].permission, "/ui/actions/" + std::to_string(i) + "/permission");
        for (std::size_t i = 0; i < m_.search.size(); ++i)
            permission(m_.search[i].permission, "/ui/search/" + std::to_string(i) + "/permission");
        for (std::size_t i = 0; i < m_.permissions.size(); ++i)
            for (const auto& object : m_.objects)
                for (const auto& name : object.verbs)
                    if (m_.permissions[i].id == object.id + '.' + name)
                        add("manifest.duplicate", "'" + m_.permissions[i].id + "' is a verb of an object already",
                            "/permissions/" + std::to_string(i) + "/id");
    }
    void actions() {
        for (std::size_t i = 0; i < m_.actions.size(); ++i) {
            const auto at = "/ui/actions/" + std::to_string(i);
            const auto route = std::find_if(m_.routes.begin(), m_.routes.end(), [&](const auto& r) { return r.handler == m_.actions[i].route; });
            if (route == m_.routes.end()) add("manifest.value", "'" + m_.actions[i].route + "' is not the handler of a route", at + "/route");
            else if (m_.actions[i].bulk && route->method != "POST") add("manifest.value", "a bulk action needs a POST route", at + "/route");
        }
    }
    void fields() {
        for (std::size_t i = 0; i < m_.fields.size(); ++i)
            if (m_.fields[i].code().size() > core::kLongestFieldCode)
                add("manifest.value", "'" + std::string{m_.fields[i].code()} + "', the code of this field, is longer than " +
                    std::to_string(core::kLongestFieldCode) + " characters", "/fields/" + std::to_string(i) + "/id");
    }
    void relations() {
        const std::pair<const char*, const std::map<std::string, std::string>*> maps[] = {
            {"/requires/", &m_.requires_}, {"/optional/", &m_.optional}, {"/conflicts/", &m_.conflicts}};
        for (const auto& [at, map] : maps)
            if (map->contains(m_.id)) add("manifest.value", "a package cannot name itself", at + m_.id);
        for (const auto& [other, wanted] : m_.optional)
            if (m_.requires_.contains(other)) add("manifest.duplicate", "'" + other + "' is required already", "/optional/" + other);
    }
    void schema() {
        const auto& own = m_.database.schema;
        if (!own.empty() && own != database_name(m_.id))
            add("manifest.value", "the schema of this package must be '" + database_name(m_.id) + "'", "/database/schema");
        if (own == "public" || own == "information_schema" || own.starts_with("pg_"))
            add("manifest.value", "'" + own + "' belongs to PostgreSQL; the package needs another id", "/database/schema");
        for (std::size_t i = 0; i < m_.database.reads.size(); ++i)
            if (!own.empty() && m_.database.reads[i].starts_with(own + '.'))
                add("manifest.value", "a package may always read its own schema", "/database/reads/" + std::to_string(i));
    }
    void code() {
        const bool calls = !(m_.routes.empty() && m_.widgets.empty() && m_.provides.empty() && m_.hooks.empty() && m_.subscriptions.empty() &&
                             m_.jobs.empty() && m_.commands.empty() && m_.columns.empty() && m_.search.empty());
        if (m_.library.empty() && calls)
            add("manifest.library", "a package without code cannot have routes, widgets, services, hooks, jobs, commands, columns or search", "/library");
    }

    const Manifest& m_;
    base::Problems& problems_;
};

}  // namespace

const ManifestShape& manifest_shape() {
    static const ManifestShape shape = {
        {"", {"manifest", "id",          "version",        "name",      "description", "vendor",   "license",  "api",
              "library",  "requires",    "optional",       "conflicts", "enable_when", "provides", "consumes", "database",
              "objects",  "permissions", "routes",         "schemas",   "lists",       "events",   "jobs",     "fields",
              "commands", "counters", "settings",    "mail_templates", "ui",        "assets",      "locales"}},
        {"/vendor", {"name", "url", "support"}},
        {"/api", {"abi", "interfaces"}},
        {"/database", {"schema", "reads"}},
        {"/objects/*", {"id", "label", "verbs", "defaults", "custom_fields", "form"}},
        {"/objects/*/form/*", {"code", "label", "type", "audience", "shown", "mandatory", "fixed"}},
        {"/permissions/*", {"id", "label", "profiles"}},
        {"/routes/*", {"method", "path", "handler", "permission", "public", "acts_as", "layout", "csrf", "body", "max_body_kb", "api"}},
        {"/lists/*", {"id", "label", "items"}},
        {"/lists/*/items/*", {"code", "color", "labels"}},
        {"/events", {"publishes", "hooks", "subscriptions"}},
        {"/events/publishes/*", {"id", "version", "kind", "schema", "editable", "deprecated"}},
        {"/events/hooks/*", {"event", "version", "handler", "order", "timeout_ms"}},
        {"/events/hooks/*/order", {"after", "before"}},
        {"/events/subscriptions/*", {"event", "version", "handler", "max_attempts"}},
        {"/jobs/*", {"id", "label", "handler", "cron", "every_s", "singleton", "timeout_s", "max_attempts"}},
        {"/commands/*", {"name", "handler", "summary", "usage", "database"}},
        {"/fields/*",
         {"object", "id", "label", "type", "options", "group", "mandatory", "in_form", "more_info", "audience", "searchable",
          "filterable"}},
        {"/fields/*/options/*", {"value", "labels"}},
        {"/counters/*", {"id", "label", "mask"}},
        {"/mail_templates/*", {"id", "label", "file", "placeholders"}},
        {"/ui", {"menus", "slots", "widgets", "lists", "columns", "actions", "search"}},
        {"/ui/menus/*", {"menu", "id", "label", "path", "icon", "permission", "badge", "order"}},
        {"/ui/menus/*/order", {"after", "before"}},
        {"/ui/slots/*", {"id", "kind", "context", "arrange"}},
        {"/ui/slots/*/arrange", {"label", "list", "by"}},
        {"/ui/widgets/*", {"slot", "id", "label", "handler", "permission", "when", "lazy", "timeout_ms", "order"}},
        {"/ui/widgets/*/order", {"after", "before"}},
        {"/ui/lists/*", {"id", "label"}},
        {"/ui/columns/*", {"list", "id", "label", "handler", "permission", "filter", "sort", "order"}},
        {"/ui/columns/*/sort", {"view", "column"}},
        {"/ui/columns/*/order", {"after", "before"}},
        {"/ui/actions/*", {"on", "id", "label", "route", "permission", "icon", "when", "confirm", "bulk", "order"}},
        {"/ui/actions/*/order", {"after", "before"}},
        {"/ui/search/*", {"id", "label", "handler", "permission", "icon", "order"}},
        {"/ui/search/*/order", {"after", "before"}},
        {"/assets", {"css", "js", "pages"}},
    };
    return shape;
}

std::string database_name(std::string_view plugin_id) {
    std::string name{plugin_id};
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

bool declares_permission(const Manifest& manifest, std::string_view permission) {
    const auto plain =
        std::any_of(manifest.permissions.begin(), manifest.permissions.end(), [&](const auto& p) { return p.id == permission; });
    return plain || std::any_of(manifest.objects.begin(), manifest.objects.end(), [&](const auto& object) {
               return std::any_of(object.verbs.begin(), object.verbs.end(),
                                  [&](const auto& name) { return object.id + '.' + name == permission; });
           });
}

base::Result<Manifest> parse_manifest(std::string_view json) {
    base::Arena arena;
    const auto parsed = base::parse_json(arena, json);
    if (!parsed) return parsed.problems();
    const base::Value& root = **parsed;
    if (!root.is(base::Value::Type::object)) return base::Problem{"manifest.type", "a manifest is a JSON object", ""};

    Manifest manifest;
    base::Problems problems;
    ManifestReader reader{root, "", "", problems};
    read_identity(reader, manifest);
    read_relations(reader, manifest);
    read_permissions(reader, manifest);
    reader.each("routes", [&](ManifestReader& r) { manifest.routes.push_back(read_route(r)); });
    manifest.schemas_json = reader.json_object("schemas");
    reader.each("lists", [&](ManifestReader& r) { manifest.lists.push_back(read_list(r)); });
    read_ui(reader, manifest);
    read_extensions(reader, manifest);
    CrossCheck{manifest, problems}.run();
    if (!problems.empty()) return problems;
    return manifest;
}

}  // namespace host::plugin
