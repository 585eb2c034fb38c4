#include "policy_form.hpp"

#include "notation.hpp"
#include "words.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kMostLevels = 20, kBlankLevels = 2;
constexpr std::string_view kChannels[] = {"agent", "phone", "email", "letter", "web", "api"};
constexpr std::string_view kChannelLabels[] = {"An agent", "Phone", "Mail", "Letter", "Web form", "Interface"};

std::string text(Request request, const std::string& name) { return std::string{guichet::trim(request.form(name).value_or(""))}; }

Value number_or_text(Ctx ctx, const std::string& typed) {
    auto box = ctx.object();
    const auto n = guichet::to_integer(typed);
    if (n) return box.set("v", *n)["v"];
    return typed.empty() ? Value{} : box.set("v", typed)["v"];
}

Value texts(Ctx ctx, Request request, const std::string& name) {
    auto out = ctx.array();
    for (std::size_t i = 0; const auto value = request.form(name, i); ++i) out.push(*value);
    return out;
}

// Ids, of checkboxes or separated by commas. What is no number stays text, which is then a problem.
Value ids(Ctx ctx, Request request, const std::string& name) {
    auto out = ctx.array();
    for (std::size_t i = 0; const auto value = request.form(name, i); ++i)
        for (auto rest = *value; !rest.empty();) {
            const auto end = std::min(rest.find_first_of(", ;"), rest.size());
            if (end > 0) {
                if (const auto n = guichet::to_integer(rest.substr(0, end))) out.push(*n);
                else out.push(rest.substr(0, end));
            }
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    return out;
}

Value promise(Ctx ctx, Request request, const std::string& clock) {
    const auto amount = text(request, clock + ".amount");
    if (amount.empty()) return {};
    auto out = ctx.object().set("unit", text(request, clock + ".unit")).set("working", request.form(clock + ".working") == "1");
    return out.set("amount", number_or_text(ctx, amount));
}

// A row without any figure is none.
Value level(Ctx ctx, Request request, const std::string& row) {
    const auto amount = text(request, row + "amount"), when = text(request, row + "when");
    if (amount.empty()) return {};
    auto out = ctx.object().set("clock", text(request, row + "clock")).set("note", text(request, row + "note"));
    const auto n = guichet::to_integer(amount);
    if (when == "percent" || !n) out.set("percent", number_or_text(ctx, amount));
    else out.set("minutes", when == "before" ? -*n : *n);
    auto notify = texts(ctx, request, row + "notify");
    if (const auto address = text(request, row + "address"); !address.empty()) notify.push(address);
    out.set("notify", notify).set("assign", number_or_text(ctx, text(request, row + "assign")));
    const auto priority = text(request, row + "priority");
    if (!priority.empty()) out.set("priority", priority);
    return out.set("team", number_or_text(ctx, text(request, row + "team")));
}

bool has(Value list, Value item) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].text() == item.text() && list[i].integer() == item.integer()) return true;
    return false;
}

Value boxes(Value options, Value chosen) {
    for (std::size_t i = 0; i < options.size(); ++i) options[i].set("checked", has(chosen, options[i]["value"]));
    return options;
}

Value list_options(Ctx ctx, std::string_view list) {
    auto out = ctx.array();
    const auto entries = ctx.list(list);
    for (std::size_t i = 0; i < entries.size(); ++i)
        out.push(ctx.object().set("value", entries[i]["code"]).set("label", entries[i]["label"]));
    return out;
}

Value team_options(Ctx ctx) {
    auto out = ctx.array();
    const auto rows = ctx.exec("select id, name from core.team_v1 where active order by lower(name), id limit 500");
    for (std::size_t i = 0; i < rows.size(); ++i) out.push(ctx.object().set("value", rows.i64(i, 0)).set("label", rows.text(i, 1)));
    return out;
}

Value user_options(Ctx ctx) {
    auto out = ctx.array();
    const auto rows = ctx.exec("select id, name from core.user_v1 where active order by lower(name), id limit 500");
    for (std::size_t i = 0; i < rows.size(); ++i) out.push(ctx.object().set("value", rows.i64(i, 0)).set("label", rows.text(i, 1)));
    return out;
}

