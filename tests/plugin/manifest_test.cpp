#include "plugin/manifest.hpp"

#include "base/file.hpp"
#include "base/json.hpp"
#include "plugin/manifest_reader.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace {

using namespace host;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr std::string_view kHead = R"("manifest": 1, "id": "acme.sla", "version": "1.4.2", "name": "Service levels", "api": {"abi": "^1.0"})";

base::Result<plugin::Manifest> parse(const std::string& members) {
    return plugin::parse_manifest("{" + std::string{kHead} + (members.empty() ? "" : ", " + members) + "}");
}

std::vector<std::string> codes_and_pointers(const base::Problems& problems) {
    std::vector<std::string> out;
    for (const auto& p : problems) out.push_back(p.code + ' ' + p.path);
    return out;
}

struct BadCase {
    const char* name;
    const char* members;  // added to a valid head
    const char* problem;  // "code pointer"
};
void PrintTo(const BadCase& c, std::ostream* out) { *out << c.name; }

class BadManifest : public testing::TestWithParam<BadCase> {};

TEST_P(BadManifest, IsRefusedAtItsPlace) {
    const auto manifest = parse(GetParam().members);
    ASSERT_FALSE(manifest.ok());
    EXPECT_THAT(codes_and_pointers(manifest.problems()), ElementsAre(GetParam().problem)) << base::to_text(manifest.problems());
}

