#include "intervention_store.hpp"

#include "access.hpp"
#include "designation.hpp"
#include "equipment_store.hpp"
#include "file_store.hpp"
#include "others.hpp"
#include "record.hpp"

#include <algorithm>

namespace interventions {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "i.id, i.ref, i.account_id, i.ticket_id, i.contact_id, i.equipment_id, i.contract_id, i.subject, i.description, i.report, i.status,"
    " i.planned_from, i.planned_to, i.done_at, i.signer, i.signed_at, i.signature_file_id, i.custom, i.created_at, i.created_by, "
    "i.updated_at,"
    " i.updated_by, i.version, (select name from directory.account_v1 where id = i.account_id) as account_name,"
    " (select ref from tickets.ticket_v1 where id = i.ticket_id) as ticket_ref,"
    " (select label from equipment where id = i.equipment_id) as equipment_label,"
    " (select ref from directory.contract_v1 where id = i.contract_id) as contract_ref,"
    " (select name from directory.contact_v1 where id = i.contact_id) as contact_name,"
    " coalesce((select sum(l.seconds) from line l where l.intervention_id = i.id), 0) as seconds";

constexpr std::size_t kMostTechnicians = 20;

void add_filter(guichet::Query& query, const InterventionFilter& filter) {
    add_access(query, kRead);
    if (!filter.status.empty()) query.sql(" and i.status = ").arg(filter.status);
    if (filter.account_id) query.sql(" and i.account_id = ").arg(*filter.account_id);
    if (filter.ticket_id) query.sql(" and i.ticket_id = ").arg(*filter.ticket_id);
    if (filter.equipment_id) query.sql(" and i.equipment_id = ").arg(*filter.equipment_id);
    if (filter.technician)
        query.sql(" and exists (select from technician t where t.intervention_id = i.id and t.user_id = ").arg(*filter.technician).sql(")");
    add_search(query, "i", kInterventionObject, filter.words);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "i.", field);
}

// One statement for the technicians of all rows.
void add_technicians(Ctx ctx, Value rows) {
    std::vector<int64_t> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows[i]["id"].integer().value_or(0));
    const auto people = ctx.exec(
                               "select t.intervention_id, t.user_id as id, u.name from technician t join core.user_v1 u on u.id = t.user_id"
                               " where t.intervention_id = any($1::bigint[]) order by u.name, u.id",
                               guichet::array_literal(ids))
                            .value();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        auto own = ctx.array();
        for (std::size_t p = 0; p < people.size(); ++p)
            if (people[p]["intervention_id"].integer() == row["id"].integer())
                own.push(ctx.object().set("id", people[p]["id"]).set("name", people[p]["name"]));
        row.set("technicians", own);
    }
}

void check_equipment_of(Ctx ctx, const Draft& draft, guichet::Problems& problems) {
    if (draft.get("equipment_id").empty() || !draft.changes("equipment_id")) return;
    guichet::Query query{ctx};
    query.sql("select from equipment e where e.id = ")
        .arg(draft.id("equipment_id"))
        .sql(" and e.account_id = ")
        .arg(draft.id("account_id"));
    add_account_access(query, "e.account_id", kReadAccount);
    if (query.run().empty()) problems.add("equipment_id", ctx.tr("This is not an equipment of the account."));
}

void check_contract(Ctx ctx, const Draft& draft, guichet::Problems& problems) {
    if (draft.get("contract_id").empty() || !draft.changes("contract_id")) return;
    const auto contract = contract_of(ctx, draft.id("account_id"), draft.id("contract_id"));
    if (!contract) problems.add("contract_id", ctx.tr("This is not a contract of the account."));
    else if (!contract["runs_today"].boolean().value_or(false)) problems.add("contract_id", ctx.tr("This contract is not running."));
}