Value status_options(Ctx ctx) {
    auto out = ctx.array();
    const auto rows =
        ctx.exec("select code, coalesce(labels ->> $1, labels ->> 'fr', code) from tickets.status_v1 where active order by position",
                 ctx.language());
    for (std::size_t i = 0; i < rows.size(); ++i) out.push(ctx.object().set("value", rows.text(i, 0)).set("label", rows.text(i, 1)));
    return out;
}

Value channel_options(Ctx ctx) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < std::size(kChannels); ++i)
        out.push(ctx.object().set("value", kChannels[i]).set("label", ctx.tr(kChannelLabels[i])));
    return out;
}

std::string joined(Value list) {
    std::string out;
    for (std::size_t i = 0; i < list.size(); ++i)
        out += (i ? ", " : "") + (list[i].integer() ? std::to_string(*list[i].integer()) : std::string{list[i].text().value_or("")});
    return out;
}

Value option(Ctx ctx, std::string_view value, std::string_view label) {
    return ctx.object().set("value", value).set("label", ctx.tr(label));
}

Value unit_options(Ctx ctx) {
    auto out = ctx.array();
    return out.push(option(ctx, "minutes", "minutes")).push(option(ctx, "hours", "hours")).push(option(ctx, "days", "days"));
}

std::string first_error(Value errors, const std::string& prefix) {
    for (std::size_t i = 0; i < errors.size(); ++i)
        if (errors.key(i).starts_with(prefix)) return std::string{errors[errors.key(i)].text().value_or("")};
    return {};
}

Value clock_rows(Ctx ctx, Value typed, Value errors) {
    auto out = ctx.array();
    for (const auto name : kClockNames) {
        const auto promise = typed[name];
        auto row = ctx.object()
                       .set("name", name)
                       .set("prefix", std::string{name} + ".")
                       .set("label", clock_label(ctx, name))
                       .set("amount", promise["amount"]);
        row.set("unit", promise ? promise["unit"].text().value_or("hours") : "hours");
        row.set("working", promise.is_object() ? promise["working"].boolean().value_or(true) : true);
        auto error = first_error(errors, std::string{name} + ".");
        if (error.empty()) error = errors[name].text().value_or("");
        out.push(row.set("error", error));
    }
    return out;
}

Value level_rows(Ctx ctx, Value levels, Value errors) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < std::min(levels.size() + kBlankLevels, kMostLevels); ++i) {
        const auto level = levels[i];
        const auto minutes = level["minutes"].integer();
        auto row = ctx.object()
                       .set("n", i)
                       .set("prefix", "levels." + std::to_string(i) + ".")
                       .set("clock", level["clock"].text().value_or("resolution"));
        if (minutes) row.set("amount", *minutes < 0 ? -*minutes : *minutes).set("when", *minutes < 0 ? "before" : "after");
        else row.set("amount", level["percent"]).set("when", "percent");
        std::string address;
        for (const auto who : {"assignee", "team", "manager"}) row.set(std::string{"tell_"} + who, false);
        for (std::size_t w = 0; w < level["notify"].size(); ++w) {
            const auto who = level["notify"][w].text().value_or("");
            if (who == "assignee" || who == "team" || who == "manager") row.set(std::string{"tell_"}.append(who), true);
            else address = who;
        }
        row.set("address", address).set("assign", level["assign"]).set("team", level["team"]).set("priority", level["priority"]);
        out.push(row.set("note", level["note"]).set("error", first_error(errors, "levels." + std::to_string(i) + ".")));
    }
    return out;
}

}  // namespace

Value typed_policy(Ctx ctx, Request request) {
    auto scope = ctx.object().set("teams", ids(ctx, request, "teams")).set("types", texts(ctx, request, "types"));
    scope.set("min_priority", text(request, "min_priority")).set("channels", texts(ctx, request, "channels"));
    scope.set("accounts", ids(ctx, request, "accounts")).set("contracts", ids(ctx, request, "contracts"));
    auto out = ctx.object().set("name", guichet::one_line(request.form("name").value_or(""))).set("scope", scope);
    out.set("active", request.form("active") == "1").set("enforce_from", text(request, "enforce_from"));
    out.set("calendar_id", guichet::to_integer(text(request, "calendar_id")).value_or(0));
    for (const auto name : kClockNames)
        if (const auto one = promise(ctx, request, std::string{name})) out.set(name, one);
    out.set("to_status", text(request, "to_status")).set("reopen", text(request, "reopen"));
    out.set("first_response_pauses", request.form("first_response_pauses") == "1");
    auto levels = ctx.array();
    for (std::size_t i = 0; i < kMostLevels; ++i)
        if (const auto one = level(ctx, request, "levels." + std::to_string(i) + ".")) levels.push(one);
    return out.set("levels", levels);
}

