#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "base/json.hpp"
#include "base/strings.hpp"
#include "core/lists.hpp"
#include "plugin/snapshot.hpp"

#include <charconv>
#include <optional>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/lists";

struct List {
    std::string id, plugin_id, label;
    std::int64_t items = 0;
};

// Of the modules that are enabled.
std::vector<List> read_lists(Call& call, std::string_view id = {}) {
    const auto rows = call.site.pool.exec("select l.id, l.plugin_id, l.label, (select count(*) from core.list_item i where i.list_id = l.id and i.active)"
                                          " from core.list l where $1 = '' or l.id = $1 order by l.id",
                                          {id});
    std::vector<List> out;
    for (std::size_t r = 0; r < rows.size(); ++r)
        if (call.ctx.snapshot->find(rows.text(r, 1)))
            out.push_back({std::string{rows.text(r, 0)}, std::string{rows.text(r, 1)}, std::string{rows.text(r, 2)}, rows.i64(r, 3)});
    return out;
}

std::string label_of(Call& call, const List& list) {
    return std::string{call.ctx.snapshot->catalogs().text(list.plugin_id, call.ctx.language, list.label)};
}

std::string path_of(const List& list) { return std::string{kPath} + '/' + list.id; }

http::Response get_lists(Call& call) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Lists")});
    auto* lists = data->add_array("lists");
    for (const auto& list : read_lists(call)) {
        const auto& manifest = call.ctx.snapshot->find(list.plugin_id)->manifest();
        auto* row = lists->add_object({});
        row->set("id", std::string_view{list.id});
        row->set("label", std::string_view{label_of(call, list)});
        row->set("module", call.ctx.snapshot->catalogs().text(manifest.id, call.ctx.language, manifest.name));
        row->set("items", list.items);
    }
    return web::page(call, "lists.html", *data);
}

// ------------------------------------------------------------------------------------------ one list

struct Outcome {
    int status = 200;
    std::string message, problem;
    const Value* errors = nullptr;  // of the form that adds
};

const char* color_name(std::string_view color) {
    constexpr std::pair<std::string_view, const char*> kNames[] = {
        {"blue", "Blue"},     {"azure", "Azure"},   {"indigo", "Indigo"}, {"purple", "Purple"}, {"pink", "Pink"}, {"red", "Red"},       {"orange", "Orange"},
        {"yellow", "Yellow"}, {"lime", "Lime"}, {"green", "Green"},   {"teal", "Teal"},     {"cyan", "Cyan"}, {"secondary", "Grey"}};
    for (const auto& [value, name] : kNames)
        if (value == color) return name;
    return "Grey";
}

const Value* palette(Call& call) {
    auto* out = Value::array(call.ctx.arena);
    for (const auto color : core::kPalette) {
        auto* option = out->add_object({});
        option->set("value", color);
        option->set("label", std::string_view{call.tr(color_name(color))});
    }
    return out;
}

const Value* items_of(Call& call, const List& list) {
    const auto rows = call.site.pool.exec("select id, code, labels, color, active from core.list_item where list_id = $1 order by position, id", {list.id});
    auto* items = Value::array(call.ctx.arena);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        auto* item = rows.row_value(call.ctx.arena, r);
        const auto* label = item->get("labels")->get(call.ctx.language);
        item->set("label", label ? label->as_string() : rows.text(r, 1));
        item->set("color_name", std::string_view{call.tr(color_name(rows.text(r, 3)))});
        items->push(item);
    }
    return items;
}

http::Response show(Call& call, const List& list, const Outcome& outcome) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{label_of(call, list)});
    data->set("list", std::string_view{list.id});
    data->set("items", items_of(call, list));
    data->set("palette", palette(call));
    data->set("message", std::string_view{outcome.message});
    data->set("problem", std::string_view{outcome.problem});
    data->set("errors", outcome.errors ? outcome.errors : Value::object(call.ctx.arena));
    auto* entered = data->add_object("entered");
    if (outcome.errors)
        for (const auto* name : {"fr", "en", "color"}) entered->set(name, call.form_value(name));
    if (call.is_htmx()) return web::bare_page(call, "partials/list_items.html", *data, outcome.status);
    return web::page(call, "list.html", *data, outcome.status);
}

