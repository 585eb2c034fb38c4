// plugin.json as a struct: what a package is and what it adds. The shape is manifests/schema/plugin.schema.json.
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace host::plugin {

struct Order {
    std::vector<std::string> after, before;  // names of siblings; unknown names are ignored
};

struct Manifest {
    std::string id, version, name, description, license, library;  // library "" = a package without code
    struct Vendor { std::string name, url, support; } vendor;
    std::string abi;                                              // range
    std::map<std::string, std::string> interfaces;                // "guichet.db" -> range
    std::map<std::string, std::string> requires_, optional, conflicts;  // plugin id -> range
    std::vector<std::string> enable_when;
    std::map<std::string, std::string> provides;                  // service id -> "major.minor"
    std::map<std::string, std::string> consumes;                  // service id -> range
    struct Database { std::string schema; std::vector<std::string> reads; } database;

    // Something users own, with verbs and levels; its permissions are "<id>.<verb>".
    struct Object {
        std::string id, label;
        std::vector<std::string> verbs;                                          // read create update delete
        std::map<std::string, std::map<std::string, std::string>> defaults;      // profile code -> verb -> none|own|team|all
        bool custom_fields = false;                                              // administrators may add fields to it
        // What the form that makes one asks by itself; administrators arrange it together with the custom fields. fixed:
        // always asked, and always mandatory.
        struct FormField {
            std::string code, label, type, audience;  // type as of a custom field, for the preview; internal | public | both
            bool shown = true, mandatory = false, fixed = false;
        };
        std::vector<FormField> form;
    };
    std::vector<Object> objects;
    struct Permission { std::string id, label; std::vector<std::string> profiles; };  // yes/no; profiles that have it by default
    std::vector<Permission> permissions;

    struct Route {
        std::string method, path, handler;
        std::string permission;        // "" only when public_
        bool public_ = false;
        bool as_system = false;        // only when public_: handlers act with every permission, whoever asks
        bool bare = false;             // only when public_: its pages are whole documents, without the site's frame
        bool csrf = true;              // ignored for GET and for calls with an API key
        std::string body = "none";     // none | form | json | multipart
        std::size_t max_body_bytes = 0;
        std::string api_json;          // OpenAPI operation object as JSON text; "" when not part of the REST API
    };
    std::vector<Route> routes;
    std::string schemas_json;          // OpenAPI component schemas as JSON text; "" when none

    struct ListItem { std::string code, color; std::map<std::string, std::string> labels; };
    struct List { std::string id, label; std::vector<ListItem> items; };
    std::vector<List> lists;

    // What it publishes; schema is a file under events/. Several versions of one id may be published side by side.
    struct Event { std::string id; int version = 1; std::string kind, schema; std::vector<std::string> editable; std::string deprecated; };
    std::vector<Event> publishes;
    struct Hook { std::string event; int version = 1; std::string handler; int timeout_ms = 0; Order order; };  // order: by plugin ids
    std::vector<Hook> hooks;
    struct Subscription { std::string event; int version = 1; std::string handler; int max_attempts = 0; };
    std::vector<Subscription> subscriptions;
    // cron (in the company's zone) or every_s, or neither: on demand only. singleton: never two runs at the same time.
    struct Job { std::string id, label, handler, cron; int every_s = 0; bool singleton = false; int timeout_s = 0, max_attempts = 0; };
    std::vector<Job> jobs;
    // "guichet <name> …". Without database: it must not need one, and a host without one runs it.
    struct Command { std::string name, handler, summary, usage; bool database = true; };
    std::vector<Command> commands;

    struct FieldOption { std::string value; std::map<std::string, std::string> labels; };
    // A custom field the plugin brings; afterwards it is the administrator's. Its code is the last part of the id.
    struct Field {
        std::string object, id, label, type, group, audience;  // audience: internal | public | both
        bool mandatory = false, in_form = true, more_info = false, searchable = false, filterable = false;
        std::vector<FieldOption> options;
        std::string_view code() const { return std::string_view{id}.substr(id.rfind('.') + 1); }
    };
    std::vector<Field> fields;
    struct Counter { std::string id, label, mask; };  // mask: the first one, dolibarr.md 3.1
    std::vector<Counter> counters;
    std::string settings_json;         // JSON Schema (object) as JSON text; "" when none
    struct MailTemplate { std::string id, label, file; std::map<std::string, std::string> placeholders; };  // file: "mail/<file>.<lang>.txt"; name -> label
    std::vector<MailTemplate> mail_templates;

    struct Menu { std::string menu, id, label, path, icon, permission, badge; Order order; };  // badge: handler, may be ""
    std::vector<Menu> menus;
    // How the widgets of a slot may be arranged: for each entry of a list, whose code is the member "by" of what the slot is
    // given. label "": they may not; list "" (the host's own slots): each user for himself.
    struct Arrange {
        std::string label, list, by;
    };
    struct Slot {
        std::string id, kind, context;
        Arrange arrange{};
    };
    std::vector<Slot> slots;
    struct Widget { std::string slot, id, label, handler, permission, when; bool lazy = false; int timeout_ms = 0; Order order; };
    std::vector<Widget> widgets;
    struct UiList { std::string id, label; };          // a list that takes columns of others
    std::vector<UiList> ui_lists;
    struct Column { std::string list, id, label, handler, permission, filter, sort_view, sort_column; Order order; };
    std::vector<Column> columns;
    // on: an object id ("tickets.ticket"); route: handler of a route of this package; when: expression over the object's data.
    struct Action { std::string on, id, label, route, permission, icon, when, confirm; bool bulk = false; Order order; };
    std::vector<Action> actions;
    struct Search { std::string id, label, handler, permission, icon; Order order; };
    std::vector<Search> search;

    std::vector<std::string> css, js;  // file names under assets/
    std::vector<std::string> asset_pages;  // route patterns of the pages that load them; empty: every page
    std::vector<std::string> locales;
};

// Every problem is reported, with a JSON pointer.
base::Result<Manifest> parse_manifest(std::string_view json);

// True for a plain permission and for "<object>.<verb>".
bool declares_permission(const Manifest& manifest, std::string_view permission);
// "acme.escalation" -> "acme_escalation": the plugin's schema, and its role after "guichet_p_".
std::string database_name(std::string_view plugin_id);

}  // namespace host::plugin
