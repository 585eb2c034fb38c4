#include "link_store.hpp"

#include "history.hpp"
#include "ticket_access.hpp"

namespace tickets {

using guichet::Value;

namespace {

struct Kind {
    Relation relation, opposite;
    std::string_view name, label;
    std::string_view kind;  // in the table
    bool outgoing;          // stored from this ticket to the other
};
constexpr Kind kKinds[] = {
    {Relation::parent, Relation::child, "parent", "Parent", "parent", true},
    {Relation::child, Relation::parent, "child", "Child", "parent", false},
    {Relation::duplicate_of, Relation::duplicated_by, "duplicate_of", "Duplicate of", "duplicate", true},
    {Relation::duplicated_by, Relation::duplicate_of, "duplicated_by", "Duplicated by", "duplicate", false},
    {Relation::related, Relation::related, "related", "Related to", "related", true},
};

const Kind& kind_of(Relation relation) { return kKinds[static_cast<std::size_t>(relation)]; }

const Kind& kind_of(std::string_view stored, bool outgoing) {
    for (const auto& kind : kKinds)
        if (kind.kind == stored && (kind.outgoing == outgoing || stored == "related")) return kind;
    throw guichet::Error{GUICHET_E_INTERNAL, "a link of an unknown kind"};
}

[[noreturn]] void refuse(const Call& call, std::string_view msgid) {
    throw guichet::Error{GUICHET_E_INVALID, std::string{call.tr(msgid)}, "ticket"};
}

// Whether the ticket is the ancestor itself or below it.
bool is_below(const Call& call, int64_t ticket, int64_t ancestor) {
    return !call.ctx
                .exec(
                    "with recursive above (id) as (select $1::bigint union"
                    " select l.to_id from above join link l on l.from_id = above.id and l.kind = 'parent')"
                    " select from above where id = $2",
                    ticket, ancestor)
                .empty();
}

void require_possible(const Call& call, const Kind& kind, int64_t from, int64_t to) {
    if (!call.ctx.exec("select from link where kind = $3::text and (from_id, to_id) in (($1, $2), ($2, $1))", from, to, kind.kind).empty())
        refuse(call, "These tickets are linked already.");
    if (kind.kind != "parent") return;
    if (!call.ctx.exec("select from link where from_id = $1 and kind = 'parent'", from).empty())
        refuse(call, "A ticket has one parent, and this one has it already.");
    if (is_below(call, to, from)) refuse(call, "The parent is itself below this ticket.");
}

std::string noted(Relation relation, int64_t other) { return std::string{name_of(relation)} + ":" + std::to_string(other); }

}  // namespace

std::optional<Relation> find_relation(std::string_view name) {
    for (const auto& kind : kKinds)
        if (kind.name == name) return kind.relation;
    return std::nullopt;
}
std::string_view name_of(Relation relation) { return kind_of(relation).name; }
std::string_view label_of(const Call& call, Relation relation) { return call.tr(kind_of(relation).label); }

Value relation_options(const Call& call) {
    auto out = call.ctx.array();
    for (const auto& kind : kKinds) out.push(call.ctx.object().set("value", kind.name).set("label", call.tr(kind.label)));
    return out;
}

std::optional<int64_t> find_ticket(const Call& call, std::string_view typed) {
    guichet::Query query{call.ctx};
    query.sql("select t.id from ticket t where (t.ref = upper(")
        .arg(typed)
        .sql("::text) or t.id = ")
        .arg(guichet::to_integer(typed))
        .sql("::bigint) and ");
    Access{call.ctx, kRead}.add_any(query);
    const auto rows = query.sql(" order by t.ref = upper(").arg(typed).sql("::text) desc limit 1").run();
    return rows.empty() ? std::nullopt : std::optional{rows.i64(0, 0)};
}

Value read_links(const Call& call, int64_t ticket) {
    guichet::Query query{call.ctx};
    query.sql("select x.id, x.kind, x.outgoing, t.id as ticket_id, t.ref, t.subject, t.status_id from (select id, kind, from_id = ")
        .arg(ticket);
    query.sql(" as outgoing, case when from_id = ")
        .arg(ticket)
        .sql(" then to_id else from_id end as other from link where from_id = ")
        .arg(ticket);
    query.sql(" or to_id = ").arg(ticket).sql(" union all select null, 'merged', false, id from ticket where merged_into = ").arg(ticket);
    query.sql(") x join ticket t on t.id = x.other where ");
    Access{call.ctx, kRead}.add_any(query);
    const auto rows = query.sql(" order by x.id nulls last, t.id").run().value();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        const auto stored = row["kind"].text().value_or("");
        row.set("status", badge_of(call, Field::status, std::to_string(row["status_id"].integer().value_or(0))));
        if (stored == "merged") {
            row.set("relation", stored).set("label", call.tr("Merged into this one"));
            continue;
        }
        const auto& kind = kind_of(stored, row["outgoing"].boolean().value_or(true));
        row.set("relation", kind.name).set("label", call.tr(kind.label));
    }
    return rows;
}

int64_t add_link(const Call& call, int64_t ticket, Relation relation, int64_t other) {
    const auto& kind = kind_of(relation);
    if (ticket == other) refuse(call, "A ticket is not linked to itself.");
    guichet::Tx tx{call.ctx};
    load_both(call, ticket, other);
    const auto from = kind.outgoing ? ticket : other, to = kind.outgoing ? other : ticket;
    require_possible(call, kind, from, to);
    const auto id = call.ctx
                        .exec("insert into link (from_id, to_id, kind, created_by) values ($1, $2, $3::text, $4::bigint) returning id",
                              from, to, kind.kind, call.author())
                        .i64(0, 0);
    note_history(call, ticket, "link", "", noted(relation, other));
    note_history(call, other, "link", "", noted(kind.opposite, ticket));
    tx.commit();
    return id;
}

void relate(const Call& call, int64_t ticket, int64_t other) {
    call.ctx.exec("insert into link (from_id, to_id, kind, created_by) values ($1, $2, 'related', $3::bigint) on conflict do nothing",
                  ticket, other, call.author());
}

void remove_link(const Call& call, int64_t ticket, int64_t link) {
    guichet::Tx tx{call.ctx};
    const auto links = read_links(call, ticket);
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (links[i]["id"].integer() != link) continue;
        const auto other = links[i]["ticket_id"].integer().value_or(0);
        const auto relation = find_relation(links[i]["relation"].text().value_or("")).value_or(Relation::related);
        load_both(call, ticket, other);
        call.ctx.exec("delete from link where id = $1", link);
        note_history(call, ticket, "link", noted(relation, other), "");
        note_history(call, other, "link", noted(kind_of(relation).opposite, ticket), "");
        return tx.commit();
    }
    throw guichet::Error{GUICHET_E_NOT_FOUND, "no such link"};
}

}  // namespace tickets
