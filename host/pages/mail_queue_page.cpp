#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "pages/ids.hpp"

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/mail";
constexpr std::size_t kMails = 50;

// What the page calls a state, and the states behind it.
constexpr struct {
    std::string_view name, label, states;
} kViews[] = {
    {"queued", "Queued", "{ready,leased}"}, {"sent", "Sent", "{done}"},     {"bounced", "Came back", "{bounced}"},
    {"refused", "Refused", "{refused}"},    {"dead", "Given up", "{dead}"}, {"held", "On hold", "{held}"},
};

void add_views(Call& call, Value& data, std::string_view current) {
    auto* views = data.add_array("views");
    for (const auto& view : kViews) {
        auto* entry = views->add_object({});
        entry->set("name", view.name);
        entry->set("label", std::string_view{call.tr(view.label)});
        entry->set("current", view.name == current);
        const auto n = call.site.pool.exec("select count(*) from (select from core.mail where state = any($1::text[]) limit 1000) m", {view.states});
        entry->set("count", n.i64(0, 0));
    }
}

http::Response show(Call& call, std::string_view message) {
    const auto wanted = call.request.query_value("view").value_or("queued");
    const auto* view = &kViews[0];
    for (const auto& v : kViews)
        if (v.name == wanted) view = &v;
    const auto before = to_id(call.request.query_value("before").value_or(""));
    const auto rows = call.site.pool.exec(
        "select id, state, sender, to_address, subject, template_id, attempt, max_attempts, result, unanswered, error, created_at, finished_at,"
        " case when state = 'ready' and attempt > 0 then not_before end as next_at from core.mail"
        " where state = any($1::text[]) and ($2::bigint = 0 or id < $2) order by id desc limit $3",
        {view->states, before, kMails + 1});
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Outgoing mail")});
    auto* mails = data->add_array("mails");
    for (std::size_t i = 0; i < rows.size() && i < kMails; ++i) mails->push(rows.row_value(call.ctx.arena, i));
    if (rows.size() > kMails) data->set("next", rows.i64(kMails - 1, 0));
    data->set("first", before == 0);
    data->set("view", view->name);
    add_views(call, *data, view->name);
    data->set("senders", !call.site.pool.exec("select 1 from core.mail_sender limit 1").empty());
    data->set("message", message);
    return web::page(call, "mail_queue.html", *data);
}

http::Response get_mail(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    std::string message;
    if (done == "retry") message = call.tr("The mail will be sent again.");
    if (done == "hold") message = call.tr("The mail is on hold.");
    if (done == "delete") message = call.tr("The mail is deleted.");
    if (done == "nothing") message = call.tr("The mail is not in that state any more. Nothing was changed.");
    return show(call, message);
}

// What is being sent at this moment is left alone.
http::Response change(Call& call, std::string_view verb, std::string_view sql) {
    const auto id = to_id(call.param("id"));
    db::Transaction transaction{call.site.pool};
    const bool changed = transaction.exec(sql, {id}).affected() == 1;
    if (changed)
        core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.mail_" + std::string{verb}, "mail/" + std::to_string(id)));
    transaction.commit();
    const auto view = call.form_value("view");
    return web::redirect(std::string{kPath} + "?view=" + http::percent_encode(view) + "&done=" + std::string{changed ? verb : "nothing"});
}

http::Response post_retry(Call& call) {
    return change(call, "retry",
                  "with again as (update core.mail set state = 'ready', attempt = 0, not_before = clock_timestamp(), finished_at = null"
                  " where id = $1 and state in ('ready', 'refused', 'dead', 'held', 'bounced') returning id) select pg_notify('core_mail', "
                  "'') from again");
}
http::Response post_hold(Call& call) { return change(call, "hold", "update core.mail set state = 'held' where id = $1 and state = 'ready'"); }
http::Response post_delete(Call& call) { return change(call, "delete", "delete from core.mail where id = $1 and state <> 'leased'"); }

}  // namespace

std::vector<web::HostRoute> mail_queue_routes() {
    const std::string permission = "core.mail";
    return {
        {"GET", std::string{kPath}, permission, false, get_mail},
        {"POST", "/admin/mail/queue/{id}/retry", permission, false, post_retry},
        {"POST", "/admin/mail/queue/{id}/hold", permission, false, post_hold},
        {"POST", "/admin/mail/queue/{id}/delete", permission, false, post_delete},
    };
}

}  // namespace host::pages
