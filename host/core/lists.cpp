#include "core/lists.hpp"

#include "base/json.hpp"
#include "base/strings.hpp"
#include "i18n/catalogs.hpp"

#include <algorithm>

namespace host::core {
namespace {

constexpr std::size_t kLongestLabel = 80;
constexpr std::string_view kCodeCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";  // as core.list_item checks

base::Problems unknown() { return {{"list.unknown", "there is no such entry", {}}}; }

struct CheckedLabels {
    std::string json, first;
    base::Problems problems;
};

CheckedLabels check(const Labels& given) {
    CheckedLabels out;
    base::Arena arena;
    auto* object = base::Value::object(arena);
    for (const auto language : i18n::kLanguages) {
        const auto found = given.find(language);
        const auto text = found == given.end() ? std::string_view{} : base::trim(found->second);
        if (base::count_code_points(text) > kLongestLabel) out.problems.push_back({"list.label", "a label has at most 80 characters", std::string{language}});
        if (out.first.empty()) out.first = text;
        if (!text.empty()) object->set(language, text);
    }
    if (out.first.empty()) out.problems.push_back({"list.label", "a label is expected", std::string{i18n::kDefaultLanguage}});
    for (const auto language : i18n::kLanguages)
        if (!object->get(language)) object->set(language, std::string_view{out.first});
    out.json = base::to_json(*object);
    return out;
}

bool in_palette(std::string_view color) { return std::ranges::find(kPalette, color) != std::end(kPalette); }

base::Problem bad_color() { return {"list.color", "there is no such colour", "color"}; }

// Like the codes that are there, in capitals or not; with a number when it is taken.
std::string new_code(db::Connection& connection, std::string_view list_id, std::string_view label) {
    const auto rows = connection.exec(
        "with made as (select coalesce(nullif(trim('_' from left(regexp_replace(core.unaccent($2), '[^A-Za-z0-9]+', '_', 'g'), 30)), ''),"
        " 'item') as code), cased as (select case when (select bool_and(i.code = lower(i.code)) from core.list_item i where list_id = $1)"
        " then lower(code) else upper(code) end as code from made)"
        " select c from cased, generate_series(1, 1000) n, lateral (select code || case when n = 1 then '' else '_' || n end as c) t"
        " where not exists (select from core.list_item where list_id = $1 and lower(code) = lower(c)) order by n limit 1",
        {list_id, label});
    return std::string{rows.text(0, 0)};
}

bool changed(const db::Rows& rows) { return rows.affected() > 0; }

// The transactions that order one list wait for each other.
std::vector<std::int64_t> lock_order(db::Connection& connection, std::string_view list_id) {
    connection.exec("select from core.list where id = $1 for no key update", {list_id});
    const auto rows = connection.exec("select id from core.list_item where list_id = $1 order by position, id", {list_id});
    std::vector<std::int64_t> out;
    for (std::size_t r = 0; r < rows.size(); ++r) out.push_back(rows.i64(r, 0));
    return out;
}

void store_order(db::Connection& connection, const std::vector<std::int64_t>& items) {
    for (std::size_t i = 0; i < items.size(); ++i)
        connection.exec("update core.list_item set position = $2 where id = $1 and position <> $2", {items[i], i});
}

bool is_used(db::Connection& connection, std::string_view list_id, std::string_view code) {
    const auto columns = connection.exec(
        "select format('select exists (select from %I.%I where %I = $1)', schema_name, table_name, column_name)"
        " from core.list_use where list_id = $1",
        {list_id});
    for (std::size_t r = 0; r < columns.size(); ++r)
        if (connection.exec(columns.text(r, 0), {code}).boolean(0, 0)) return true;
    return false;
}

}  // namespace

base::Result<std::int64_t> add_list_item(db::Connection& connection, std::string_view list_id, const Labels& labels, std::string_view color) {
    auto checked = check(labels);
    if (!in_palette(color)) checked.problems.push_back(bad_color());
    if (!checked.problems.empty()) return std::move(checked.problems);
    if (connection.exec("select from core.list where id = $1 for no key update", {list_id}).empty()) return unknown();
    const auto code = new_code(connection, list_id, checked.first);
    connection.exec("delete from core.list_deleted where list_id = $1 and code = $2", {list_id, code});
    const auto added = connection.exec(
        "insert into core.list_item (list_id, code, labels, color, position)"
        " select $1, $2, $3::jsonb, $4, coalesce(max(position), -1) + 1 from core.list_item where list_id = $1 returning id",
        {list_id, code, checked.json, color});
    return added.i64(0, 0);
}

base::Result<std::optional<std::int64_t>> provision_list_item(db::Connection& connection, std::string_view list_id, std::string_view code,
                                                              std::string_view label, bool active, bool& created) {
    created = false;
    if (connection.exec("select from core.list where id = $1 for no key update", {list_id}).empty()) return unknown();
    const auto found = connection.exec("select id from core.list_item where list_id = $1 and lower(code) = lower($2)", {list_id, code});
    if (!found.empty()) return std::optional{found.i64(0, 0)};
    if (!connection.exec("select from core.list_deleted where list_id = $1 and lower(code) = lower($2)", {list_id, code}).empty())
        return std::optional<std::int64_t>{};
    const auto checked = check({{std::string{i18n::kDefaultLanguage}, std::string{label.empty() ? code : label}}});
    if (!checked.problems.empty()) return checked.problems;
    if (code.empty() || code.size() > 40 || code.find_first_not_of(kCodeCharacters) != std::string_view::npos)
        return base::Problem{"list.code", "a code has 1 to 40 letters, digits, _ or -", "code"};
    const auto added = connection.exec(
        "insert into core.list_item (list_id, code, labels, position, active)"
        " select $1, $2, $3::jsonb, coalesce(max(position), -1) + 1, $4 from core.list_item where list_id = $1 returning id",
        {list_id, code, checked.json, active});
    created = true;
    return std::optional{added.i64(0, 0)};
}

base::Problems rename_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item, const Labels& labels) {
    auto checked = check(labels);
    if (!checked.problems.empty()) return std::move(checked.problems);
    const auto rows =
        connection.exec("update core.list_item set labels = $3::jsonb where list_id = $1 and id = $2", {list_id, item, checked.json});
    return changed(rows) ? base::Problems{} : unknown();
}

