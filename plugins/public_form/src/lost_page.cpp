#include "lost_page.hpp"

#include "customers.hpp"
#include "limits.hpp"
#include "link_store.hpp"
#include "page.hpp"
#include "recognise.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kLongestRef = 60;
constexpr int32_t kMostTickets = 5;

void send_form(guichet::Ctx ctx, Request request, const Settings& settings, std::string_view ref, std::string_view email,
               const guichet::Problems& problems) {
    auto data =
        ctx.object().set("title", ctx.tr("Receive a new link")).set("ref", ref).set("email", email).set("errors", problems.by_field());
    if (problems) request.status(422);
    send_page(ctx, request, settings, "lost.html", data);
}

struct Link {
    NewLink link;
    std::string label;  // number of the ticket
};

struct Found {
    std::string to;
    std::vector<Link> links{};  // a space, or tickets
};

Link to_ticket(Value ticket) {
    Link out{{}, std::string{ticket["ref"].text().value_or("")}};
    out.link.ticket_id = ticket["id"].integer();
    return out;
}

// The ticket of that number, when the address is not given or is the one on file.
Found by_number(guichet::Ctx ctx, std::string_view ref, std::string_view email) {
    const auto ticket = Customers{ctx}.find(ref);
    Found found{normalised_email(ticket["requester_email"].text().value_or(""))};
    if (!found.to.empty() && (email.empty() || email == found.to)) found.links.push_back(to_ticket(ticket));
    return found;
}

// The space of the one contact who has the address, or the latest tickets that came from it, whichever way they came.
Found by_address(guichet::Ctx ctx, std::string_view email) {
    Found found{std::string{email}};
    if (const auto who = recognise(ctx, email); who.contact_id) {
        auto& space = found.links.emplace_back().link;
        space.contact_id = who.contact_id, space.account_id = who.account_id;
        return found;
    }
    const auto tickets = Customers{ctx}.list(ctx.object().set("requester_email", email), kMostTickets);
    for (std::size_t i = 0; i < tickets.size(); ++i) found.links.push_back(to_ticket(tickets[i]));
    return found;
}

std::string path_of(guichet::Ctx ctx, const Found& found, Link link) {
    link.link.email = found.to;
    const auto token = add_link(ctx, link.link);
    return link.link.ticket_id ? ticket_path(token) : customer_path(token);
}

Value mail_values(guichet::Ctx ctx, const Found& found) {
    auto values = ctx.object();
    if (found.links.size() == 1) return values.set("url", path_of(ctx, found, found.links.front()));
    std::string list;
    for (const auto& link : found.links)
        list.append("- [").append(link.label).append("](").append(ctx.site_url()).append(path_of(ctx, found, link)).append(")\n");
    return values.set("requests_markdown", list);
}

}  // namespace

void show_lost(guichet::Ctx ctx, Request request) { send_form(ctx, request, Settings{ctx}, {}, {}, guichet::Problems{ctx}); }

void ask_link(guichet::Ctx ctx, Request request) {
    const Settings settings{ctx};
    const auto ref = guichet::one_line(request.form("ref").value_or("")), typed = guichet::one_line(request.form("email").value_or(""));
    const auto email = normalised_email(typed);
    guichet::Problems problems{ctx};
    if (ref.empty() && typed.empty()) problems.add("email", ctx.tr("Enter your e-mail address, the number of your request, or both."));
    else if (!typed.empty() && email.empty()) problems.add("email", ctx.tr("Enter an e-mail address like camille@example.org."));
    if (ref.size() > kLongestRef) problems.add("ref", ctx.tr("Enter the number as it is in our mails."));
    if (problems) return send_form(ctx, request, settings, ref, typed, problems);
    guichet::Tx tx{ctx};
    const bool room = take(ctx, kLostOfClient, request.client());
    if (room) ctx.enqueue("public_form.send_lost_link", ctx.object().set("ref", ref).set("email", email).set("language", ctx.language()));
    tx.commit();
    auto data = ctx.object().set("title", ctx.tr("Look into your mail"));
    send_page(ctx, request, settings, "lost_sent.html", data);
}

void send_lost_link(guichet::Ctx ctx, guichet::Job job) {
    const auto args = job.args();
    const auto ref = args["ref"].text().value_or(""), email = args["email"].text().value_or("");
    const auto found = ref.empty() ? by_address(ctx, email) : by_number(ctx, ref, email);
    if (found.links.empty()) return;
    guichet::Tx tx{ctx};
    if (!take(ctx, kMailsAnHour, found.to) || !take(ctx, kMailsADay, found.to)) return;
    auto envelope = ctx.object().set("to", found.to).set("language", args["language"]);
    envelope.set("headers", ctx.object().set("Auto-Submitted", "auto-replied").set("X-Auto-Response-Suppress", "All"));
    ctx.send_mail("public_form.lost_link", envelope, mail_values(ctx, found));
    tx.commit();
}

}  // namespace public_form
