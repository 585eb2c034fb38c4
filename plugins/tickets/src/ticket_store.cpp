#include "ticket_store.hpp"

#include "attachment_store.hpp"
#include "history.hpp"
#include "instant.hpp"
#include "ticket_access.hpp"
#include "ticket_events.hpp"
#include "transitions.hpp"

namespace tickets {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "t.id, t.ref, t.tracking_id, t.subject, t.description, t.status_id, t.priority, t.type, t.category, t.severity, t.account_id, "
    "t.contact_id, t.contract_id, t.assignee_id, t.in_charge_id, t.team_id, t.channel, coalesce(t.started_at, t.created_at) as started_at, "
    "t.due_at, t.progress, t.visible_to_client, array_to_string(t.tags, ',') as tags, t.read_at, t.resolved_at, t.closed_at, t.created_at, "
    "t.updated_at, t.merged_into, t.version, t.custom, t.requester_email, t.requester_name, t.language, t.automatic, c.language as "
    "contact_language, a.name as account_name, a.email as account_email, c.name as "
    "contact_name, c.email as contact_email, k.ref as "
    "contract_ref, "
    "k.label as contract_label, assignee.name as assignee_name, in_charge.name as in_charge_name, team.name as team_name, reader.name as "
    "read_name, "
    "creator.name as created_name, editor.name as updated_name";
constexpr std::string_view kFrom =
    " from ticket t"
    " left join directory.account_v1 a on a.id = t.account_id"
    " left join directory.contact_v1 c on c.id = t.contact_id"
    " left join directory.contract_v1 k on k.id = t.contract_id"
    " left join core.user_v1 assignee on assignee.id = t.assignee_id"
    " left join core.user_v1 in_charge on in_charge.id = t.in_charge_id"
    " left join core.team_v1 team on team.id = t.team_id"
    " left join core.user_v1 reader on reader.id = t.read_by"
    " left join core.user_v1 creator on creator.id = t.created_by"
    " left join core.user_v1 editor on editor.id = t.updated_by";

constexpr std::string_view kColumnOf[kFieldCount] = {"subject",     "description",  "status_id",         "priority",   "type",
                                                     "category",    "severity",     "account_id",        "contact_id", "contract_id",
                                                     "assignee_id", "in_charge_id", "team_id",           "channel",    "started_at",
                                                     "due_at",      "progress",     "visible_to_client", "tags",       "requester_email"};

std::string as_text(Value value) {
    if (const auto text = value.text()) return std::string{*text};
    if (const auto number = value.integer()) return std::to_string(*number);
    if (const auto time = value.time()) return format_instant(*time);
    if (const auto yes = value.boolean()) return *yes ? "true" : "false";
    return {};
}

// A merged ticket lives on in another one; closed is for ever where the setting says so (S3-23), elsewhere the status
// may always be changed (S1-05).
std::string_view lock_of(const Call& call, const Ticket& ticket) {
    if (!ticket.row["merged_into"].is_null()) return call.tr("This ticket was merged into another one and is no longer changed.");
    if (phase_of(call, ticket.values) != "closed" || !call.ctx.settings()["closed_is_final"].boolean().value_or(false)) return {};
    return call.tr("A closed ticket stays as it is. Add a new ticket for what comes next.");
}

Ticket read(const Call& call, int64_t id, std::string_view lock) {
    guichet::Query query{call.ctx};
    query.sql("select ").sql(kColumns).sql(", coalesce(");
    Access{query.ctx(), kUpdate}.add_any(query);
    query.sql(", false) as may_update, coalesce(");
    Access{query.ctx(), kDelete}.add_any(query);
    query.sql(", false) as may_delete").sql(kFrom).sql(" where t.id = ").arg(id).sql(" and ");
    Access{query.ctx(), kRead}.add_any(query);
    const auto rows = query.sql(lock).run();
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    Ticket out;
    out.id = id;
    out.row = rows.row(0);
    out.version = out.row["version"].integer().value_or(0);
    out.may_delete = out.row["may_delete"].boolean().value_or(false);
    for (const auto& field : kFields) out.values[field.field] = as_text(out.row[kColumnOf[static_cast<std::size_t>(field.field)]]);
    out.values.custom = out.row["custom"];
    const bool permitted = out.row["may_update"].boolean().value_or(false);
    if (permitted) out.locked = lock_of(call, out);
    out.may_update = permitted && out.locked.empty();
    return out;
}

// Text, number or time as the column wants it; "" is null but for the columns that are never null.
void add_value(guichet::Query& query, const Values& values, Field field) {
    switch (field) {
        case Field::status:
        case Field::account:
        case Field::contact:
        case Field::contract:
        case Field::assignee:
        case Field::in_charge:
        case Field::team:
        case Field::progress:
            query.arg(values.id(field)).sql("::bigint");
            return;
        case Field::started_at:
        case Field::due_at:
            query.arg(parse_instant(values[field])).sql("::timestamptz");
            return;
        case Field::visible_to_client:
            query.arg(values[field] == "true").sql("::boolean");
            return;
        case Field::tags:
            query.sql("string_to_array(").arg(values[field]).sql("::text, ',')");
            return;
        default:
            query.arg(values[field]).sql("::text");
    }
}

std::string json_text(const Call& call, Value value) { return value ? std::string{guichet::to_json(call.ctx, value)} : std::string{}; }

// Custom fields are in the history as "custom.<code>", their values as JSON.
void add_custom_changes(const Call& call, Value from, Value to, std::vector<Change>& changes) {
    const auto note = [&](std::string_view code) {
        auto before = json_text(call, from[code]), after = json_text(call, to[code]);
        if (before != after) changes.push_back({"custom." + std::string{code}, std::move(before), std::move(after)});
    };
    for (std::size_t i = 0; i < to.size(); ++i) note(to.key(i));
    for (std::size_t i = 0; i < from.size(); ++i)
        if (!to[from.key(i)]) note(from.key(i));
}

std::vector<Change> changes_between(const Call& call, const Values& from, const Values& to) {
    std::vector<Change> out;
    for (const auto& field : kFields)
        if (from[field.field] != to[field.field]) out.push_back({std::string{field.name}, from[field.field], to[field.field]});
    add_custom_changes(call, from.custom, to.custom, out);
    return out;
}

// The code when the list still offers it, else nothing.
std::string offered(const Call& call, Field field, std::string_view code) {
    const auto options = options_of(call, field, {});
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == code) return std::string{code};
    return {};
}

}  // namespace