const BadCase kBadCases[] = {
    {"unknown_key", R"("rotues": [])", "manifest.unknown_key /rotues"},
    {"unknown_key_with_slash", R"("a/b~": 1)", "manifest.unknown_key /a~1b~0"},
    {"nested_unknown_key", R"("vendor": {"mail": ""})", "manifest.unknown_key /vendor/mail"},
    {"wrong_type", R"("routes": {})", "manifest.type /routes"},
    {"element_type", R"("routes": [3])", "manifest.type /routes/0"},
    {"text_type", R"("license": 3)", "manifest.type /license"},
    {"library_with_folder", R"("library": "../plugin.so")", "manifest.value /library"},
    {"range", R"("requires": {"tickets": "newest"})", "manifest.value /requires/tickets"},
    {"dependency_id", R"("requires": {"Tickets": "^1.0"})", "manifest.value /requires/Tickets"},
    {"requires_itself", R"("requires": {"acme.sla": "^1.0"})", "manifest.value /requires/acme.sla"},
    {"required_and_optional", R"("requires": {"a": "^1"}, "optional": {"a": "^1"})", "manifest.duplicate /optional/a"},
    {"service_version", R"("provides": {"acme.sla.clock": "1"})", "manifest.value /provides/acme.sla.clock"},
    {"service_prefix", R"("provides": {"tickets.store": "1.0"})", "manifest.prefix /provides/tickets.store"},
    {"unversioned_view", R"("database": {"reads": ["core.app_user"]})", "manifest.value /database/reads/0"},
    {"foreign_schema", R"("database": {"schema": "core"})", "manifest.value /database/schema"},
    {"own_view", R"("database": {"schema": "acme_sla", "reads": ["acme_sla.due_v1"]})", "manifest.value /database/reads/0"},
    {"route_without_permission", R"("routes": [{"method": "GET", "path": "/sla", "handler": "a"}])", "manifest.route_access /routes/0"},
    {"route_public_false", R"("routes": [{"method": "GET", "path": "/sla", "handler": "a", "public": false}])",
     "manifest.value /routes/0/public"},
    {"route_public_with_permission",
     R"("permissions": [{"id": "acme.sla.read", "label": "Read"}],
        "routes": [{"method": "GET", "path": "/sla", "handler": "a", "public": true, "permission": "acme.sla.read"}])",
     "manifest.route_access /routes/0"},
    {"route_acts_as_somebody", R"("routes": [{"method": "GET", "path": "/sla", "handler": "a", "public": true, "acts_as": "admin"}])",
     "manifest.value /routes/0/acts_as"},
    {"route_acts_as_system_by_permission",
     R"("permissions": [{"id": "acme.sla.read", "label": "Read"}],
        "routes": [{"method": "GET", "path": "/sla", "handler": "a", "permission": "acme.sla.read", "acts_as": "system"}])",
     "manifest.route_access /routes/0/acts_as"},
    {"route_unknown_permission", R"("routes": [{"method": "GET", "path": "/sla", "handler": "a", "permission": "acme.sla.read"}])",
     "manifest.permission /routes/0/permission"},
    {"route_unknown_verb",
     R"("objects": [{"id": "acme.sla.clock", "label": "Clocks", "verbs": ["read"]}],
        "routes": [{"method": "POST", "path": "/sla", "handler": "a", "permission": "acme.sla.clock.update"}])",
     "manifest.permission /routes/0/permission"},
    {"route_method", R"("routes": [{"method": "get", "path": "/sla", "handler": "a", "public": true}])", "manifest.value /routes/0/method"},
    {"route_relative_path", R"("routes": [{"method": "GET", "path": "sla", "handler": "a", "public": true}])",
     "manifest.value /routes/0/path"},
    {"route_dots", R"("routes": [{"method": "GET", "path": "/sla/../admin", "handler": "a", "public": true}])",
     "manifest.value /routes/0/path"},
    {"route_empty_segment", R"("routes": [{"method": "GET", "path": "/sla//x", "handler": "a", "public": true}])",
     "manifest.value /routes/0/path"},
    {"route_half_parameter", R"("routes": [{"method": "GET", "path": "/sla/x{id}", "handler": "a", "public": true}])",
     "manifest.value /routes/0/path"},
    {"route_parameter_twice", R"("routes": [{"method": "GET", "path": "/sla/{id}/{id}", "handler": "a", "public": true}])",
     "manifest.value /routes/0/path"},
    {"route_body_of_get", R"("routes": [{"method": "GET", "path": "/sla", "handler": "a", "public": true, "body": "form"}])",
     "manifest.value /routes/0/body"},
    {"route_limit_without_body", R"("routes": [{"method": "POST", "path": "/sla", "handler": "a", "public": true, "max_body_kb": 4}])",
     "manifest.value /routes/0/max_body_kb"},
    {"route_huge_limit",
     R"("routes": [{"method": "POST", "path": "/sla", "handler": "a", "public": true, "body": "json", "max_body_kb": 102401}])",
     "manifest.value /routes/0/max_body_kb"},
    {"event_prefix", R"("events": {"publishes": [{"id": "tickets.made", "version": 1, "kind": "after", "schema": "made.json"}]})",
     "manifest.prefix /events/publishes/0/id"},
    {"event_kind", R"("events": {"publishes": [{"id": "acme.sla.late", "version": 1, "kind": "during", "schema": "late.json"}]})",
     "manifest.value /events/publishes/0/kind"},
    {"after_event_edits",
     R"("events": {"publishes": [{"id": "acme.sla.late", "version": 1, "kind": "after", "schema": "late.json", "editable": ["due"]}]})",
     "manifest.value /events/publishes/0/editable"},
    {"hook_without_handler", R"("events": {"hooks": [{"event": "tickets.ticket_creating"}]})", "manifest.missing /events/hooks/0/handler"},
    {"hook_slow", R"("events": {"hooks": [{"event": "tickets.ticket_creating", "handler": "a", "timeout_ms": 5001}]})",
     "manifest.value /events/hooks/0/timeout_ms"},
    {"command_name", R"("commands": [{"name": "Mail explain", "handler": "a", "summary": "Explains"}])", "manifest.value /commands/0/name"},
    {"command_of_four_words", R"("commands": [{"name": "a b c d", "handler": "a", "summary": "Too many"}])", "manifest.value /commands/0/name"},
    {"command_without_summary", R"("commands": [{"name": "mail explain", "handler": "a"}])", "manifest.missing /commands/0/summary"},
    {"command_without_code", R"("library": null, "commands": [{"name": "mail explain", "handler": "a", "summary": "Explains"}])",
     "manifest.library /library"},
    {"job_cron", R"("jobs": [{"id": "acme.sla.tick", "label": "Tick", "handler": "a", "cron": "* * *"}])", "manifest.value /jobs/0/cron"},
    {"job_twice_scheduled", R"("jobs": [{"id": "acme.sla.tick", "label": "Tick", "handler": "a", "cron": "0 3 * * *", "every_s": 60}])",
     "manifest.value /jobs/0/every_s"},
    {"field_without_options", R"("fields": [{"object": "tickets.ticket", "id": "acme.sla.tier", "label": "Tier", "type": "list"}])",
     "manifest.value /fields/0/options"},
    {"field_type", R"("fields": [{"object": "tickets.ticket", "id": "acme.sla.tier", "label": "Tier", "type": "colour"}])",
     "manifest.value /fields/0/type"},
    {"field_code",
     R"("fields": [{"object": "tickets.ticket", "id": "acme.sla.forty_characters_are_the_most_for_a_code", "label": "Tier", "type": "text"},
                   {"object": "tickets.ticket", "id": "acme.sla.forty_one_characters_are_more_than_it_may", "label": "Tier", "type": "text"}])",
     "manifest.value /fields/1/id"},
    {"counter_prefix", R"("counters": [{"id": "tickets.ref", "label": "Number", "mask": "{0000}"}])", "manifest.prefix /counters/0/id"},
    {"mail_placeholder",
     R"("mail_templates": [{"id": "acme.sla.late", "label": "Late", "file": "late", "placeholders": {"Due": "Due date"}}])",
     "manifest.value /mail_templates/0/placeholders/Due"},
    {"column_filter_without_view",
     R"("ui": {"columns": [{"list": "tickets.tickets", "id": "acme.sla.due", "label": "Due", "handler": "a", "permission": "tickets.ticket.read", "filter": "date"}]})",
     "manifest.value /ui/columns/0/filter"},
    {"action_without_route",
     R"("ui": {"actions": [{"on": "tickets.ticket", "id": "acme.sla.pause", "label": "Pause", "route": "pause", "permission": "tickets.ticket.update"}]})",
     "manifest.value /ui/actions/0/route"},
    {"bulk_action_by_get",
     R"("routes": [{"method": "GET", "path": "/sla/pause", "handler": "pause", "public": true}],
        "ui": {"actions": [{"on": "tickets.ticket", "id": "acme.sla.pause", "label": "Pause", "route": "pause", "permission": "tickets.ticket.update", "bulk": true}]})",
     "manifest.value /ui/actions/0/route"},
    {"widget_slow", R"("ui": {"widgets": [{"slot": "tickets.ticket", "id": "acme.sla.box", "handler": "a", "timeout_ms": 20000}]})",
     "manifest.value /ui/widgets/0/timeout_ms"},
    {"asset_page", R"("assets": {"pages": ["tickets"]})", "manifest.value /assets/pages/0"},
    {"route_handler", R"("routes": [{"method": "GET", "path": "/sla", "handler": "A::b", "public": true}])",
     "manifest.value /routes/0/handler"},
    {"permission_prefix", R"("permissions": [{"id": "core.modules", "label": "Modules"}])", "manifest.prefix /permissions/0/id"},
    {"permission_twice", R"("permissions": [{"id": "acme.sla.a", "label": "A"}, {"id": "acme.sla.a", "label": "A"}])",
     "manifest.duplicate /permissions/1/id"},
    {"permission_is_verb",
     R"("objects": [{"id": "acme.sla.clock", "label": "Clocks", "verbs": ["read"]}], "permissions": [{"id": "acme.sla.clock.read", "label": "A"}])",
     "manifest.duplicate /permissions/0/id"},
    {"empty_label", R"("permissions": [{"id": "acme.sla.a", "label": ""}])", "manifest.value /permissions/0/label"},
    {"object_verb", R"("objects": [{"id": "acme.sla.clock", "label": "Clocks", "verbs": ["see"]}])", "manifest.value /objects/0/verbs/0"},
    {"object_default_verb",
     R"("objects": [{"id": "acme.sla.clock", "label": "Clocks", "verbs": ["read"], "defaults": {"agent": {"update": "all"}}}])",
     "manifest.value /objects/0/defaults/agent/update"},
    {"object_level",
     R"("objects": [{"id": "acme.sla.clock", "label": "Clocks", "verbs": ["read"], "defaults": {"agent": {"read": "mine"}}}])",
     "manifest.value /objects/0/defaults/agent/read"},
    {"list_without_french",
     R"("lists": [{"id": "acme.sla.tier", "label": "Tiers", "items": [{"code": "gold", "labels": {"en": "Gold"}}]}])",
     "manifest.missing /lists/0/items/0/labels"},
    {"list_code", R"("lists": [{"id": "acme.sla.tier", "label": "Tiers", "items": [{"code": "très", "labels": {"fr": "a", "en": "b"}}]}])",
     "manifest.value /lists/0/items/0/code"},
    {"list_code_twice",
     R"("lists": [{"id": "acme.sla.tier", "label": "Tiers", "items": [{"code": "a", "labels": {"fr": "a", "en": "b"}}, {"code": "a", "labels": {"fr": "a", "en": "b"}}]}])",
     "manifest.duplicate /lists/0/items/1/code"},
    {"menu_prefix",
     R"("ui": {"menus": [{"menu": "main", "id": "tickets.menu", "label": "X", "path": "/x", "permission": "core.modules"}]})",
     "manifest.prefix /ui/menus/0/id"},
    {"menu_outside",
     R"("ui": {"menus": [{"menu": "main", "id": "acme.sla.menu", "label": "X", "path": "https://evil.example", "permission": "core.modules"}]})",
     "manifest.value /ui/menus/0/path"},
    {"slot_kind", R"("ui": {"slots": [{"id": "acme.sla.page", "kind": "popup", "context": "x/1"}]})", "manifest.value /ui/slots/0/kind"},
    {"arrange_missing",
     R"("ui": {"slots": [{"id": "acme.sla.page", "kind": "block", "context": "x/1", "arrange": {"label": "X", "list": "acme.sla.kind"}}]})",
     "manifest.missing /ui/slots/0/arrange/by"},
    {"arrange_by",
     R"("ui": {"slots": [{"id": "acme.sla.page", "kind": "block", "context": "x/1", "arrange": {"label": "X", "list": "acme.sla.kind", "by": "a b"}}]})",
     "manifest.value /ui/slots/0/arrange/by"},
    {"widget_missing", R"("ui": {"widgets": [{"slot": "core.home", "id": "acme.sla.tile"}]})", "manifest.missing /ui/widgets/0/handler"},
    {"order_key", R"("ui": {"widgets": [{"slot": "core.home", "id": "acme.sla.tile", "handler": "t", "order": {"first": true}}]})",
     "manifest.unknown_key /ui/widgets/0/order/first"},
    {"asset_outside", R"("assets": {"css": ["../../secret.css"]})", "manifest.value /assets/css/0"},
    {"asset_kind", R"("assets": {"js": ["a.css"]})", "manifest.value /assets/js/0"},
    {"locale", R"("locales": ["french"])", "manifest.value /locales/0"},
    {"code_without_library", R"("library": null, "routes": [{"method": "GET", "path": "/sla", "handler": "a", "public": true}])",
     "manifest.library /library"},
};

