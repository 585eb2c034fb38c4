#include "send_page.hpp"

#include "access_party.hpp"
#include "parties.hpp"
#include "recognise.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kLongestMessage = 5000;
constexpr std::string_view kWholeAccount = "account";

// To whom it may go: the contacts with an address, and the account's own.
Value recipients(guichet::Ctx ctx, const AccessParty& party) {
    auto out = ctx.array();
    const auto add = [&](std::string_view value, Value object) {
        const auto email = object["email"].text().value_or("");
        if (normalised_email(email).empty()) return;
        const auto label = std::string{object["name"].text().value_or("")}.append(" (").append(email).append(")");
        out.push(ctx.object()
                     .set("value", value)
                     .set("label", label)
                     .set("email", email)
                     .set("name", object["name"])
                     .set("language", object["language"]));
    };
    if (party.contact_id) {
        add(std::to_string(*party.contact_id), party.object);
        return out;
    }
    const auto contacts = contacts_of(ctx, *party.account_id);
    for (std::size_t i = 0; i < contacts.size(); ++i) add(std::to_string(contacts[i]["id"].integer().value_or(0)), contacts[i]);
    add(kWholeAccount, party.object);
    return out;
}

Value chosen(Value recipients, std::string_view value) {
    for (std::size_t i = 0; i < recipients.size(); ++i)
        if (recipients[i]["value"].text() == value) return recipients[i];
    return {};
}

struct Typed {
    std::string to, body, days;
};

void send_form(guichet::Ctx ctx, Request request, const AccessParty& party, const Typed& typed, Value errors) {
    auto breadcrumb = ctx.array();
    breadcrumb.push(ctx.object().set("label", party.name()).set("url", party.path()));
    breadcrumb.push(ctx.object().set("label", ctx.tr("Send the link")));
    auto data = ctx.object().set("title", ctx.tr("Send the link")).set("breadcrumb", breadcrumb).set("back", party.path());
    data.set("recipients", recipients(ctx, party))
        .set("to", typed.to)
        .set("body", typed.body)
        .set("days", typed.days)
        .set("errors", errors);
    data.set("party", party.contact_id ? "contact_id" : "account_id").set("id", party.contact_id ? party.contact_id : party.account_id);
    request.page("access/send.html", data);
}

AccessParty customer(guichet::Ctx ctx, Request request) {
    auto party = AccessParty::of(ctx, request);
    if (party.ticket_id) throw guichet::Error{GUICHET_E_NOT_FOUND, "no customer"};
    return party;
}

std::string agent_name(guichet::Ctx ctx) {
    const auto users = ctx.users();
    for (std::size_t i = 0; i < users.size(); ++i)
        if (users[i]["id"].integer() == ctx.user_id()) return std::string{users[i]["name"].text().value_or("")};
    return {};
}

NewLink link_for(const AccessParty& party, const Typed& typed) {
    NewLink link = party.link();
    if (const auto contact = guichet::to_integer(typed.to)) link.contact_id = contact;
    if (const auto days = guichet::to_integer(typed.days); days && *days > 0) link.days = *days;
    return link;
}

void check(guichet::Ctx ctx, const Typed& typed, Value recipient, guichet::Problems& problems) {
    if (!recipient) problems.add("to", ctx.tr("Choose who gets it."));
    if (guichet::count_characters(typed.body) > kLongestMessage)
        problems.add("body", guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kLongestMessage)}));
    const auto days = guichet::to_integer(typed.days);
    if (!typed.days.empty() && (!days || *days < 1 || *days > 3650)) problems.add("days", ctx.tr("Enter a number of days, or nothing."));
}

// False while nothing can be sent.
bool send(guichet::Ctx ctx, const AccessParty& party, const Typed& typed, Value recipient) {
    guichet::Tx tx{ctx};
    const auto email = normalised_email(recipient["email"].text().value_or(""));
    auto link = link_for(party, typed);
    link.email = email;
    auto envelope = ctx.object().set("to", email).set("to_name", recipient["name"]);
    if (const auto language = recipient["language"].text()) envelope.set("language", *language);
    auto values =
        ctx.object().set("url", customer_path(add_link(ctx, link))).set("contact", recipient["name"]).set("agent", agent_name(ctx));
    values.set("message_markdown", typed.body);
    if (ctx.send_mail("public_form.access", envelope, values) == 0) return false;
    party.audit(ctx, "public_form.link_sent");
    tx.commit();
    return true;
}

}  // namespace

void show_send_form(guichet::Ctx ctx, Request request) {
    const auto party = customer(ctx, request);
    send_form(ctx, request, party, {party.contact_id ? std::to_string(*party.contact_id) : std::string{}, {}, {}}, {});
}

void send_access(guichet::Ctx ctx, Request request) {
    const auto party = customer(ctx, request);
    const Typed typed{guichet::one_line(request.form("to").value_or("")), guichet::lines(request.form("body").value_or("")),
                      guichet::one_line(request.form("days").value_or(""))};
    const auto recipient = chosen(recipients(ctx, party), typed.to);
    guichet::Problems problems{ctx};
    check(ctx, typed, recipient, problems);
    if (!problems && !send(ctx, party, typed, recipient))
        problems.add("to", ctx.tr("No mail can be sent yet: an administrator has to say how, under Outgoing mail."));
    if (!problems) return request.redirect(party.path());
    request.status(422);
    send_form(ctx, request, party, typed, problems.by_field());
}

}  // namespace public_form
