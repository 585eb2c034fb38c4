#include "tell.hpp"

#include "audience.hpp"
#include "notice_mail.hpp"
#include "notices.hpp"
#include "ticket.hpp"

namespace notifications {

using guichet::Value;

namespace {

// How he gets the mail, if he does.
std::string_view mail_of(const Person& person, const Occasion& occasion) {
    if (person.channel != "mail" || !occasion.worth_a_mail || !person.usable()) return "none";
    return person.digest ? "digest" : "due";
}

std::vector<Reader> readers_of(const std::vector<RuleOutcome>& outcomes, const Occasion& occasion) {
    std::vector<Reader> out;
    for (const auto& outcome : outcomes)
        for (const auto& line : outcome.lines)
            for (const auto& listener : line.listeners) {
                const auto& person = listener.person;
                if (!line.needed || listener.verdict != Verdict::told) continue;
                const auto mail = mail_of(person, occasion);
                if (person.id > 0) out.push_back({person.id, {}, std::string{mail}});
                else if (mail == "due") out.push_back({std::nullopt, person.email, "due"});
            }
    return out;
}

// Delivered late: whose it was then is not told when it is somebody else's by now.
bool still_holds(const Occasion& occasion, Value ticket) {
    return occasion.id != "assigned" || occasion.data["assignee"].integer() == ticket["assignee_id"].integer();
}

}  // namespace

void tell(guichet::Ctx ctx, guichet::Event event) {
    bool mails = false;
    for (const auto& occasion : read_occasions(ctx, event)) {
        auto ticket = load_ticket(ctx, occasion.ticket);
        if (!ticket || !still_holds(occasion, ticket)) continue;
        ticket.set("named", occasion.data["users"]);
        const auto who = readers_of(work_out(ctx, occasion.id, ticket, event.actor_id()), occasion);
        add_notices(ctx, {event.delivery_id(), event.actor_id()}, occasion, who);
        mails = mails || std::ranges::any_of(who, [](const Reader& reader) { return reader.mail == "due"; });
    }
    if (mails) expect_mails(ctx);
}

}  // namespace notifications