base::Problems recolor_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item, std::string_view color) {
    if (!in_palette(color)) return {bad_color()};
    const auto rows = connection.exec("update core.list_item set color = $3 where list_id = $1 and id = $2", {list_id, item, color});
    return changed(rows) ? base::Problems{} : unknown();
}

base::Problems activate_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item, bool active) {
    const auto rows = connection.exec("update core.list_item set active = $3 where list_id = $1 and id = $2", {list_id, item, active});
    return changed(rows) ? base::Problems{} : unknown();
}

void order_list_items(db::Connection& connection, std::string_view list_id, const std::vector<std::int64_t>& items) {
    auto all = lock_order(connection, list_id);
    std::stable_sort(all.begin(), all.end(), [&](auto a, auto b) {
        return std::ranges::find(items, a) - items.begin() < std::ranges::find(items, b) - items.begin();
    });
    store_order(connection, all);
}

void move_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item, int steps) {
    auto all = lock_order(connection, list_id);
    const auto at = std::ranges::find(all, item);
    if (at == all.end()) return;
    const auto from = at - all.begin();
    const auto to = std::clamp<std::ptrdiff_t>(from + steps, 0, std::ssize(all) - 1);
    all.erase(at);
    all.insert(all.begin() + to, item);
    store_order(connection, all);
}

base::Problems delete_list_item(db::Connection& connection, std::string_view list_id, std::int64_t item) {
    const auto rows = connection.exec("select code from core.list_item where list_id = $1 and id = $2 for update", {list_id, item});
    if (rows.empty()) return unknown();
    const std::string code{rows.text(0, 0)};
    if (is_used(connection, list_id, code)) return {{"list.used", "the entry is used", {}}};
    connection.exec("delete from core.list_item where id = $1", {item});
    connection.exec("insert into core.list_deleted (list_id, code) values ($1, $2) on conflict do nothing", {list_id, code});
    return {};
}

}  // namespace host::core