void read_typed(Ctx ctx, Value typed, ServicePolicy& policy, Problems& problems) {
    policy.name = typed["name"].text().value_or("");
    policy.active = typed["active"].boolean().value_or(false);
    policy.calendar_id = typed["calendar_id"].integer().value_or(0);
    if (const auto from = typed["enforce_from"].text().value_or(""); !from.empty()) {
        const auto rows =
            parse_day(from.substr(0, 10)) && (from.size() == 10 || (from.size() == 16 && parse_time_of_day(from.substr(11))))
                ? ctx.exec("select floor(extract(epoch from ($1::text::timestamp at time zone $2::text)))::bigint", from, ctx.zone())
                      .maybe_i64(0, 0)
                : std::nullopt;
        if (rows) policy.enforce_from = Instant{std::chrono::seconds{*rows}};
        else problems.add("enforce_from", ctx.tr("Enter a date."));
    }
    read_policy(ctx, typed, policy, problems);
    check_policy(ctx, policy, problems);
}

Value policy_controls(Ctx ctx, Value typed, Value errors) {
    const auto scope = typed["scope"];
    auto out = ctx.object();
    for (const auto name : {"name", "active", "calendar_id", "enforce_from", "to_status", "reopen", "first_response_pauses"})
        out.set(name, typed[name]);
    out.set("teams", boxes(team_options(ctx), scope["teams"])).set("types", boxes(list_options(ctx, "tickets.type"), scope["types"]));
    out.set("channels", boxes(channel_options(ctx), scope["channels"])).set("min_priority", scope["min_priority"]);
    out.set("priorities", list_options(ctx, "tickets.priority"))
        .set("accounts", joined(scope["accounts"]))
        .set("contracts", joined(scope["contracts"]));
    auto scope_errors = ctx.object();
    for (const auto name : {"teams", "types", "channels", "min_priority", "accounts", "contracts"})
        scope_errors.set(name, errors[std::string{"scope."} + name]);
    out.set("errors", scope_errors);
    auto calendars = ctx.array();
    for (const auto& calendar : load_calendars(ctx)) calendars.push(ctx.object().set("value", calendar.id).set("label", calendar.name));
    out.set("calendars", calendars)
        .set("statuses", status_options(ctx))
        .set("users", user_options(ctx))
        .set("all_teams", team_options(ctx));
    auto reopen = ctx.array();
    reopen.push(option(ctx, "pause", "The time while it was closed does not count"))
        .push(option(ctx, "none", "The time while it was closed counts"));
    out.set("reopen_options", reopen.push(option(ctx, "restart", "The clock begins anew"))).set("units", unit_options(ctx));
    auto whens = ctx.array();
    whens.push(option(ctx, "percent", "% of the time"))
        .push(option(ctx, "before", "minutes before"))
        .push(option(ctx, "after", "minutes after"));
    auto clocks = ctx.array();
    for (const auto name : kClockNames) clocks.push(ctx.object().set("value", name).set("label", clock_label(ctx, name)));
    out.set("whens", whens).set("clock_options", clocks);
    return out.set("clocks", clock_rows(ctx, typed, errors)).set("levels", level_rows(ctx, typed["levels"], errors));
}

Value stored_as_typed(Ctx ctx, const ServicePolicy& policy) {
    auto out = definition_of(ctx, policy).set("name", policy.name).set("active", policy.active).set("calendar_id", policy.calendar_id);
    if (!policy.enforce_from) return out.set("enforce_from", "");
    const auto rows = ctx.exec("select to_char(to_timestamp($1) at time zone $2::text, 'YYYY-MM-DD\"T\"HH24:MI')",
                               policy.enforce_from->time_since_epoch().count(), ctx.zone());
    return out.set("enforce_from", rows.text(0, 0));
}

}  // namespace sla
