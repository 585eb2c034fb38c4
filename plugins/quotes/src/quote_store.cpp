#include "quote_store.hpp"

#include "history.hpp"
#include "party.hpp"
#include "settings.hpp"
#include "ticket.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Problems;
using guichet::Value;

namespace {

std::optional<int64_t> author(Ctx ctx) { return ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt; }

int64_t id_of(Value quote) { return quote["id"].integer().value_or(0); }
std::string_view text_of(Value quote, std::string_view member) { return quote[member].text().value_or(""); }

void add_columns(guichet::Query& query) {
    const auto zone = query.ctx().zone();
    query.sql(
        "select q.id, q.ref, q.state, q.subject, q.account_id, q.contact_id, q.ticket_id, q.copied_from, q.customer, q.address,"
        " q.email, q.language, q.introduction, q.conditions, q.issued_on::text as issued_on, q.valid_until::text as valid_until,"
        " q.owner_id, q.team_id, q.net_cents, q.vat_cents, q.gross_cents, q.pdf_file_id, q.created_at, q.created_by, q.updated_at,"
        " q.updated_by, q.version, a.name as account_name,"
        " (select u.name from core.user_v1 u where u.id = q.owner_id) as owner_name,"
        " (select t.name from core.team_v1 t where t.id = q.team_id) as team_name, q.issued_on::timestamp at time zone ");
    query.arg(zone).sql("::text as issued_at, q.valid_until::timestamp at time zone ").arg(zone).sql("::text as valid_at,");
    query.sql(" q.valid_until < (now() at time zone ").arg(zone).sql("::text)::date as is_over");
}

Value find(Ctx ctx, int64_t id, bool lock) {
    guichet::Query query{ctx};
    add_columns(query);
    query.sql(" from quote q left join directory.account_v1 a on a.id = q.account_id where q.id = ").arg(id).sql(" and ");
    Access{ctx, kRead}.add_any(query);
    if (lock) query.sql(" for update of q");
    const auto rows = query.run();
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such quote"};
    return rows.row(0);
}

void publish(Ctx ctx, Value quote, std::string_view what, std::string_view state) {
    auto data = ctx.object().set("id", id_of(quote)).set("what", what).set("ref", quote["ref"]).set("state", state);
    data.set("account_id", quote["account_id"]).set("ticket_id", quote["ticket_id"]).set("net_cents", quote["net_cents"]);
    data.set("gross_cents", quote["gross_cents"]).set("currency", "EUR");
    ctx.after("quotes.changed", 1, "quote/" + std::to_string(id_of(quote)), data);
}

// As it is after the change.
void publish(Ctx ctx, int64_t id, std::string_view what) {
    const auto row = ctx.exec("select id, ref, state, account_id, ticket_id, net_cents, gross_cents from quote where id = $1", id).row(0);
    publish(ctx, row, what, text_of(row, "state"));
}

void touch(Ctx ctx, int64_t id) {
    ctx.exec("update quote set version = version + 1, updated_at = now(), updated_by = $2 where id = $1", id, author(ctx));
}

void store_header(Ctx ctx, int64_t id, const Header& header) {
    ctx.exec(
        "update quote set subject = $2, customer = $3, address = $4, email = $5, language = $6, introduction = $7, conditions = $8,"
        " valid_until = $9::date, owner_id = $10, team_id = $11 where id = $1",
        id, header.subject, header.customer, header.address, header.email, header.language, header.introduction, header.conditions,
        header.valid_until, header.owner_id, header.team_id);
}

std::string today_and(Ctx ctx, int64_t days) {
    return std::string{ctx.exec("select ((now() at time zone $1::text)::date + $2::int)::text", ctx.zone(), days).text(0, 0)};
}

// What the ticket's history says; the state "validated" has a number by then.
void tell_ticket(Ctx ctx, Value quote, std::string_view what, std::string_view ref, std::string_view by_name) {
    if (const auto ticket = quote["ticket_id"].integer()) note_on_ticket(ctx, *ticket, what, ref, by_name);
}

}  // namespace

Value get_quote(Ctx ctx, int64_t id) { return find(ctx, id, false); }

bool may(Ctx ctx, std::string_view permission, int64_t id) {
    guichet::Query query{ctx};
    query.sql("select exists (select from quote q where q.id = ").arg(id).sql(" and ");
    Access{ctx, permission}.add_any(query);
    return query.sql(")").run().boolean(0, 0);
}

Value lock_quote(Ctx ctx, int64_t id, std::string_view permission) {
    const auto quote = find(ctx, id, true);
    if (!may(ctx, permission, id)) throw guichet::Error{GUICHET_E_DENIED, "not for this user"};
    return quote;
}

void require_draft(Ctx ctx, Value quote) {
    if (text_of(quote, "state") != "draft")
        throw guichet::Error{GUICHET_E_CONFLICT,
                             std::string{ctx.tr("This quote is validated: it stays as it is. Duplicate it to change it.")}};
}

void throw_stale(Ctx ctx) {
    throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else has changed this in the meantime.")}, "version"};
}

