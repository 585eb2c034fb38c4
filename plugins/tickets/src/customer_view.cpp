#include "customer_view.hpp"

#include "attachment_store.hpp"
#include "customer_service.hpp"
#include "message_store.hpp"
#include "transitions.hpp"

#include <algorithm>

namespace tickets::customers {

using guichet::Value;

namespace {

constexpr int32_t kMostListed = 200;
// Of attachment a and its message m.
constexpr std::string_view kForCustomers = "(case when a.message_id is null then a.created_by is null else m.visibility = 'public' end)";

Value files_of_ticket(const Call& call, int64_t ticket) {
    guichet::Query query{call.ctx};
    query.sql("select a.file_id as id, a.message_id, a.name, a.type, a.bytes, a.type in ")
        .sql(kImageTypes)
        .sql(" as is_image from attachment a left join message m on m.id = a.message_id where a.ticket_id = ");
    return query.arg(ticket).sql(" and ").sql(kForCustomers).sql(" order by a.file_id").run().value();
}

Value messages_of(const Call& call, int64_t ticket, Value files) {
    const auto rows = read_public_messages(call, ticket).value();
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto m = rows[i];
        out.push(call.ctx.object()
                     .set("id", m["id"])
                     .set("body", m["body"])
                     .set("author_name", m["author_name"])
                     .set("from_customer", m["author_id"].is_null())
                     .set("automatic", m["automatic"])
                     .set("created_at", m["created_at"])
                     .set("files", files_of(call, files, m["id"].integer())));
    }
    return out;
}

Value custom_of(const Call& call, Value stored) {
    const auto fields = call.ctx.present_fields(kObject, GUICHET_AUDIENCE_PUBLIC, stored ? stored : call.ctx.object());
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (const auto text = fields[i]["text"].text(); text && !text->empty())
            out.push(call.ctx.object().set("label", fields[i]["label"]).set("text", *text));
    return out;
}

void add_labels(const Call& call, const Ticket& ticket, Value& out) {
    for (const auto field : {Field::type, Field::category, Field::severity}) {
        const auto label = label_of(call, field, ticket.values[field]);
        out.set(std::string{info(field).name} + "_label", label.empty() ? std::nullopt : std::optional{label});
    }
    const auto badge = badge_of(call, Field::status, ticket.values[Field::status]);
    out.set("status", badge["code"]).set("status_label", badge["label"]).set("status_color", badge["color"]);
}

std::vector<int64_t> integers(Value array) {
    std::vector<int64_t> out;
    for (std::size_t i = 0; i < array.size(); ++i) out.push_back(array[i].integer().value_or(0));
    return out;
}

bool possible(const Call& call, const Ticket& ticket, std::string_view name) {
    return ticket.may_update && std::ranges::any_of(possible_steps(call, ticket.values), [&](const Step* s) { return s->name == name; });
}

}  // namespace

Value show(const Call& call, int64_t id) {
    const auto ticket = load(call, id);
    const auto phase = phase_of(call, ticket.values);
    const auto files = files_of_ticket(call, id);
    auto out = call.ctx.object();
    for (const auto member : {"id", "ref", "tracking_id", "subject", "description", "created_at", "updated_at", "closed_at",
                              "requester_email", "account_id", "contact_id", "visible_to_client", "merged_into"})
        out.set(member, ticket.row[member]);
    add_labels(call, ticket, out);
    const bool open = ticket.may_update && answerable(call, ticket);
    return out.set("phase", phase)
        .set("may_write", open)
        .set("may_close", possible(call, ticket, "close"))
        .set("may_reopen", open && possible(call, ticket, "reopen"))
        .set("custom", custom_of(call, ticket.values.custom))
        .set("files", files_of(call, files, std::nullopt))
        .set("messages", messages_of(call, id, files));
}

Value list(const Call& call, Value scope, int32_t limit) {
    guichet::Query query{call.ctx};
    query.sql("select t.id, t.ref, t.subject, t.status_id, t.created_at, t.updated_at from ticket t where t.merged_into is null and ");
    if (const auto account = scope["account_id"].integer()) query.sql("t.account_id = ").arg(*account).sql(" and t.visible_to_client");
    else if (const auto contact = scope["contact_id"].integer()) query.sql("t.contact_id = ").arg(*contact).sql(" and t.visible_to_client");
    else if (const auto email = scope["requester_email"].text().value_or(""); !email.empty())
        query.sql("lower(t.requester_email) = lower(").arg(email).sql(") and t.visible_to_client");
    else query.sql("t.id = any(").arg(guichet::array_literal(integers(scope["ids"]))).sql("::bigint[])");
    query.sql(" order by t.updated_at desc, t.id desc limit ").arg(std::clamp(limit, 1, kMostListed));
    const auto rows = query.run().value();
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto badge = badge_of(call, Field::status, std::to_string(rows[i]["status_id"].integer().value_or(0)));
        const auto* status = call.statuses.by_id(rows[i]["status_id"].integer().value_or(0));
        auto item = rows[i];
        item.set("status_label", badge["label"]).set("status_color", badge["color"]).set("phase", status ? status->phase : "");
        out.push(item);
    }
    return out;
}

Value find(const Call& call, std::string_view ref, std::string_view tracking_id, int64_t id) {
    const auto named = !ref.empty()           ? call.ctx.exec("select id from ticket where ref = $1", ref)
                       : !tracking_id.empty() ? call.ctx.exec("select id from ticket where tracking_id = $1", tracking_id)
                                              : call.ctx.exec("select id from ticket where id = $1", id);
    if (named.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    return call.ctx
        .exec(
            "select t.id, t.ref, s.phase, t.account_id, t.contact_id, t.requester_email, t.visible_to_client, t.closed_at"
            " from ticket t join status s on s.id = t.status_id where t.id = $1",
            living(call, named.i64(0, 0)))
        .row(0);
}

Value participants(const Call& call, int64_t ticket) {
    const auto rows = call.ctx.exec(
        "select distinct lower(p.email) as email from ("
        " select requester_email as email from ticket where id = $1"
        " union all select c.email from ticket t join directory.contact_v1 c on c.id = t.contact_id where t.id = $1"
        " union all select a.email from ticket t join directory.account_v1 a on a.id = t.account_id where t.id = $1"
        " union all select u.email from ticket t join core.user_v1 u on u.id = t.assignee_id where t.id = $1"
        " union all select coalesce(m.author_email, u.email) from message m left join core.user_v1 u on u.id = m.author_id"
        "  where m.ticket_id = $1 and m.visibility = 'public') p where p.email <> '' order by 1",
        ticket);
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) out.push(rows.text(i, 0));
    return out;
}

void send_file(const Call& call, guichet_http* http, int64_t ticket, int64_t file, bool display_inline) {
    guichet::Query query{call.ctx};
    query.sql("select from attachment a left join message m on m.id = a.message_id where a.ticket_id = ").arg(ticket);
    if (query.sql(" and a.file_id = ").arg(file).sql(" and ").sql(kForCustomers).run().empty())
        throw guichet::Error{GUICHET_E_NOT_FOUND, "no such attachment"};
    guichet::Request{call.ctx.raw(), http}.send_file(file, display_inline);
}

}  // namespace tickets::customers