INSTANTIATE_TEST_SUITE_P(Table, BadManifest, testing::ValuesIn(kBadCases), [](const auto& p) { return std::string{p.param.name}; });

TEST(Manifest, IsNotAnythingButAnObject) {
    for (const char* text : {"", "[]", "null", "{", R"({"manifest": 1} x)", R"({"id": "a", "id": "b"})"}) EXPECT_FALSE(plugin::parse_manifest(text).ok()) << text;
}

TEST(Manifest, NamesEverythingThatIsMissing) {
    const auto manifest = plugin::parse_manifest("{}");
    ASSERT_FALSE(manifest.ok());
    EXPECT_THAT(codes_and_pointers(manifest.problems()),
                UnorderedElementsAre("manifest.missing /manifest", "manifest.missing /id", "manifest.missing /version", "manifest.missing /name",
                                     "manifest.missing /api"));
}

TEST(Manifest, ReportsAllProblemsAtOnce) {
    const auto manifest = parse(R"("license": 1, "locales": ["x"], "routes": [{"method": "GET", "path": "/a", "handler": "a"}])");
    ASSERT_FALSE(manifest.ok());
    EXPECT_EQ(manifest.problems().size(), 3u) << base::to_text(manifest.problems());
}

TEST(Manifest, RefusesIdsThatAreNotItsOwn) {
    const std::string rest = R"(, "version": "1.0.0", "name": "n", "api": {"abi": "^1.0"}})";
    for (const char* id : {"core", "core.extra", "Tickets", "1st", "a..b", "a-b", ".a", "", "a.", "tickets\\u0000"}) {
        const auto manifest = plugin::parse_manifest(R"({"manifest": 1, "id": ")" + std::string{id} + '"' + rest);
        EXPECT_FALSE(manifest.ok()) << id;
    }
    EXPECT_FALSE(plugin::parse_manifest(R"({"manifest": 1, "id": ")" + std::string(51, 'a') + '"' + rest).ok());
    EXPECT_TRUE(plugin::parse_manifest(R"({"manifest": 1, "id": ")" + std::string(50, 'a') + '"' + rest).ok());
}

TEST(Manifest, RefusesTheSchemasOfPostgres) {
    for (const char* id : {"public", "pg_catalog", "information_schema"}) {
        const std::string text = R"({"manifest": 1, "id": "ID", "version": "1.0.0", "name": "n", "api": {"abi": "^1.0"}, "database": {"schema": "ID"}})";
        auto named = text;
        for (auto at = named.find("ID"); at != std::string::npos; at = named.find("ID")) named.replace(at, 2, id);
        EXPECT_FALSE(plugin::parse_manifest(named).ok()) << id;
    }
}

TEST(Manifest, FillsInDefaults) {
    const auto manifest = parse("");
    ASSERT_TRUE(manifest.ok());
    EXPECT_EQ(manifest->library, "plugin.so");
    EXPECT_EQ(parse(R"("library": null)")->library, "");
}

TEST(Manifest, LimitsBodiesByTheirKind) {
    const auto manifest = parse(R"("routes": [
        {"method": "POST", "path": "/a", "handler": "a", "public": true, "body": "form"},
        {"method": "POST", "path": "/b", "handler": "a", "public": true, "body": "json", "csrf": false},
        {"method": "POST", "path": "/c", "handler": "a", "public": true, "body": "json", "max_body_kb": 3},
        {"method": "POST", "path": "/d", "handler": "a", "public": true, "api": {"summary": "é"}}])");
    ASSERT_TRUE(manifest.ok()) << base::to_text(manifest.problems());
    EXPECT_EQ(manifest->routes[0].max_body_bytes, 64u * 1024);
    EXPECT_TRUE(manifest->routes[0].csrf);
    EXPECT_EQ(manifest->routes[1].max_body_bytes, 1024u * 1024);
    EXPECT_FALSE(manifest->routes[1].csrf);
    EXPECT_EQ(manifest->routes[2].max_body_bytes, 3u * 1024);
    EXPECT_EQ(manifest->routes[3].max_body_bytes, 0u);
    EXPECT_EQ(manifest->routes[3].api_json, R"({"summary":"é"})");
}

// --- the published schema and the parser know the same keys ---

class SchemaKeys {
public:
    explicit SchemaKeys(const base::Value& schema) : root_{schema} { object("", schema); }
    plugin::ManifestShape found;

private:
    const base::Value& target(const base::Value& node) const {
        const auto* reference = node.get("$ref");
        if (!reference) return node;
        constexpr std::string_view kPrefix = "#/$defs/";
        const auto* target = root_.get("$defs")->get(reference->as_string().substr(kPrefix.size()));
        EXPECT_NE(target, nullptr) << reference->as_string();
        return *target;
    }

    void object(const std::string& place, const base::Value& node) {
        const auto* properties = node.get("properties");
        if (!properties) return;
        const auto* additional = node.get("additionalProperties");
        EXPECT_TRUE(additional && additional->is(base::Value::Type::boolean) && !additional->as_bool()) << place;
        for (std::size_t i = 0; i < properties->size(); ++i) {
            const std::string key{properties->key(i)};
            found[place].push_back(key);
            const auto& child = target(*properties->at(i));
            object(place + '/' + key, child);
            if (const auto* items = child.get("items")) object(place + '/' + key + "/*", target(*items));
        }
    }

    const base::Value& root_;
};

plugin::ManifestShape sorted(plugin::ManifestShape shape) {
    for (auto& [place, keys] : shape) std::sort(keys.begin(), keys.end());
    return shape;
}

TEST(Manifest, SchemaKnowsTheKeysOfTheParser) {
    const auto text = base::read_file(SOURCE_DIR "/manifests/schema/plugin.schema.json");
    ASSERT_TRUE(text.ok());
    base::Arena arena;
    const auto schema = base::parse_json(arena, *text);
    ASSERT_TRUE(schema.ok());
    EXPECT_EQ(sorted(SchemaKeys{**schema}.found), sorted(plugin::manifest_shape()));
}

// --- the packages of this repository ---

TEST(Manifest, AcceptsThePackagesOfTheProject) {
    std::size_t read = 0;
    for (const auto& entry : std::filesystem::directory_iterator{SOURCE_DIR "/manifests"}) {
        if (entry.path().extension() != ".json") continue;
        const auto manifest = plugin::parse_manifest(*base::read_file(entry.path()));
        EXPECT_TRUE(manifest.ok()) << entry.path() << '\n' << base::to_text(manifest.problems());
        ++read;
    }
    EXPECT_GT(read, 0u);
}

}  // namespace
