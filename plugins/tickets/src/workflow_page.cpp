#include "workflow_page.hpp"

#include "workflow_store.hpp"

#include <algorithm>
#include <set>

namespace tickets {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/admin/tickets/workflow";

struct Choice {
    std::string_view value, label;
};
constexpr Choice kPhases[] = {{"new", "New"},           {"open", "In progress"}, {"waiting", "Waiting"},
                              {"resolved", "Resolved"}, {"closed", "Closed"},    {"deleted", "Deleted"}};
constexpr Choice kColors[] = {{"blue", "Blue"}, {"azure", "Azure"},   {"indigo", "Indigo"}, {"purple", "Purple"}, {"pink", "Pink"},
                              {"red", "Red"},   {"orange", "Orange"}, {"yellow", "Yellow"}, {"lime", "Lime"},     {"green", "Green"},
                              {"teal", "Teal"}, {"cyan", "Cyan"},     {"secondary", "Grey"}};

template <std::size_t N>
Value options(const Call& call, const Choice (&choices)[N]) {
    auto out = call.ctx.array();
    for (const auto& [value, label] : choices) out.push(call.ctx.object().set("value", value).set("label", call.ctx.tr(label)));
    return out;
}

std::string_view phase_label(const Call& call, std::string_view phase) {
    const auto* found = std::ranges::find(kPhases, phase, &Choice::value);
    return found == std::end(kPhases) ? phase : call.tr(found->label);
}

Value statuses_for_page(const Call& call) {
    const auto rows = read_statuses(call.ctx);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        row.set("phase_label", phase_label(call, row["phase"].text().value_or("")));
    }
    return rows;
}

std::set<std::pair<int64_t, int64_t>> read_transitions(Ctx ctx) {
    std::set<std::pair<int64_t, int64_t>> out;
    const auto rows = ctx.exec("select from_id, to_id from transition");
    for (std::size_t i = 0; i < rows.size(); ++i) out.emplace(rows.i64(i, 0), rows.i64(i, 1));
    return out;
}

// One row per active status, with a box for each of the others.
Value matrix(const Call& call, Value statuses) {
    const auto allowed = read_transitions(call.ctx);
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        if (!statuses[i]["active"].boolean().value_or(false)) continue;
        const auto from = statuses[i]["id"].integer().value_or(0);
        auto boxes = call.ctx.array();
        for (std::size_t j = 0; j < statuses.size(); ++j) {
            if (!statuses[j]["active"].boolean().value_or(false)) continue;
            const auto to = statuses[j]["id"].integer().value_or(0);
            auto box = call.ctx.object().set("value", std::to_string(from) + "-" + std::to_string(to)).set("same", from == to);
            boxes.push(box.set("checked", allowed.contains({from, to})).set("label", statuses[j]["label"]));
        }
        out.push(call.ctx.object().set("label", statuses[i]["label"]).set("boxes", boxes));
    }
    return out;
}

Value entered_of(const Call& call, const StatusInput& input) {
    return call.ctx.object()
        .set("code", input.code)
        .set("fr", input.fr)
        .set("en", input.en)
        .set("phase", input.phase)
        .set("color", input.color)
        .set("pauses", input.pauses);
}

struct Outcome {
    int32_t status = 200;
    std::string problem{};  // of what is done with one row
    Value errors{};         // of the form that adds
    Value entered{};
};

void send_workflow(const Call& call, Request request, const Outcome& outcome) {
    const auto statuses = statuses_for_page(call);
    auto data = call.ctx.object().set("statuses", statuses).set("problem", outcome.problem);
    request.status(outcome.status);
    if (request.is_htmx()) return request.page("workflow/statuses.html", data);
    auto all = call.ctx.array();
    const auto applied = applied_preset(call.ctx);
    for (const auto& preset : presets())
        all.push(call.ctx.object()
                     .set("name", preset.name)
                     .set("label", preset.label)
                     .set("description", call.tr(preset.description))
                     .set("applied", preset.name == applied));
    data.set("title", call.tr("Workflow of tickets")).set("presets", all).set("matrix", matrix(call, statuses));
    data.set("phases", options(call, kPhases)).set("colors", options(call, kColors)).set("errors", outcome.errors);
    data.set("entered", outcome.entered ? outcome.entered : entered_of(call, {.phase = "open", .color = "blue"}));
    request.page("workflow/page.html", data);
}

