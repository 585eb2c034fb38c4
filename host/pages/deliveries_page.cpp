#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "pages/ids.hpp"
#include "plugin/snapshot.hpp"

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/deliveries";
constexpr std::string_view kPermission = "core.events";
constexpr std::size_t kRows = 50;

// What waits may be looked at too; "failing" is what waits for another attempt.
constexpr struct {
    std::string_view name, label, states, first_attempt;
} kViews[] = {{"dead", "Given up", "{dead}", "0"}, {"failing", "Tried again later", "{ready}", "1"}, {"waiting", "Waiting", "{ready,leased}", "0"}};

struct Filter {
    std::string view, subscription;
};

Filter read_filter(Call& call) {
    Filter filter{std::string{kViews[0].name}, std::string{call.request.query_value("subscription").value_or("")}};
    const auto wanted = call.request.query_value("view").value_or("");
    for (const auto& view : kViews)
        if (view.name == wanted) filter.view = wanted;
    return filter;
}

std::string address(const Filter& filter, std::string_view done = {}) {
    std::string out = std::string{kPath} + "?view=" + filter.view;
    if (!filter.subscription.empty()) out += "&subscription=" + http::percent_encode(filter.subscription);
    if (!done.empty()) out.append("&done=").append(done);
    return out;
}

void add_views(Call& call, Value& data, const Filter& filter) {
    auto* views = data.add_array("views");
    for (const auto& view : kViews) {
        auto* entry = views->add_object({});
        entry->set("url", std::string_view{address({std::string{view.name}, filter.subscription})});
        entry->set("label", std::string_view{call.tr(view.label)});
        entry->set("current", view.name == filter.view);
    }
}

void add_subscriptions(Call& call, Value& data) {
    const auto rows = call.site.pool.exec(
        "select s.id, s.plugin_id, s.event, s.version, s.retired_at is not null as retired, coalesce(w.waiting, 0) as waiting, w.oldest,"
        " coalesce(w.failing, 0) as failing, coalesce(x.dead, 0) as dead from core.subscription s"
        " left join (select subscription_id, count(*) as waiting, count(*) filter (where state = 'ready' and attempt > 0) as failing,"
        "   min(o.created_at) as oldest from core.delivery d join core.outbox o on o.id = d.outbox_id where state in ('ready', 'leased') group by 1) w"
        "   on w.subscription_id = s.id"
        " left join (select subscription_id, count(*) as dead from core.delivery where state = 'dead' group by 1) x on x.subscription_id = s.id"
        " order by s.id");
    auto* list = data.add_array("subscriptions");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto* row = rows.row_value(call.ctx.arena, i);
        row->set("active", call.ctx.snapshot->subscriptions().contains(rows.text(i, 0)));
        row->set("url", std::string_view{address({"dead", std::string{rows.text(i, 0)}})});
        list->push(row);
    }
}

void add_deliveries(Call& call, Value& data, const Filter& filter) {
    const auto* view = &kViews[0];
    for (const auto& v : kViews)
        if (v.name == filter.view) view = &v;
    const auto before = to_id(call.request.query_value("before").value_or(""));
    const auto rows = call.site.pool.exec(
        "select d.id, d.subscription_id, o.event, o.version, d.subject, d.state, d.attempt, d.max_attempts, d.error, o.created_at,"
        " case when d.state = 'ready' and d.attempt > 0 then d.not_before end as next_at, jsonb_pretty(o.data)::text as payload"
        " from core.delivery d join core.outbox o on o.id = d.outbox_id where d.state = any($1::text[]) and d.attempt >= $2::int"
        " and ($3::text = '' or d.subscription_id = $3) and ($4::bigint = 0 or d.id < $4) order by d.id desc limit $5",
        {view->states, view->first_attempt, filter.subscription, before, kRows + 1});
    auto* list = data.add_array("deliveries");
    for (std::size_t i = 0; i < rows.size() && i < kRows; ++i) list->push(rows.row_value(call.ctx.arena, i));
    if (rows.size() > kRows) data.set("next", rows.i64(kRows - 1, 0));
    data.set("first", before == 0);
}

std::string message_of(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    if (done == "retry") return call.tr("What was given up is delivered again.");
    if (done == "delete") return call.tr("The delivery is deleted.");
    if (done == "nothing") return call.tr("Nothing was changed: it is not in that state any more.");
    return {};
}

http::Response show(Call& call) {
    const auto filter = read_filter(call);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Deliveries")});
    add_subscriptions(call, *data);
    add_views(call, *data, filter);
    add_deliveries(call, *data, filter);
    data->set("view", std::string_view{filter.view});
    data->set("subscription", std::string_view{filter.subscription});
    data->set("message", std::string_view{message_of(call)});
    return web::page(call, "deliveries.html", *data);
}

http::Response change(Call& call, std::string_view verb, std::string_view subject, std::string_view sql, db::Param which) {
    db::Transaction transaction{call.site.pool};
    const bool changed = transaction.exec(sql, {which}).affected() > 0;
    if (changed) {
        core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.delivery_" + std::string{verb}, subject));
        transaction.exec("select pg_notify('core_outbox', '')");
    }
    transaction.commit();
    return web::redirect(address({"dead", std::string{call.form_value("subscription")}}, changed ? verb : "nothing"));
}

// A delivery begins anew; younger ones of its subject that were not done yet wait for it.
http::Response post_retry(Call& call) {
    const auto id = to_id(call.param("id"));
    return change(call, "retry", "delivery/" + std::to_string(id),
                  "update core.delivery set state = 'ready', attempt = 0, not_before = clock_timestamp(), finished_at = null"
                  " where id = $1 and (state = 'dead' or state = 'ready' and attempt > 0)", id);
}
http::Response post_retry_all(Call& call) {
    const std::string subscription{call.form_value("subscription")};
    return change(call, "retry", subscription.empty() ? "every delivery" : subscription,
                  "update core.delivery set state = 'ready', attempt = 0, not_before = clock_timestamp(), finished_at = null"
                  " where state = 'dead' and ($1::text = '' or subscription_id = $1)", subscription);
}
http::Response post_delete(Call& call) {
    const auto id = to_id(call.param("id"));
    return change(call, "delete", "delivery/" + std::to_string(id), "delete from core.delivery where id = $1 and state in ('dead', 'ready')", id);
}

}  // namespace

std::vector<web::HostRoute> deliveries_routes() {
    const std::string permission{kPermission};
    return {
        {"GET", std::string{kPath}, permission, false, show},
        {"POST", "/admin/deliveries/retry", permission, false, post_retry_all},
        {"POST", "/admin/deliveries/{id}/retry", permission, false, post_retry},
        {"POST", "/admin/deliveries/{id}/delete", permission, false, post_delete},
    };
}

}  // namespace host::pages
