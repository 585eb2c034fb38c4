#include "pages/routes.hpp"

#include "base/json.hpp"

#include <charconv>
#include <optional>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::size_t kLines = 50;

struct Filter {
    std::string user, action, from, to;  // login; "core.login" or "core."; "2026-11-22", both days included
    std::int64_t before = 0;             // id of the last line of the page before
    bool set() const { return !user.empty() || !action.empty() || !from.empty() || !to.empty(); }
};

bool is_day(std::string_view text) {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    return true;
}

Filter read_filter(const http::Request& request) {
    const auto get = [&](std::string_view name) { return std::string{request.query_value(name).value_or("")}; };
    Filter f{get("user"), get("action"), get("from"), get("to")};
    if (!is_day(f.from)) f.from.clear();
    if (!is_day(f.to)) f.to.clear();
    const auto before = get("before");
    std::from_chars(before.data(), before.data() + before.size(), f.before);
    return f;
}

// What is no date although it looks like one ("2026-02-31") is PostgreSQL's to say: it finds nothing.
db::Rows read_lines(Call& call, const Filter& f) {
    const auto text = [](const std::string& value) { return value.empty() ? std::optional<std::string>{} : std::optional{value}; };
    const auto user = text(f.user), action = text(f.action), from = text(f.from), to = text(f.to);
    return call.site.pool.exec(
        "select id, at, actor, address, request_id, action, subject, details from core.audit"
        " where ($1::text is null or lower(actor) = lower($1))"
        " and ($2::text is null or action = $2 or starts_with(action, $2 || '.'))"
        " and ($3::text is null or at >= $3::date::timestamp at time zone $5)"
        " and ($4::text is null or at < ($4::date + 1)::timestamp at time zone $5)"
        " and ($6::bigint = 0 or id < $6) order by id desc limit $7",
        {user, action, from, to, call.ctx.principal.zone, f.before, kLines + 1});
}

std::string shown(const Value& value) {
    return value.is(Value::Type::string) ? std::string{value.as_string()} : base::to_json(value);
}

void add_lines(Call& call, Value& data, const db::Rows& rows) {
    auto* lines = data.add_array("lines");
    for (std::size_t i = 0; i < rows.size() && i < kLines; ++i) {
        auto* line = rows.row_value(call.ctx.arena, i);
        const auto* details = line->get("details");
        auto* pairs = Value::array(call.ctx.arena);
        for (std::size_t k = 0; details && details->is(Value::Type::object) && k < details->size(); ++k) {
            auto* pair = pairs->add_object({});
            pair->set("name", details->key(k));
            pair->set("value", std::string_view{shown(*details->at(k))});
        }
        line->set("details", pairs);
        lines->push(line);
    }
    if (rows.size() > kLines) data.set("next", rows.i64(kLines - 1, 0));
}

void add_actions(Call& call, Value& data) {
    auto* actions = data.add_array("actions");
    const auto rows = call.site.pool.exec(
        "with recursive a(action) as (select min(action) from core.audit union all"
        " select (select min(action) from core.audit where action > a.action) from a where a.action is not null)"
        " select action from a where action is not null limit 500");
    for (std::size_t i = 0; i < rows.size(); ++i) actions->push(Value::string(call.ctx.arena, rows.text(i, 0)));
}

http::Response get_audit(Call& call) {
    auto filter = read_filter(call.request);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Audit log")});
    try {
        add_lines(call, *data, read_lines(call, filter));
    } catch (const db::Error& e) {
        if (e.sqlstate() != "22008" && e.sqlstate() != "22007") throw;
        data->add_array("lines");
    }
    add_actions(call, *data);
    auto* shown_filter = data->add_object("filter");
    shown_filter->set("user", std::string_view{filter.user});
    shown_filter->set("action", std::string_view{filter.action});
    shown_filter->set("from", std::string_view{filter.from});
    shown_filter->set("to", std::string_view{filter.to});
    data->set("filtered", filter.set());
    data->set("first", filter.before == 0);
    return web::page(call, "audit.html", *data);
}

}  // namespace

std::vector<web::HostRoute> audit_routes() { return {{"GET", "/admin/audit", "core.audit", false, get_audit}}; }

}  // namespace host::pages