std::string path_of(int64_t ticket) { return "/tickets/" + std::to_string(ticket); }

Ticket load(const Call& call, int64_t id) { return read(call, id, ""); }
Ticket load_for_update(const Call& call, int64_t id) { return read(call, id, " for update of t"); }

Ticket load_editable(const Call& call, int64_t id) {
    auto ticket = load(call, id);
    require_update(ticket);
    return ticket;
}

std::pair<Ticket, Ticket> load_both(const Call& call, int64_t one, int64_t other) {
    const auto first = load_for_update(call, std::min(one, other)), second = load_for_update(call, std::max(one, other));
    require_update(first);
    require_update(second);
    return one < other ? std::pair{first, second} : std::pair{second, first};
}

void require_update(const Ticket& ticket) {
    if (!ticket.locked.empty()) throw guichet::Error{GUICHET_E_CONFLICT, std::string{ticket.locked}};
    if (!ticket.may_update) throw guichet::Error{GUICHET_E_DENIED, "no permission to change this ticket"};
}
void require_delete(const Ticket& ticket) {
    if (!ticket.may_delete) throw guichet::Error{GUICHET_E_DENIED, "no permission to delete this ticket"};
}

Values empty_values(const Call& call) {
    Values out;
    out[Field::status] = std::to_string(call.statuses.first().id);
    out[Field::progress] = "0";
    out[Field::channel] = "agent";
    out[Field::visible_to_client] = "false";
    const auto settings = call.ctx.settings();
    out[Field::type] = offered(call, Field::type, settings["default_type"].text().value_or(""));
    out[Field::priority] = offered(call, Field::priority, settings["default_priority"].text().value_or(""));
    return out;
}

