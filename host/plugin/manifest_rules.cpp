#include "plugin/manifest_rules.hpp"

#include "base/semver.hpp"
#include "base/strings.hpp"
#include "core/counter_mask.hpp"

#include <algorithm>

namespace host::plugin {
namespace {

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
bool command(std::string_view s) {
    const auto words = base::split(s, ' ');
    return s.size() <= 60 && words.size() <= 3 && std::all_of(words.begin(), words.end(), word);
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
bool body(std::string_view s) { return s == "none" || s == "form" || s == "json" || s == "multipart"; }
bool acts_as(std::string_view s) { return s == "system"; }
bool layout(std::string_view s) { return s == "none"; }
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

bool cron(std::string_view s) {
    const auto parts = base::split(s, ' ');
    return parts.size() == 5 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
               return !part.empty() && all(part, [](char c) { return digit(c) || c == '*' || c == ',' || c == '-' || c == '/'; });
           });
}
bool mask(std::string_view s) { return core::parse_counter_mask(s).ok(); }
bool event_kind(std::string_view s) { return s == "before" || s == "after"; }
bool json_file(std::string_view s) { return file_name(s) && s.ends_with(".json"); }
bool column_filter(std::string_view s) { return s == "text" || s == "number" || s == "date" || s == "enum"; }
bool field_type(std::string_view s) {
    constexpr std::string_view kTypes[] = {"text", "long_text", "integer", "decimal", "money", "date", "datetime", "boolean", "list", "user", "account", "equipment"};
    return std::find(std::begin(kTypes), std::end(kTypes), s) != std::end(kTypes);
}
bool audience(std::string_view s) { return s == "internal" || s == "public" || s == "both"; }
bool page_pattern(std::string_view s) { return s == "/" || route_path(s); }
bool field_code(std::string_view s) { return word(s) && s.size() <= 40; }

}  // namespace

constinit const TextRule kId{id, "an id: lower-case letters, digits and _ in parts joined by dots, at most 80 characters"};
constinit const TextRule kPluginId{plugin_id,
                             "an id of at most 50 characters other than 'core': lower-case letters, digits and _ in parts joined by dots"};
constinit const TextRule kHandler{handler, "a handler name: lower-case letters, digits, _ and dots"};
constinit const TextRule kVersion{semver, "a version like 1.4.2 or 1.5.0-rc.1"};
constinit const TextRule kRange{range, "a range like ^1.2 or >=1.0 <3"};
constinit const TextRule kServiceVersion{service_version, "MAJOR.MINOR"};
constinit const TextRule kInterface{interface_id, "an interface of the host: guichet.…"};
constinit const TextRule kLabel{label, "1 to 200 characters"};
constinit const TextRule kText{anything, "at most 2000 characters"};
constinit const TextRule kVerb{verb, "read, create, update or delete"};
constinit const TextRule kLevel{level, "none, own, team or all"};
constinit const TextRule kProfile{word, "a profile code: lower-case letters, digits and _"};
constinit const TextRule kMethod{method, "GET, POST, PUT, PATCH or DELETE"};
constinit const TextRule kBody{body, "none, form, json or multipart"};
constinit const TextRule kActsAs{acts_as, "system"};
constinit const TextRule kLayout{layout, "none"};
constinit const TextRule kSlotKind{slot_kind, "block, tab, inline, form or tile"};
constinit const TextRule kListCode{list_code, "a code of 1 to 40 letters, digits, _ and -"};
constinit const TextRule kColor{color, "a colour name of the design, like red or yellow-lt"};
constinit const TextRule kIcon{icon, "the name of an icon: lower-case letters, digits and -"};
constinit const TextRule kLocale{locale, "a language code of two letters"};
constinit const TextRule kLibrary{library_name, "a file name that ends in .so, or null for a package without code"};
constinit const TextRule kCss{css_file, "the name of a .css file under assets/"};
constinit const TextRule kJs{js_file, "the name of a .js file under assets/"};
constinit const TextRule kView{view_name, "a versioned view: schema.name_v1"};
constinit const TextRule kPath{route_path, "a path like /tickets/{id}/messages"};
constinit const TextRule kMenuPath{menu_path, "a path of this site without parameters"};
constinit const TextRule kWord{word, "a word of lower-case letters, digits and _"};
constinit const TextRule kCommand{command, "one to three words of lower-case letters, digits and _"};
constinit const TextRule kCron{cron, "five fields: minute, hour, day of the month, month, day of the week"};
constinit const TextRule kEventKind{event_kind, "before or after"};
constinit const TextRule kJsonFile{json_file, "the name of a .json file"};
constinit const TextRule kFile{file_name, "the name of a file"};
constinit const TextRule kColumnFilter{column_filter, "text, number, date or enum"};
constinit const TextRule kFieldType{field_type, "text, long_text, integer, decimal, money, date, datetime, boolean, list, user, account or equipment"};
constinit const TextRule kMask{mask, "a mask like T{yy}{mm}-{0000}"};
constinit const TextRule kFieldCode{field_code, "at most 40 lower-case letters, digits and _"};
constinit const TextRule kAudience{audience, "internal, public or both"};
constinit const TextRule kPagePattern{page_pattern, "a path of this site, like /tickets/{id}"};

}  // namespace host::plugin
