#include "plugin/manifest.hpp"

#include "base/json.hpp"
#include "base/semver.hpp"
#include "base/strings.hpp"
#include "plugin/manifest_reader.hpp"

#include <algorithm>
#include <set>

namespace host::plugin {
namespace {

constexpr std::size_t kFormKb = 64;
constexpr std::size_t kJsonKb = 1024;
constexpr std::int64_t kMaxBodyKb = 10 * 1024;

// --- what texts must look like; the same patterns are in manifests/schema/plugin.schema.json ---

bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool alphanumeric(char c) { return lower(c) || digit(c) || (c >= 'A' && c <= 'Z'); }

template <class F>
bool all(std::string_view s, F allowed) {
    return std::all_of(s.begin(), s.end(), allowed);
}

bool word(std::string_view s) {
    return !s.empty() && lower(s[0]) && all(s, [](char c) { return lower(c) || digit(c) || c == '_'; });
}
bool id(std::string_view s) {
    const auto parts = base::split(s, '.');
    return s.size() <= 80 && std::all_of(parts.begin(), parts.end(), word);
}
// A role name "guichet_p_<id>" must fit PostgreSQL's 63 bytes; "core" is the host.
bool plugin_id(std::string_view s) { return id(s) && s.size() <= 50 && s != "core" && !s.starts_with("core."); }
bool handler(std::string_view s) {
    return !s.empty() && s.size() <= 80 && lower(s[0]) && all(s, [](char c) { return lower(c) || digit(c) || c == '_' || c == '.'; });
}
bool semver(std::string_view s) { return base::Version::parse(s).has_value(); }
bool range(std::string_view s) { return base::Range::parse(s).has_value(); }
bool service_version(std::string_view s) {
    return std::count(s.begin(), s.end(), '.') == 1 && s.size() <= 9 && base::Version::parse_short(s).has_value();
}
bool interface_id(std::string_view s) { return s.starts_with("guichet.") && id(s); }
bool label(std::string_view s) { return !s.empty() && base::count_code_points(s) <= 200; }
bool anything(std::string_view s) { return base::count_code_points(s) <= 2000; }
bool verb(std::string_view s) { return s == "read" || s == "create" || s == "update" || s == "delete"; }
bool level(std::string_view s) { return s == "none" || s == "own" || s == "team" || s == "all"; }
bool method(std::string_view s) { return s == "GET" || s == "POST" || s == "PUT" || s == "PATCH" || s == "DELETE"; }
bool body(std::string_view s) { return s == "none" || s == "form" || s == "json"; }
bool slot_kind(std::string_view s) { return s == "block" || s == "tab" || s == "inline" || s == "form" || s == "tile"; }
bool list_code(std::string_view s) {
    return !s.empty() && s.size() <= 40 && all(s, [](char c) { return alphanumeric(c) || c == '_' || c == '-'; });
}
bool color(std::string_view s) {
    return !s.empty() && s.size() <= 30 && all(s, [](char c) { return lower(c) || c == '-'; });
}
bool icon(std::string_view s) {
    return !s.empty() && s.size() <= 60 && all(s, [](char c) { return lower(c) || digit(c) || c == '-'; });
}
bool locale(std::string_view s) { return s.size() == 2 && all(s, lower); }
bool library_name(std::string_view s) {
    return s.size() > 3 && s.size() <= 80 && s.ends_with(".so") && alphanumeric(s[0]) &&
           all(s, [](char c) { return alphanumeric(c) || c == '_' || c == '-' || c == '.'; });
}
bool file_name(std::string_view s) {
    const auto parts = base::split(s, '/');
    return s.size() <= 120 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
               return !part.empty() && alphanumeric(part[0]) &&
                      all(part, [](char c) { return alphanumeric(c) || c == '_' || c == '-' || c == '.'; });
           });
}
bool css_file(std::string_view s) { return file_name(s) && s.ends_with(".css"); }
bool js_file(std::string_view s) { return file_name(s) && s.ends_with(".js"); }
bool view_name(std::string_view s) {
    const auto parts = base::split(s, '.');
    if (parts.size() != 2 || !word(parts[0]) || !word(parts[1])) return false;
    const auto v = parts[1].rfind("_v");
    return v != std::string_view::npos && v > 0 && v + 2 < parts[1].size() && all(parts[1].substr(v + 2), digit);
}
bool path_segment(std::string_view s) {
    if (s.size() > 2 && s.front() == '{' && s.back() == '}') return word(s.substr(1, s.size() - 2));
    return !s.empty() && s != "." && s != ".." &&
           all(s, [](char c) { return alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '~'; });
}
bool route_path(std::string_view s) {
    if (s.size() < 2 || s.size() > 200 || s[0] != '/') return false;
    const auto parts = base::split(s.substr(1), '/');
    return std::all_of(parts.begin(), parts.end(), path_segment);
}
bool menu_path(std::string_view s) { return s == "/" || (route_path(s) && s.find('{') == std::string_view::npos); }

constexpr TextRule kId{id, "an id: lower-case letters, digits and _ in parts joined by dots, at most 80 characters"};
constexpr TextRule kPluginId{plugin_id,
                             "an id of at most 50 characters other than 'core': lower-case letters, digits and _ in parts joined by dots"};
