#include "entry_request.hpp"

#include "activities.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

std::optional<int64_t> id_of(Request request, std::string_view name) {
    const auto id = guichet::to_integer(request.query(name).value_or(""));
    return id && *id > 0 ? id : std::nullopt;
}

std::string day_of(Request request, std::string_view name) {
    const auto day = guichet::trim(request.query(name).value_or(""));
    return is_day(day) ? std::string{day} : std::string{};
}

// Codes are of such characters; anything else is none.
bool is_code(std::string_view text) {
    return text.size() <= 40 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == text.npos;
}

Value users(Ctx ctx) {
    auto out = ctx.array();
    const auto all = ctx.users();
    for (std::size_t i = 0; i < all.size(); ++i)
        out.push(ctx.object().set("value", std::to_string(all[i]["id"].integer().value_or(0))).set("label", all[i]["name"]));
    return out;
}

}  // namespace

EntryFilter read_filter(Ctx ctx, Request request, std::string_view usual_user) {
    EntryFilter out;
    const auto user = request.query("user").value_or(usual_user);
    out.user = user == "me" ? std::optional{ctx.user_id()} : guichet::to_integer(user);
    out.ticket = id_of(request, "ticket_id");
    out.account = id_of(request, "account_id");
    out.contract = id_of(request, "contract_id");
    const auto activity = request.query("activity").value_or("");
    if (is_code(activity)) out.activity = activity;
    const auto billable = request.query("billable").value_or("");
    if (billable == "1" || billable == "0") out.billable = billable == "1";
    out.from = day_of(request, "from");
    out.to = day_of(request, "to");
    return out;
}

std::string query_of(const EntryFilter& filter) {
    auto out = "user=" + (filter.user ? std::to_string(*filter.user) : std::string{"all"});
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) out.append("&").append(name).append("=").append(value);
    };
    const auto id = [](const std::optional<int64_t>& value) { return value ? std::to_string(*value) : std::string{}; };
    add("ticket_id", id(filter.ticket));
    add("account_id", id(filter.account));
    add("contract_id", id(filter.contract));
    add("activity", filter.activity);
    add("billable", filter.billable ? (*filter.billable ? "1" : "0") : "");
    add("from", filter.from);
    add("to", filter.to);
    return out;
}

Value filter_bar(Ctx ctx, const EntryFilter& filter) {
    auto hidden = ctx.array();
    const auto add = [&](std::string_view name, const std::optional<int64_t>& value) {
        if (value) hidden.push(ctx.object().set("name", name).set("value", *value));
    };
    add("ticket_id", filter.ticket);
    add("account_id", filter.account);
    add("contract_id", filter.contract);
    auto out = ctx.object().set("user", filter.user ? std::to_string(*filter.user) : "all").set("activity", filter.activity);
    out.set("billable", filter.billable ? (*filter.billable ? "1" : "0") : "").set("from", filter.from).set("to", filter.to);
    out.set("used", !filter.activity.empty() || filter.billable || !filter.from.empty() || !filter.to.empty() || hidden.size() > 0);
    return out.set("users", users(ctx)).set("activities", activity_options(ctx, filter.activity)).set("hidden", hidden);
}

}  // namespace timesheet