void check_planned(Ctx ctx, const Draft& draft, guichet::Problems& problems) {
    if (draft.get("planned_to").empty() || problems.by_field()["planned_from"] || problems.by_field()["planned_to"]) return;
    if (draft.get("planned_from").empty()) return problems.add("planned_from", ctx.tr("Enter when it begins."));
    const auto order = [&](std::string_view text) { return std::string{text} + (has_zone(text) ? "" : " " + std::string{ctx.zone()}); };
    if (ctx.exec("select $1::text::timestamptz > $2::text::timestamptz", order(draft.get("planned_from")), order(draft.get("planned_to")))
            .boolean(0, 0))
        problems.add("planned_to", ctx.tr("The end is before the beginning."));
}

// Returns whether anything changed.
bool set_technicians(Ctx ctx, int64_t id, const std::vector<int64_t>& users) {
    const auto literal = guichet::array_literal(users);
    const auto gone =
        ctx.exec("delete from technician where intervention_id = $1 and user_id <> all($2::bigint[])", id, literal).affected();
    const auto come =
        ctx.exec("insert into technician (intervention_id, user_id) select $1, u from unnest($2::bigint[]) u on conflict do nothing", id,
                 literal)
            .affected();
    return gone + come > 0;
}

// The contract that a sheet takes over (S2-22): that of the equipment, else that of the ticket; only one that runs.
int64_t contract_for(Ctx ctx, Value ticket, Value equipment) {
    const auto account = ticket["account_id"].integer().value_or(0);
    for (const auto id : {equipment["contract_id"].integer(), ticket["contract_id"].integer()})
        if (id && contract_of(ctx, account, *id)["runs_today"].boolean().value_or(false)) return *id;
    return 0;
}

struct Sentence {
    std::string_view what, text;
};
constexpr Sentence kSentences[] = {
    {"created", "added the intervention"},
    {"edited", "changed the intervention"},
    {"validate", "validated the intervention as %1"},
    {"redraft", "made it a draft again"},
    {"finish", "said that it is done"},
    {"reopen", "reopened the intervention"},
    {"bill", "said that it is billed"},
    {"unbill", "took the billing back"},
    {"line_added", "added the line “%1”"},
    {"line_changed", "changed the line “%1”"},
    {"line_deleted", "deleted the line “%1”"},
    {"file_added", "added a file"},
    {"file_deleted", "deleted the file %1"},
    {"started", "started the clock"},
    {"stopped", "stopped the clock after %1"},
    {"signed", "had it signed by %1"},
    {"unsigned", "removed the signature of %1"},
    {"mailed", "sent the document to %1"},
};

}  // namespace

Value intervention_statuses(Ctx ctx) {
    auto out = ctx.array();
    const auto add = [&](std::string_view value, std::string_view label, std::string_view color) {
        out.push(ctx.object().set("value", value).set("label", ctx.tr(label)).set("color", color));
    };
    add("draft", "Draft", "secondary");
    add("validated", "Validated", "blue");
    add("done", "Done", "green");
    add("billed", "Billed", "purple");
    return out;
}

Page list_interventions(Ctx ctx, const InterventionFilter& filter, const PageRequest& request) {
    guichet::Query query{ctx};
    query.sql("select ").sql(kColumns).sql(" from intervention i where ");
    add_filter(query, filter);
    add_page(query, "i", request);
    auto page = take_page(ctx, query.run(), request);
    add_technicians(ctx, page.items);
    return page;
}

Value get_intervention(Ctx ctx, int64_t id) {
    guichet::Query query{ctx};
    query.sql("select ").sql(kColumns).sql(" from intervention i where i.id = ").arg(id).sql(" and ");
    add_access(query, kRead);
    const auto row = only_row(query.run());
    add_technicians(ctx, ctx.array().push(row));
    return row;
}

