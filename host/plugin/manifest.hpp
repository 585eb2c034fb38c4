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
    };
    std::vector<Object> objects;
    struct Permission { std::string id, label; std::vector<std::string> profiles; };  // yes/no; profiles that have it by default
    std::vector<Permission> permissions;

    struct Route {
        std::string method, path, handler;
        std::string permission;        // "" only when public_
        bool public_ = false;
        bool csrf = true;              // ignored for GET and for calls with an API key
        std::string body = "none";     // none | form | json
        std::size_t max_body_bytes = 0;
        std::string api_json;          // OpenAPI operation object as JSON text; "" when not part of the REST API
    };
    std::vector<Route> routes;
    std::string schemas_json;          // OpenAPI component schemas as JSON text; "" when none

    struct ListItem { std::string code, color; std::map<std::string, std::string> labels; };
    struct List { std::string id, label; std::vector<ListItem> items; };
    std::vector<List> lists;

    struct Menu { std::string menu, id, label, path, icon, permission; Order order; };
    std::vector<Menu> menus;
    struct Slot { std::string id, kind, context; };
    std::vector<Slot> slots;
    struct Widget { std::string slot, id, label, handler, permission; Order order; };
    std::vector<Widget> widgets;

    std::vector<std::string> css, js;  // file names under assets/, loaded on every page
    std::vector<std::string> locales;
};

// Every problem is reported, with a JSON pointer.
base::Result<Manifest> parse_manifest(std::string_view json);

// True for a plain permission and for "<object>.<verb>".
bool declares_permission(const Manifest& manifest, std::string_view permission);
// "acme.escalation" -> "acme_escalation": the plugin's schema, and its role after "guichet_p_".
std::string database_name(std::string_view plugin_id);

}  // namespace host::plugin