std::optional<List> find_list(Call& call) {
    auto found = read_lists(call, call.param("list"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

http::Response get_list(Call& call) {
    const auto list = find_list(call);
    if (!list) return web::redirect(kPath);
    const auto done = call.request.query_value("done").value_or("");
    Outcome outcome;
    if (done == "added") outcome.message = call.tr("The entry is added.");
    if (done == "deleted") outcome.message = call.tr("The entry is deleted.");
    return show(call, *list, outcome);
}

// ------------------------------------------------------------------------------------------- changes

std::string explain(Call& call, const base::Problem& problem) {
    if (problem.code == "list.used") return call.tr("This entry is used and cannot be deleted. Deactivate it: it is then no longer offered, and stays where it is used.");
    if (problem.code == "list.unknown") return call.tr("This entry is no longer there.");
    if (problem.code == "list.color") return call.tr("Choose one of the colours.");
    return call.tr("Give a name of at most 80 characters.");
}

core::Labels entered_labels(Call& call) { return {{"fr", std::string{call.form_value("fr")}}, {"en", std::string{call.form_value("en")}}}; }

std::int64_t number_of(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string audit_details(Call& call, std::string_view what, std::int64_t item) {
    auto* details = Value::object(call.ctx.arena);
    details->set("change", what);
    if (item) details->set("item", item);
    return base::to_json(*details);
}

using Change = std::function<base::Problems(db::Connection&)>;

base::Problems make(Call& call, const List& list, std::string_view what, std::int64_t item, const Change& change) {
    db::Transaction transaction{call.site.pool};
    auto problems = change(transaction.connection());
    if (!problems.empty()) return problems;
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.list_changed", "list/" + list.id, audit_details(call, what, item)));
    transaction.commit();
    call.site.reference.invalidate();
    return {};
}

http::Response answer(Call& call, const List& list, const base::Problems& problems, std::string_view done = {}) {
    if (!problems.empty()) return show(call, list, {422, "", explain(call, problems.front()), nullptr});
    if (call.is_htmx()) return show(call, list, {});
    return web::redirect(done.empty() ? path_of(list) : path_of(list) + "?done=" + std::string{done});
}

http::Response post_add(Call& call) {
    const auto list = find_list(call);
    if (!list) return web::redirect(kPath);
    const auto color = call.form_value("color").empty() ? std::string_view{"secondary"} : call.form_value("color");
    const auto problems = make(call, *list, "added", 0, [&](auto& connection) {
        const auto added = core::add_list_item(connection, list->id, entered_labels(call), color);
        return added ? base::Problems{} : added.problems();
    });
    if (problems.empty()) return web::redirect(path_of(*list) + "?done=added");
    auto* errors = Value::object(call.ctx.arena);
    for (const auto& problem : problems) errors->set(problem.path.empty() ? "fr" : problem.path, std::string_view{explain(call, problem)});
    return show(call, *list, {422, "", "", errors});
}

http::Response post_item(Call& call) {
    const auto list = find_list(call);
    if (!list) return web::redirect(kPath);
    const auto item = number_of(call.param("item"));
    if (const auto color = call.form_value("color"); !color.empty())
        return answer(call, *list, make(call, *list, "recoloured", item, [&](auto& c) { return core::recolor_list_item(c, list->id, item, color); }));
    return answer(call, *list, make(call, *list, "renamed", item, [&](auto& c) { return core::rename_list_item(c, list->id, item, entered_labels(call)); }));
}

http::Response post_active(Call& call) {
    const auto list = find_list(call);
    if (!list) return web::redirect(kPath);
    const auto item = number_of(call.param("item"));
    const bool active = call.form_value("active") == "1";
    return answer(call, *list, make(call, *list, active ? "activated" : "deactivated", item,
                                    [&](auto& c) { return core::activate_list_item(c, list->id, item, active); }));
}

http::Response post_move(Call& call) {
    const auto list = find_list(call);
    if (!list) return web::redirect(kPath);
    const auto item = number_of(call.param("item"));
    const int steps = call.form_value("to") == "up" ? -1 : 1;
    return answer(call, *list, make(call, *list, "ordered", item, [&](auto& c) { core::move_list_item(c, list->id, item, steps); return base::Problems{}; }));
}

http::Response post_order(Call& call) {
    const auto list = find_list(call);
    if (!list) return web::redirect(kPath);
    std::vector<std::int64_t> items;
    for (const auto id : base::split(call.form_value("order"), ',')) items.push_back(number_of(id));
    return answer(call, *list, make(call, *list, "ordered", 0, [&](auto& c) { core::order_list_items(c, list->id, items); return base::Problems{}; }));
}

http::Response post_delete(Call& call) {
    const auto list = find_list(call);
    if (!list) return web::redirect(kPath);
    const auto item = number_of(call.param("item"));
    return answer(call, *list, make(call, *list, "deleted", item, [&](auto& c) { return core::delete_list_item(c, list->id, item); }), "deleted");
}

}  // namespace

std::vector<web::HostRoute> lists_routes() {
    const std::string permission = "core.lists", path{kPath}, item = path + "/{list}/items/{item}";
    return {
        {"GET", path, permission, false, get_lists},
        {"GET", path + "/{list}", permission, false, get_list},
        {"POST", path + "/{list}", permission, false, post_add},
        {"POST", path + "/{list}/order", permission, false, post_order},
        {"POST", item, permission, false, post_item},
        {"POST", item + "/active", permission, false, post_active},
        {"POST", item + "/move", permission, false, post_move},
        {"POST", item + "/delete", permission, false, post_delete},
    };
}

}  // namespace host::pages