// Without htmx: back to the page, unless there is something to say.
template <class Action>
void change_row(const Call& call, Request request, Action action) {
    try {
        action();
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID) throw;
        return send_workflow(call, request, {.status = 422, .problem = error.what()});
    }
    if (!request.is_htmx()) return request.redirect(kPath);
    send_workflow(call, request, {});
}

StatusInput read_input(Request request) {
    const auto text = [&](std::string_view name) { return guichet::one_line(request.form(name).value_or("")); };
    return {text("code"), text("fr"), text("en"), text("phase"), text("color"), request.form("pauses") == "1"};
}

// Problems of the form and of what is stored, by field.
template <class Action>
void try_input(Ctx ctx, const StatusInput& input, guichet::Problems& problems, Action action) {
    check_status(ctx, input, problems);
    if (problems) return;
    try {
        action();
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID) throw;
        problems.add(error.field().empty() ? "code" : error.field(), error.what());
    }
}

void send_status(const Call& call, Request request, int64_t id, const StatusInput& input, const guichet::Problems& problems) {
    auto breadcrumb = call.ctx.array();
    breadcrumb.push(call.ctx.object().set("label", call.tr("Workflow of tickets")).set("url", kPath))
        .push(call.ctx.object().set("label", input.code));
    auto data =
        call.ctx.object().set("title", input.code).set("id", id).set("breadcrumb", breadcrumb).set("entered", entered_of(call, input));
    data.set("phases", options(call, kPhases)).set("colors", options(call, kColors)).set("errors", problems.by_field());
    request.page("workflow/status.html", data);
}

const Preset& preset_of(Request request) {
    if (const auto* preset = find_preset(request.param("preset").value_or(""))) return *preset;
    throw guichet::Error{GUICHET_E_NOT_FOUND, "no such preset"};
}

// Where tickets of each status go to.
Value moves(const Call& call, const Preset& preset) {
    auto out = call.ctx.array();
    const auto statuses = read_statuses(call.ctx);
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const auto same = std::ranges::find(preset.statuses, statuses[i]["code"].text().value_or(""), &PresetStatus::code);
        const auto& next = same == preset.statuses.end()
                               ? successor(preset, statuses[i]["code"].text().value_or(""), statuses[i]["phase"].text().value_or(""))
                               : *same;
        out.push(call.ctx.object()
                     .set("from", statuses[i]["label"])
                     .set("from_color", statuses[i]["color"])
                     .set("tickets", statuses[i]["tickets"])
                     .set("to", call.ctx.language() == "fr" ? next.fr : next.en)
                     .set("to_color", next.color));
    }
    return out;
}

}  // namespace

void show_workflow(const Call& call, Request request) { send_workflow(call, request, {}); }

void add_to_workflow(const Call& call, Request request) {
    const auto input = read_input(request);
    guichet::Problems problems{call.ctx};
    try_input(call.ctx, input, problems, [&] { add_status(call.ctx, input); });
    if (problems) return send_workflow(call, request, {.status = 422, .errors = problems.by_field(), .entered = entered_of(call, input)});
    request.redirect(kPath);
}

void show_status(const Call& call, Request request) {
    const auto statuses = read_statuses(call.ctx);
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const auto row = statuses[i];
        if (row["id"].integer() != request.id()) continue;
        const auto text = [&](Value value) { return std::string{value.text().value_or("")}; };
        return send_status(call, request, request.id(),
                           {text(row["code"]), text(row["labels"]["fr"]), text(row["labels"]["en"]), text(row["phase"]), text(row["color"]),
                            row["pauses"].boolean().value_or(false)},
                           guichet::Problems{call.ctx});
    }
    throw guichet::Error{GUICHET_E_NOT_FOUND, "no such status"};
}