Value interventions_of(Ctx ctx, std::string_view column, int64_t id) {
    InterventionFilter filter;
    (column == "ticket_id" ? filter.ticket_id : filter.equipment_id) = id;
    const auto page = list_interventions(ctx, filter, {.sort = &kInterventionSorts[0], .limit = 50});
    for (std::size_t i = 0; i < page.items.size(); ++i) present_intervention(ctx, page.items[i]);
    return page.items;
}

void check_intervention(Ctx ctx, const Draft& draft, guichet::Problems& problems) {
    if (problems.by_field()["account_id"]) return;
    if (!find_account(ctx, draft.id("account_id"))) return problems.add("account_id", ctx.tr("There is no such account."));
    if (draft.changes("ticket_id") && !draft.get("ticket_id").empty()) {
        const auto ticket = find_ticket(ctx, draft.id("ticket_id"));
        if (!ticket) problems.add("ticket_id", ctx.tr("There is no such ticket."));
        else if (ticket["account_id"].integer() != draft.id("account_id"))
            problems.add("ticket_id", ctx.tr("This ticket belongs to another account."));
    }
    if (draft.changes("contact_id") && !draft.get("contact_id").empty() &&
        find_contact(ctx, draft.id("contact_id"))["account_id"].integer() != draft.id("account_id"))
        problems.add("contact_id", ctx.tr("This is not a contact of the account."));
    check_equipment_of(ctx, draft, problems);
    check_contract(ctx, draft, problems);
    check_planned(ctx, draft, problems);
}

std::optional<std::vector<int64_t>> read_technicians(Ctx ctx, guichet::Request request) {
    if (!request.form("technicians_shown")) return std::nullopt;
    std::vector<int64_t> out;
    const auto users = ctx.users();
    for (std::size_t i = 0; auto typed = request.form("technician", i); ++i)
        for (std::size_t u = 0; u < users.size(); ++u)
            if (users[u]["id"].integer() == guichet::to_integer(*typed)) out.push_back(*users[u]["id"].integer());
    return out;
}

std::optional<std::vector<int64_t>> read_technicians(Ctx ctx, Value body, guichet::Problems& problems) {
    const auto given = body["technicians"];
    if (!given) return std::nullopt;
    std::vector<int64_t> out;
    const auto users = ctx.users();
    bool known = given.is_array() && given.size() <= kMostTechnicians;
    for (std::size_t i = 0; known && i < given.size(); ++i) {
        known = false;
        for (std::size_t u = 0; u < users.size(); ++u)
            known = known || (given[i].integer() && users[u]["id"].integer() == given[i].integer());
        if (known) out.push_back(*given[i].integer());
    }
    if (!known) problems.add("technicians", ctx.tr("This must be a list of ids of active users, at most 20."));
    return out;
}

int64_t create_intervention(Ctx ctx, const Draft& draft, const std::vector<int64_t>& technicians) {
    guichet::Tx tx{ctx};
    const auto id = insert(ctx, draft);
    set_technicians(ctx, id, technicians);
    note(ctx, id, "created");
    if (const auto ticket = draft.id("ticket_id"); ticket > 0)
        note_on_ticket(ctx, ticket, "added an intervention", "a ajouté une intervention");
    tx.commit();
    return id;
}

bool update_intervention(Ctx ctx, const Draft& draft, const std::optional<std::vector<int64_t>>& technicians, int64_t id, int64_t version) {
    guichet::Tx tx{ctx};
    lock_open(ctx, id);
    if (!update(ctx, draft, id, version)) return false;
    const bool people = technicians && set_technicians(ctx, id, *technicians);
    if (people || draft.changes_anything()) note(ctx, id, "edited");
    tx.commit();
    return true;
}

