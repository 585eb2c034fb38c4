#include "route.hpp"

#include "brakes.hpp"
#include "calendar.hpp"
#include "customers.hpp"
#include "inbound_store.hpp"
#include "parts_store.hpp"
#include "plain_text.hpp"
#include "requester.hpp"
#include "returned.hpp"
#include "thread.hpp"
#include "validation.hpp"

#include <guichet/sdk/query.hpp>

namespace mailbox {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::size_t kLongestSubject = 200;  // characters, of a ticket
constexpr std::size_t kLongestText = 45'000;

struct Place {
    int64_t ticket = 0;
    std::optional<int64_t> message;
    bool reopened = false;
};

std::string cut(std::string_view utf8, std::size_t characters) {
    std::size_t end = 0;
    for (; end < utf8.size(); ++end)
        if ((static_cast<unsigned char>(utf8[end]) & 0xc0) != 0x80 && characters-- == 0) break;
    return std::string{utf8.substr(0, end)};
}

std::string text_of(Ctx ctx, Incoming& mail) {
    const auto text = as_markdown(guichet::lines(mail.parts.text));
    if (text.empty()) return std::string{ctx.tr("(no text)")};
    auto out = cut_markdown(text, kLongestText);
    if (out.size() < text.size()) mail.warnings.emplace_back("cut");
    return out;
}

void end(Ctx ctx, const Incoming& mail, std::string_view state, std::string_view why) {
    ctx.exec("update inbound_mail set state = $2, why = $3, done_at = clock_timestamp() where id = $1", mail.id, state, why);
}

std::vector<std::string> answered_ids(const Incoming& mail) {
    std::vector<std::string> out;
    for (const auto& id : mail.signals.ids)
        if (id.size() > 2) out.push_back(id.substr(1, id.size() - 2));
    return out;
}

void note_what_it_says(Ctx ctx, const Incoming& mail) {
    ctx.exec(
        "update inbound_mail set class = $2, message_id = $3, body_key = $4, from_address = $5, from_name = $6, subject = $7, recipients = "
        "$8::text[],"
        " sent_at = to_timestamp($9::float8), trust = $10::smallint, quote = $11, signature = $12, answers = $13::text[] where id = $1",
        mail.id, name_of(mail.verdict.kind),
        mail.message.message_id.size() > 2 ? mail.message.message_id.substr(1, mail.message.message_id.size() - 2) : "", mail.body_key,
        mail.from, mail.from_name, mail.message.subject, guichet::array_literal(mail.recipients),
        mail.message.date ? std::optional{static_cast<double>(*mail.message.date)} : std::nullopt, static_cast<int>(mail.trust),
        mail.parts.quote, mail.parts.signature, guichet::array_literal(answered_ids(mail)));
}

// One mail, however often it is delivered (mail.md 3.8). To another mailbox: told there, and nothing twice.
bool is_known(Ctx ctx, const Incoming& mail) {
    ctx.exec("select pg_advisory_xact_lock(hashtextextended('mail ' || $1, 0))", mail.dedup_key);
    const auto rows = ctx.exec(
        "select id, mailbox_id, ticket_id, ticket_message_id from inbound_mail where dedup_key = $1 and id <> $2 and state = 'done' order "
        "by id limit 1",
        mail.dedup_key, mail.id);
    if (rows.empty()) {
        ctx.exec("update inbound_mail set dedup_key = $2 where id = $1", mail.id, mail.dedup_key);
        return false;
    }
    ctx.exec("update inbound_mail set same_as = $2, hint_ticket_id = $3 where id = $1", mail.id, rows.i64(0, 0), rows.maybe_i64(0, 2));
    end(ctx, mail, "dropped",
        rows.i64(0, 1) == mail.mailbox.id ? "the same mail is there already" : "the same mail came to another mailbox as well");
    return true;
}

// What becomes no ticket; true when the mail has ended here.
bool ends_before(Ctx ctx, const Keys& keys, const Incoming& mail) {
    if (recognise_code(ctx, mail.mailbox, mail.message)) return end(ctx, mail, "done", "the address is validated by it"), true;
    if (mail.verdict.kind == Class::loop) return end(ctx, mail, "dropped", mail.verdict.why), true;
    if (mail.verdict.kind == Class::bounce) return end(ctx, mail, "done", note_returned(ctx, keys, mail)), true;
    if (is_own_address(ctx, mail.from)) return end(ctx, mail, "dropped", "it is from an address of ours"), true;
    if (!mail.mailbox.validated) {
        ctx.exec("update inbound_mail set state = 'deferred', why = 'the address of the mailbox is not validated yet' where id = $1",
                 mail.id);
        return true;
    }
    return false;
}

bool is_automatic(const Incoming& mail) { return mail.verdict.kind != Class::human; }

std::optional<Place> add_message(Ctx ctx, Incoming& mail, const Thread& thread) {
    const bool changes_nothing = is_automatic(mail) || !may_reopen(ctx, thread.ticket);
    auto message = ctx.object()
                       .set("body", text_of(ctx, mail))
                       .set("author_email", mail.from)
                       .set("author_name", mail.from_name)
                       .set("channel", "email")
                       .set("automatic", changes_nothing);
    guichet::Tx savepoint{ctx};
    try {
        guichet_value* out = nullptr;
        customers(ctx)(&tickets_customers_v1::add_message, thread.ticket, message.raw(), &out);
        savepoint.commit();
        const Value added{ctx.raw(), out};
        return Place{added["ticket_id"].integer().value_or(thread.ticket), added["id"].integer(),
                     added["reopened"].boolean().value_or(false)};
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        return std::nullopt;
    }
}

// Only then does its mail become another ticket; anything else that is in the way may be gone at the next attempt.
void require_closed(Ctx ctx, int64_t ticket) {
    guichet_value* out = nullptr;
    customers(ctx)(&tickets_customers_v1::find, guichet_str{}, guichet_str{}, ticket, &out);
    if (Value{ctx.raw(), out}["phase"].text() != "closed")
        throw guichet::Error{GUICHET_E_CONFLICT, "the message could not be added to its ticket"};
}

Place add_ticket(Ctx ctx, Incoming& mail, int64_t related) {
    const auto subject = cut(guichet::one_line(mail.message.subject), kLongestSubject);
    auto ticket = ctx.object()
                      .set("subject", subject.empty() ? std::string{ctx.tr("(no subject)")} : subject)
                      .set("description", text_of(ctx, mail))
                      .set("channel", "email")
                      .set("requester_email", mail.from)
                      .set("requester_name", mail.from_name)
                      .set("language", mail.mailbox.language)
                      .set("automatic", is_automatic(mail) || mail.verdict.suppress_answer);
    if (!mail.mailbox.ticket_type.empty()) ticket.set("type", mail.mailbox.ticket_type);
    if (mail.mailbox.team) ticket.set("team", *mail.mailbox.team);
    if (related > 0) ticket.set("related_to", related);
    add_requester(ctx, mail.from, ticket);
    guichet_value* out = nullptr;
    customers(ctx)(&tickets_customers_v1::create, ticket.raw(), &out);
    return {Value{ctx.raw(), out}["id"].integer().value_or(0), std::nullopt, false};
}

void finish(Ctx ctx, Incoming& mail, const Place& place, const Thread& thread) {
    if (const int lost = attach_files(ctx, mail, place.ticket, place.message.value_or(0)); lost > 0)
        mail.warnings.push_back("files_lost " + std::to_string(lost));
    const auto html = store_html(ctx, mail);
    ctx.exec(
        "update inbound_mail set ticket_id = $2, ticket_message_id = $3::bigint, hint_ticket_id = $4::bigint, reopened = $5, html_file_id "
        "= $6::bigint,"
        " warnings = $7::text[], trust = $8::smallint where id = $1",
        mail.id, place.ticket, place.message, thread.hint > 0 ? std::optional{thread.hint} : std::nullopt, place.reopened, html,
        guichet::array_literal(mail.warnings), static_cast<int>(mail.trust));
    end(ctx, mail, "done", thread.why);
}

}  // namespace

void route(Ctx ctx, const Keys& keys, Incoming mail) {
    note_what_it_says(ctx, mail);
    if (ends_before(ctx, keys, mail) || is_known(ctx, mail)) return;
    if (!guichet::is_email(mail.from)) throw guichet::Error{GUICHET_E_INVALID, "nobody can be answered at the sender's address"};
    if (is_taken_by_calendar(ctx, mail)) return end(ctx, mail, "done", "a calendar took it");
    lock_thread(ctx, mail);
    const auto thread = find_thread(ctx, keys, mail);
    if (const auto why = park(ctx, mail, thread.ticket)) {
        ctx.exec("update inbound_mail set state = 'quarantine', why = $2, dedup_key = '' where id = $1", mail.id, *why);
        return;
    }
    if (thread.by_token && mail.trust == Trust::authenticated) mail.trust = Trust::token;
    auto place = thread.ticket > 0 ? add_message(ctx, mail, thread) : std::nullopt;
    if (!place && thread.ticket > 0) require_closed(ctx, thread.ticket);
    if (!place) place = add_ticket(ctx, mail, thread.ticket);
    finish(ctx, mail, *place, thread);
}

}  // namespace mailbox