// Whoever adds a ticket waits for the number from here to the end of the transaction, so the rest is one statement.
int64_t add(const Call& call, const Values& wanted) {
    guichet::Tx tx{call.ctx};
    const auto values = creating(call, wanted);
    const std::string ref{call.ctx.next_number("tickets.ticket", call.ctx.now())};
    guichet::Query query{call.ctx};
    query.sql(
        "with n as (select nextval(pg_get_serial_sequence('ticket', 'id')) as id), added as ("
        "insert into ticket (id, number, ref, created_by, updated_by");
    for (const auto column : kColumnOf) query.sql(", ").sql(column);
    query.sql(", custom) overriding system value select n.id, n.id, ").arg(ref).sql("::text, ");
    query.arg(call.author()).sql("::bigint, ").arg(call.author()).sql("::bigint");
    for (const auto& field : kFields) {
        query.sql(", ");
        add_value(query, values, field.field);
    }
    query.sql(", ").arg(guichet::to_json(call.ctx, values.custom)).sql("::jsonb");
    query.sql(
        " from n returning id, created_by), begun as ("
        "insert into change (ticket_id, version, by_id, by_email, field) select id, 1, created_by, nullif(");
    query.arg(call.customer).sql("::text, ''), 'created' from added) select id from added");
    const auto id = query.run().i64(0, 0);
    created(call, id, ref, values);
    tx.commit();
    return id;
}

bool change(const Call& call, const Ticket& ticket, const Values& wanted) {
    if (changes_between(call, ticket.values, wanted).empty()) return false;
    const auto values = updating(call, ticket, with_assigned(call, ticket.values, wanted));
    const auto changes = changes_between(call, ticket.values, values);
    if (changes.empty()) return false;
    const auto version = ticket.version + 1;
    for (const auto& [field, from, to] : changes) add_change(call, ticket.id, version, field, from, to);
    guichet::Query query{call.ctx};
    query.sql("update ticket set ");
    for (const auto& field : kFields) {
        query.sql(kColumnOf[static_cast<std::size_t>(field.field)]).sql(" = ");
        add_value(query, values, field.field);
        query.sql(", ");
    }
    query.sql("custom = ")
        .arg(guichet::to_json(call.ctx, values.custom))
        .sql("::jsonb, resolved_at = case when ")
        .arg(is_solved(phase_of(call, values)))
        .sql("::boolean then coalesce(resolved_at, now()) end, closed_at = case when ")
        .arg(is_ended(phase_of(call, values)))
        .sql("::boolean then coalesce(closed_at, now()) end, updated_at = now(), updated_by = ");
    query.arg(call.author()).sql("::bigint, version = ").arg(version).sql(" where id = ").arg(ticket.id).run();
    updated(call, ticket.id, version, changes);
    if (values[Field::status] != ticket.values[Field::status]) transitioned(call, ticket.id, version, ticket.values, values);
    if (is_ended(phase_of(call, values)) && !is_ended(phase_of(call, ticket.values))) ended(call, ticket.id, version, values);
    return true;
}

void erase(const Call& call, int64_t id) {
    guichet::Tx tx{call.ctx};
    remove_files(call, id);
    call.ctx.exec("delete from ticket where id = $1", id);
    deleted(call, id);
    tx.commit();
}

bool mark_read(const Call& call, const Ticket& ticket) {
    if (!ticket.may_update || !ticket.row["read_at"].is_null() || !call.author()) return false;
    guichet::Tx tx{call.ctx};
    const auto read = read_first(call, ticket.values);
    const auto first = call.ctx.exec(
        "with read as (update ticket set read_at = now(), read_by = $2::bigint, status_id = $4::bigint where id = $1 and read_at is null"
        " and version = $3::bigint returning id, version) "
        "insert into change (ticket_id, version, by_id, field) select id, version, $2::bigint, 'read' from read",
        ticket.id, *call.author(), ticket.version, read.id(Field::status));
    if (first.affected() > 0 && read[Field::status] != ticket.values[Field::status]) {
        const auto &from = ticket.values[Field::status], &to = read[Field::status];
        add_change(call, ticket.id, ticket.version, info(Field::status).name, from, to);
        updated(call, ticket.id, ticket.version, {{std::string{info(Field::status).name}, from, to}});
        transitioned(call, ticket.id, ticket.version, ticket.values, read);
    }
    tx.commit();
    return first.affected() > 0;
}

}  // namespace tickets