int64_t create_for_ticket(Ctx ctx, int64_t ticket_id) {
    const auto ticket = find_ticket(ctx, ticket_id);
    if (!ticket) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    if (!ticket["account_id"].integer())
        throw guichet::Error{GUICHET_E_CONFLICT,
                             std::string{ctx.tr("Choose the ticket’s account first: an intervention is done for a customer.")},
                             "ticket_id"};
    const auto equipment = equipment_of_ticket(ctx, ticket_id);
    Draft draft{ctx, kIntervention};
    draft.set("ticket_id", as_text(ticket["id"]));
    draft.set("account_id", as_text(ticket["account_id"]));
    draft.set("contact_id", as_text(ticket["contact_id"]));
    draft.set("subject", as_text(ticket["subject"]));
    draft.set("equipment_id", as_text(equipment["id"]));
    if (const auto contract = contract_for(ctx, ticket, equipment)) draft.set("contract_id", std::to_string(contract));
    std::vector<int64_t> technicians;
    if (const auto assignee = ticket["assignee_id"].integer()) technicians.push_back(*assignee);
    return create_intervention(ctx, draft, technicians);
}

void delete_intervention(Ctx ctx, Value row) {
    const auto id = row["id"].integer().value_or(0);
    guichet::Tx tx{ctx};
    lock_open(ctx, id);
    if (!ctx.exec("select from intervention where id = $1 and ref is not null", id).empty())
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Only a draft that never had a number can be deleted.")}};
    remove_files(ctx, "intervention_id", id);
    note(ctx, id, "deleted");
    ctx.exec("delete from intervention where id = $1", id);
    ctx.audit("interventions.intervention_deleted", "intervention/" + std::to_string(id));
    tx.commit();
}

void lock_open(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec("select status, signed_at from intervention where id = $1 for update", id);
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such intervention"};
    if (const auto why = lock_of(ctx, rows.row(0)); !why.empty()) throw guichet::Error{GUICHET_E_CONFLICT, std::string{why}};
}

std::string_view lock_of(Ctx ctx, Value row) {
    if (row["status"].text() == "billed") return ctx.tr("It is billed and stays as it is.");
    if (!row["signed_at"].is_null())
        return ctx.tr("It is signed: what the customer has signed stays as it is. Remove the signature to change it.");
    return {};
}

void note(Ctx ctx, int64_t id, std::string_view what, std::string_view detail) {
    const auto rows = ctx.exec(
        "update intervention set updated_at = now(), updated_by = $2::bigint where id = $1 returning ticket_id, account_id, status", id,
        author(ctx));
    ctx.exec("insert into change (intervention_id, by_id, what, detail) values ($1, $2::bigint, $3, $4)", id, author(ctx), what, detail);
    const auto row = rows.row(0);
    ctx.after("interventions.changed", 1, "intervention/" + std::to_string(id),
              ctx.object()
                  .set("id", id)
                  .set("what", what)
                  .set("ticket_id", row["ticket_id"])
                  .set("account_id", row["account_id"])
                  .set("status", row["status"]));
}

Value history_of(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec(
                             "select h.at, u.name as actor, h.what, h.detail from change h left join core.user_v1 u on u.id = h.by_id"
                             " where h.intervention_id = $1 order by h.id desc limit 200",
                             id)
                          .value();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        const auto* sentence = std::ranges::find(kSentences, row["what"].text().value_or(""), &Sentence::what);
        const auto detail = row["detail"].text().value_or("");
        if (sentence != std::end(kSentences)) row.set("text", guichet::fill(ctx.tr(sentence->text), {detail}));
    }
    return rows;
}

void present_intervention(Ctx ctx, Value row) {
    const auto id = row["id"].integer().value_or(0);
    const auto status = choice_of(ctx, intervention_statuses(ctx), row["status"].text().value_or(""));
    row.set("status_label", status["label"]).set("status_color", status["color"]);
    const auto seconds = row["seconds"].integer().value_or(0);
    row.set("duration", seconds ? std::optional{hours_and_minutes(seconds)} : std::nullopt);
    row.set("name",
            row["ref"].is_null() ? guichet::fill(ctx.tr("Draft %1"), {std::to_string(id)}) : std::string{row["ref"].text().value_or("")});
}

}  // namespace interventions