constexpr TextRule kHandler{handler, "a handler name: lower-case letters, digits, _ and dots"};
constexpr TextRule kVersion{semver, "a version like 1.4.2 or 1.5.0-rc.1"};
constexpr TextRule kRange{range, "a range like ^1.2 or >=1.0 <3"};
constexpr TextRule kServiceVersion{service_version, "MAJOR.MINOR"};
constexpr TextRule kInterface{interface_id, "an interface of the host: guichet.…"};
constexpr TextRule kLabel{label, "1 to 200 characters"};
constexpr TextRule kText{anything, "at most 2000 characters"};
constexpr TextRule kVerb{verb, "read, create, update or delete"};
constexpr TextRule kLevel{level, "none, own, team or all"};
constexpr TextRule kProfile{word, "a profile code: lower-case letters, digits and _"};
constexpr TextRule kMethod{method, "GET, POST, PUT, PATCH or DELETE"};
constexpr TextRule kBody{body, "none, form or json"};
constexpr TextRule kSlotKind{slot_kind, "block, tab, inline, form or tile"};
constexpr TextRule kListCode{list_code, "a code of 1 to 40 letters, digits, _ and -"};
constexpr TextRule kColor{color, "a colour name of the design, like red or yellow-lt"};
constexpr TextRule kIcon{icon, "the name of an icon: lower-case letters, digits and -"};
constexpr TextRule kLocale{locale, "a language code of two letters"};
constexpr TextRule kLibrary{library_name, "a file name that ends in .so, or null for a package without code"};
constexpr TextRule kCss{css_file, "the name of a .css file under assets/"};
constexpr TextRule kJs{js_file, "the name of a .js file under assets/"};
constexpr TextRule kView{view_name, "a versioned view: schema.name_v1"};
constexpr TextRule kPath{route_path, "a path like /tickets/{id}/messages"};
constexpr TextRule kMenuPath{menu_path, "a path of this site without parameters"};

// --- the parts of a manifest ---

Order read_order(ManifestReader& owner) {
    Order order;
    owner.child("order", [&](ManifestReader& r) {
        order.after = r.texts("after", kId);
        order.before = r.texts("before", kId);
    });
    return order;
}

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

Manifest::Object read_object(ManifestReader& r) {
    r.require({"id", "label", "verbs"});
    Manifest::Object o;
    o.id = r.text("id", kId);
    o.label = r.text("label", kLabel);
    o.verbs = r.texts("verbs", kVerb);
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
}

void check_parameters(ManifestReader& r, const std::string& path) {
    std::set<std::string_view> names;
    for (const auto segment : base::split(path, '/'))
        if (segment.starts_with('{') && !names.insert(segment).second)
            r.problem("manifest.value", "the parameter " + std::string{segment} + " is there twice", "path");
}

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
    if (route.body != "none") route.max_body_bytes = 1024 * (kb ? static_cast<std::size_t>(*kb) : route.body == "form" ? kFormKb : kJsonKb);
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

void read_ui(ManifestReader& r, Manifest& m) {
    r.child("ui", [&](ManifestReader& ui) {
        ui.each("menus", [&](ManifestReader& e) {
            e.require({"menu", "id", "label", "path", "permission"});
            m.menus.push_back({e.text("menu", kId), e.text("id", kId), e.text("label", kLabel), e.text("path", kMenuPath),
                               e.text("icon", kIcon), e.text("permission", kId), read_order(e)});
        });
        ui.each("slots", [&](ManifestReader& s) {
            s.require({"id", "kind", "context"});
            m.slots.push_back({s.text("id", kId), s.text("kind", kSlotKind), s.text("context", kLabel)});
        });
        ui.each("widgets", [&](ManifestReader& w) {
            w.require({"slot", "id", "handler"});
            m.widgets.push_back({w.text("slot", kId), w.text("id", kId), w.text("label", kLabel), w.text("handler", kHandler),
                                 w.text("permission", kId), read_order(w)});
        });
    });
    r.child("assets", [&](ManifestReader& a) {
        m.css = a.texts("css", kCss);
        m.js = a.texts("js", kJs);
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
        for (std::size_t i = 0; i < m_.permissions.size(); ++i)
            for (const auto& object : m_.objects)
                for (const auto& name : object.verbs)
                    if (m_.permissions[i].id == object.id + '.' + name)
                        add("manifest.duplicate", "'" + m_.permissions[i].id + "' is a verb of an object already",
                            "/permissions/" + std::to_string(i) + "/id");
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
        if (!m_.library.empty() || (m_.routes.empty() && m_.widgets.empty() && m_.provides.empty())) return;
        add("manifest.library", "a package without code cannot have routes, widgets or services", "/library");
    }

    const Manifest& m_;
    base::Problems& problems_;
};

}  // namespace

const ManifestShape& manifest_shape() {
    static const ManifestShape shape = {
        {"", {"manifest", "id",          "version",  "name",      "description", "vendor",   "license",  "api",
              "library",  "requires",    "optional", "conflicts", "enable_when", "provides", "consumes", "database",
              "objects",  "permissions", "routes",   "schemas",   "lists",       "ui",       "assets",   "locales"}},
        {"/vendor", {"name", "url", "support"}},
        {"/api", {"abi", "interfaces"}},
        {"/database", {"schema", "reads"}},
        {"/objects/*", {"id", "label", "verbs", "defaults"}},
        {"/permissions/*", {"id", "label", "profiles"}},
        {"/routes/*", {"method", "path", "handler", "permission", "public", "csrf", "body", "max_body_kb", "api"}},
        {"/lists/*", {"id", "label", "items"}},
        {"/lists/*/items/*", {"code", "color", "labels"}},
        {"/ui", {"menus", "slots", "widgets"}},
        {"/ui/menus/*", {"menu", "id", "label", "path", "icon", "permission", "order"}},
        {"/ui/menus/*/order", {"after", "before"}},
        {"/ui/slots/*", {"id", "kind", "context"}},
        {"/ui/widgets/*", {"slot", "id", "label", "handler", "permission", "order"}},
        {"/ui/widgets/*/order", {"after", "before"}},
        {"/assets", {"css", "js"}},
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
    CrossCheck{manifest, problems}.run();
    if (!problems.empty()) return problems;
    return manifest;
}

}  // namespace host::plugin