Header new_header(Ctx ctx) {
    const Settings settings{ctx};
    Header header;
    header.language = ctx.language() == "en" ? "en" : "fr";
    header.valid_until = today_and(ctx, settings.valid_days);
    header.owner_id = author(ctx);
    return header;
}

void address_to(Ctx ctx, Header& header, Problems& problems) {
    if (header.ticket_id) {
        const auto ticket = find_ticket(ctx, *header.ticket_id);
        if (!ticket) problems.add("ticket_id", ctx.tr("There is no such ticket."));
        if (!header.account_id) header.account_id = ticket["account_id"].integer();
        if (!header.contact_id && header.account_id == ticket["account_id"].integer()) header.contact_id = ticket["contact_id"].integer();
        if (header.subject.empty()) header.subject = ticket["subject"].text().value_or("");
    }
    if (header.contact_id || header.account_id) fill_in_party(ctx, header, problems);
    if (header.conditions.empty()) header.conditions = Settings{ctx}.conditions(header.language);
}

int64_t add_quote(Ctx ctx, const Header& header, const Lines& lines, std::optional<int64_t> copied_from) {
    const auto id =
        ctx.exec(
               "insert into quote (subject, account_id, contact_id, ticket_id, copied_from, valid_until, created_by, updated_by)"
               " values ($1, $2, $3, $4, $5, $6::date, $7, $7) returning id",
               header.subject, header.account_id, header.contact_id, header.ticket_id, copied_from, header.valid_until, author(ctx))
            .i64(0, 0);
    store_header(ctx, id, header);
    store_lines(ctx, id, lines);
    add_change(ctx, id, {"created", "", copied_from ? std::to_string(*copied_from) : std::string{}});
    publish(ctx, id, "created");
    if (header.ticket_id) note_on_ticket(ctx, *header.ticket_id, "created", "", "");
    return id;
}

void update_quote(Ctx ctx, Value quote, const Header& header, const Lines& lines) {
    require_draft(ctx, quote);
    const auto id = id_of(quote);
    auto changes = differences(header_of(quote), header);
    const auto before = quote["gross_cents"].integer().value_or(0);
    const bool same_lines = stored_lines(ctx, id).lines == lines.lines;
    if (changes.empty() && same_lines) return;
    store_header(ctx, id, header);
    if (!same_lines) {
        store_lines(ctx, id, lines);
        changes.push_back({"lines", std::to_string(before), std::to_string(lines.totals.gross_cents)});
    }
    for (const auto& change : changes) add_change(ctx, id, change);
    touch(ctx, id);
    publish(ctx, id, "updated");
}

void change_people(Ctx ctx, Value quote, const Header& header) {
    const auto id = id_of(quote);
    const auto changes = differences(header_of(quote), header);
    if (changes.empty()) return;
    store_header(ctx, id, header);
    for (const auto& change : changes) add_change(ctx, id, change);
    touch(ctx, id);
    publish(ctx, id, "updated");
}

void remove_quote(Ctx ctx, Value quote) {
    require_draft(ctx, quote);
    ctx.exec("delete from quote where id = $1", id_of(quote));
    ctx.audit("quotes.quote_deleted", "quote/" + std::to_string(id_of(quote)));
    publish(ctx, quote, "deleted", text_of(quote, "state"));
}

int64_t duplicate_quote(Ctx ctx, Value quote) {
    auto header = header_of(quote);
    header.valid_until = today_and(ctx, Settings{ctx}.valid_days);
    header.owner_id = author(ctx);
    if (header.ticket_id && !find_ticket(ctx, *header.ticket_id)) header.ticket_id.reset();
    return add_quote(ctx, header, stored_lines(ctx, id_of(quote)), id_of(quote));
}

void enter_state(Ctx ctx, Value quote, std::string_view state, std::string_view by_name, std::string_view detail) {
    const auto id = id_of(quote);
    if (state == "validated") {
        const auto today = today_and(ctx, 0);
        touch(ctx, id);
        const auto ref = ctx.next_number("quotes.quote", ctx.now());
        ctx.exec("update quote set state = 'validated', ref = $2, issued_on = $3::date where id = $1", id, ref, today);
        quote.set("ref", ref);
    } else {
        ctx.exec("update quote set state = $2 where id = $1", id, state);
        touch(ctx, id);
    }
    add_change(ctx, id, {state, std::string{text_of(quote, "state")}, std::string{detail}}, by_name);
    publish(ctx, id, state);
    tell_ticket(ctx, quote, state, text_of(quote, "ref"), by_name);
}

void take_step(Ctx ctx, Value quote, const Step& step, std::string_view reason) {
    if (!is_possible(step, text_of(quote, "state")))
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("This is not possible in the present state of the quote.")}};
    const auto text = step.takes_reason ? guichet::lines(reason) : std::string{};
    if (guichet::count_characters(text) > kMostReason)
        throw guichet::Error{GUICHET_E_INVALID, guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kMostReason)}),
                             "reason"};
    enter_state(ctx, quote, step.to, {}, text);
}

}  // namespace quotes