void save_status(const Call& call, Request request) {
    const auto input = read_input(request);
    guichet::Problems problems{call.ctx};
    try_input(call.ctx, input, problems, [&] { edit_status(call.ctx, request.id(), input); });
    if (!problems) return request.redirect(kPath);
    request.status(422);
    send_status(call, request, request.id(), input, problems);
}

void switch_status(const Call& call, Request request) {
    change_row(call, request, [&] { activate_status(call.ctx, request.id(), request.form("active") == "1"); });
}
void remove_status(const Call& call, Request request) {
    change_row(call, request, [&] { delete_status(call.ctx, request.id()); });
}
void shift_status(const Call& call, Request request) {
    change_row(call, request, [&] { move_status(call.ctx, request.id(), request.form("to") == "up" ? -1 : 1); });
}
void sort_statuses(const Call& call, Request request) {
    std::vector<int64_t> ids;
    for (auto order = request.form("order").value_or(""); !order.empty();) {
        const auto end = std::min(order.find(','), order.size());
        if (const auto id = guichet::to_integer(order.substr(0, end))) ids.push_back(*id);
        order.remove_prefix(std::min(end + 1, order.size()));
    }
    change_row(call, request, [&] { order_statuses(call.ctx, ids); });
}

void save_transitions(const Call& call, Request request) {
    std::vector<std::pair<int64_t, int64_t>> allowed;
    for (std::size_t i = 0; const auto box = request.form("allow", i); ++i) {
        const auto dash = std::min(box->find('-'), box->size());
        const auto from = guichet::to_integer(box->substr(0, dash)), to = guichet::to_integer(box->substr(std::min(dash + 1, box->size())));
        if (from && to) allowed.emplace_back(*from, *to);
    }
    set_transitions(call.ctx, allowed);
    request.redirect(std::string{kPath} + "#h-transitions");
}

void show_preset(const Call& call, Request request) {
    const auto& preset = preset_of(request);
    auto breadcrumb = call.ctx.array();
    breadcrumb.push(call.ctx.object().set("label", call.tr("Workflow of tickets")).set("url", kPath))
        .push(call.ctx.object().set("label", preset.label));
    auto data =
        call.ctx.object().set("title", guichet::fill(call.tr("Apply the workflow %1"), {preset.label})).set("breadcrumb", breadcrumb);
    data.set("name", preset.name).set("description", call.tr(preset.description)).set("moves", moves(call, preset));
    data.set("account_required", preset.account_required)
        .set("allow_leads", preset.allow_leads)
        .set("closed_is_final", preset.closed_is_final);
    request.page("workflow/preset.html", data);
}

void apply_preset_page(const Call& call, Request request) {
    const auto& preset = preset_of(request);
    if (request.form("confirmed") != "1") return show_preset(call, request);
    guichet::Tx tx{call.ctx};
    apply_preset(call.ctx, preset);
    call.ctx.write_settings(call.ctx.object()
                                .set("workflow", preset.name)
                                .set("account_required", preset.account_required)
                                .set("allow_leads", preset.allow_leads)
                                .set("closed_is_final", preset.closed_is_final));
    tx.commit();
    request.redirect(kPath);
}

void follow_setting(Ctx ctx, guichet::Event event) {
    if (event.data()["plugin"].text() != "tickets") return;
    const auto* preset = find_preset(ctx.settings()["workflow"].text().value_or(""));
    if (preset && preset->name != applied_preset(ctx)) apply_preset(ctx, *preset);
}

void api::list_statuses(const Call& call, Request request) {
    auto items = call.ctx.array();
    for (const auto& status : call.statuses.all()) {
        auto next = call.ctx.array();
        for (const auto& other : call.statuses.all())
            if (other.active && other.id != status.id && call.statuses.allows(status.id, other.id)) next.push(other.code);
        items.push(call.ctx.object()
                       .set("code", status.code)
                       .set("label", status.label(call.ctx.language()))
                       .set("phase", status.phase)
                       .set("color", status.color)
                       .set("active", status.active)
                       .set("pauses", status.pauses)
                       .set("next", next));
    }
    request.json(call.ctx.object().set("items", items));
}

}  // namespace tickets
