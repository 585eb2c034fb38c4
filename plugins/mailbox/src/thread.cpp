#include "thread.hpp"

#include "customers.hpp"

#include <guichet/sdk/query.hpp>

#include <algorithm>

namespace mailbox {

using guichet::Ctx;
using guichet::Value;

namespace {

// The ticket that one lives on in. Nothing is said about one that was deleted: to the sender it never was there.
std::optional<Value> living(Ctx ctx, int64_t ticket, std::string_view ref = {}) {
    guichet_value* out = nullptr;
    try {
        customers(ctx)(&tickets_customers_v1::find, guichet::str(ref), guichet_str{}, ticket, &out);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND) throw;
        return std::nullopt;
    }
    const Value found{ctx.raw(), out};
    return found["phase"].text() == "deleted" ? std::nullopt : std::optional{found};
}

std::vector<std::string> participants(Ctx ctx, int64_t ticket) {
    guichet_value* out = nullptr;
    customers(ctx)(&tickets_customers_v1::participants, ticket, &out);
    const Value found{ctx.raw(), out};
    std::vector<std::string> addresses;
    for (std::size_t i = 0; i < found.size(); ++i) addresses.emplace_back(found[i].text().value_or(""));
    return addresses;
}

bool contains(const std::vector<std::string>& addresses, std::string_view address) {
    return std::ranges::find(addresses, address) != addresses.end();
}

bool same_account(Ctx ctx, Value ticket, std::string_view address) {
    const auto account = ticket["account_id"].integer();
    return account &&
           ctx.exec("select exists (select from directory.contact_v1 where account_id = $1 and email_key = $2)", *account, address)
               .boolean(0, 0);
}

class Search {
public:
    Search(Ctx ctx, const Incoming& mail) : ctx_{ctx}, mail_{mail} {}

    // Ends the search when the sender may write there.
    bool try_ticket(int64_t id, std::string_view why, bool by_token, const std::vector<std::string>& also = {}) {
        const auto ticket = living(ctx_, id);
        return ticket && try_found(*ticket, why, by_token, also, false);
    }
    bool try_tag(const std::string& ref) {
        const auto ticket = living(ctx_, 0, ref);
        const bool account = ticket && mail_.trust >= Trust::authenticated && same_account(ctx_, *ticket, mail_.from);
        return ticket && try_found(*ticket, "the number in the subject", false, {}, account);
    }
    const Thread& result() const { return result_; }

private:
    bool try_found(Value ticket, std::string_view why, bool by_token, const std::vector<std::string>& also, bool otherwise_allowed) {
        const auto id = ticket["id"].integer().value_or(0);
        const auto people = participants(ctx_, id);
        const bool allowed = otherwise_allowed || contains(people, mail_.from) || contains(also, mail_.from);
        if (!allowed || (mail_.signals.forwarded && has_newcomers(people))) {
            if (result_.hint == 0) result_.hint = id;
            result_.why = allowed ? "it was forwarded to others" : "the sender does not take part in the ticket that it names";
            return false;
        }
        result_ = {id, std::string{why}, 0, by_token};
        return true;
    }
    // Somebody else is being told about the ticket: that is a conversation of its own.
    bool has_newcomers(const std::vector<std::string>& people) const {
        return std::ranges::any_of(mail_.recipients, [&](const std::string& address) {
            const auto bare = find_address_token(address) ? find_address_token(address)->address : address;
            return !contains(people, bare) && !is_own_address(ctx_, bare);
        });
    }

    Ctx ctx_;
    const Incoming& mail_;
    Thread result_{0, "nothing in it names a ticket", 0, false};
};

std::string_view bare(std::string_view id) { return id.size() < 2 ? std::string_view{} : id.substr(1, id.size() - 2); }

// Of mails of this mailbox, as ticket_id and people.
bool try_mails(Search& search, const Incoming& mail, const guichet::Rows& rows, std::string_view why) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<std::string> people;
        const auto list = rows.row(i)["people"];
        for (std::size_t p = 0; mail.verdict.kind == Class::human && p < list.size(); ++p) people.emplace_back(list[p].text().value_or(""));
        if (search.try_ticket(rows.i64(i, 0), why, false, people)) return true;
    }
    return false;
}

// Mails that it answers: the customer goes on with his own, or somebody in copy answers it. Not a machine in copy: what a service
// sends to whoever answers for an address is not for the customer's eyes (security.md R66).
bool try_known_mails(Ctx ctx, Search& search, const Incoming& mail) {
    for (const auto& id : mail.signals.ids) {
        const auto rows = ctx.exec(
            "select ticket_id, to_json(recipients || from_address) as people from inbound_mail"
            " where message_id = $1 and mailbox_id = $2 and ticket_id is not null and state = 'done' order by id limit 3",
            bare(id), mail.mailbox.id);
        if (try_mails(search, mail, rows, "it answers a mail of this ticket")) return true;
    }
    return false;
}

// The answer was faster than what it answers; from somebody whom the mail itself names.
bool try_answers(Ctx ctx, Search& search, const Incoming& mail) {
    if (mail.message.message_id.size() <= 2) return false;
    const auto rows = ctx.exec(
        "select ticket_id, to_json(recipients || from_address) as people from inbound_mail"
        " where answers @> array[$1] and mailbox_id = $2 and from_address = any($3::text[] || $4::text) and ticket_id is not null"
        " and state = 'done' order by id limit 3",
        bare(mail.message.message_id), mail.mailbox.id, guichet::array_literal(mail.recipients), mail.from);
    return try_mails(search, mail, rows, "a mail of this ticket answers it");
}

}  // namespace

void lock_thread(Ctx ctx, const Incoming& mail) {
    std::vector<std::string> ids{mail.signals.ids};
    if (!mail.message.message_id.empty()) ids.push_back(mail.message.message_id);
    ctx.exec(
        "select pg_advisory_xact_lock(key) from (select distinct hashtextextended('thread ' || $1::text || id, 0) as key"
        " from unnest($2::text[]) as id order by key) as keys",
        mail.mailbox.id, guichet::array_literal(ids));
}

Thread find_thread(Ctx ctx, const Keys& keys, const Incoming& mail) {
    Search search{ctx, mail};
    for (const auto& token : mail.signals.addresses)
        if (verify(keys, token) && search.try_ticket(token.ticket, "the address that it was sent to", true)) return search.result();
    for (const auto& token : mail.signals.tokens) {
        const auto domain = mail.mailbox.address.substr(mail.mailbox.address.rfind('@') + 1);
        if (token.domain == lower_case(domain) && verify(keys, token) && search.try_ticket(token.ticket, "it answers a mail of ours", true))
            return search.result();
    }
    if (try_known_mails(ctx, search, mail) || try_answers(ctx, search, mail)) return search.result();
    for (const auto& tag : mail.signals.subject_tags)
        if (search.try_tag(tag)) return search.result();
    return search.result();
}

}  // namespace mailbox
