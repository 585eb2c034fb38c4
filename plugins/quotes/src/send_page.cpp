#include "send_page.hpp"

#include "document.hpp"
#include "history.hpp"
#include "link_store.hpp"
#include "mail.hpp"
#include "party.hpp"
#include "quote_api.hpp"
#include "quote_page.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kLongestMessage = 5000, kLongestName = 200;

void check(Ctx ctx, Recipient& to, guichet::Problems& problems) {
    to.email = guichet::one_line(to.email), to.name = guichet::one_line(to.name), to.message = guichet::lines(to.message);
    if (!guichet::is_email(to.email)) problems.add("email", ctx.tr("This is not an e-mail address."));
    const auto most = [&](std::string_view field, const std::string& text, std::size_t limit) {
        if (guichet::count_characters(text) > limit)
            problems.add(field, guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(limit)}));
    };
    most("name", to.name, kLongestName);
    most("message", to.message, kLongestMessage);
}

void require_open(Ctx ctx, Value quote) {
    if (!is_open(quote["state"].text().value_or("")) || quote["is_over"].boolean().value_or(false))
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("This is not possible in the present state of the quote.")}};
}

// The document is made before the transaction in which it is sent.
void send(Ctx ctx, int64_t id, Recipient& to, guichet::Problems& problems) {
    const auto before = get_quote(ctx, id);
    if (!may(ctx, kUpdate, id)) throw guichet::Error{GUICHET_E_DENIED, "not for this user"};
    require_open(ctx, before);
    check(ctx, to, problems);
    if (problems) return;
    const auto file = stored_document(ctx, before);
    guichet::Tx tx{ctx};
    const auto quote = lock_quote(ctx, id, kUpdate);
    require_open(ctx, quote);
    if (!mail_quote(ctx, quote, file.id, to))
        return problems.add("email", ctx.tr("No mail can be sent yet: an administrator has to say how, under Outgoing mail."));
    enter_state(ctx, quote, "sent", {}, to.email);
    tx.commit();
}

void send_form(Ctx ctx, Request request, Value quote, const Recipient& to, Value errors) {
    const auto title = ctx.tr("Send the quote");
    auto breadcrumb = ctx.array().push(ctx.object().set("label", ctx.tr("Quotes")).set("url", "/quotes"));
    breadcrumb.push(ctx.object().set("label", quote["ref"]).set("url", path_of(request.id()))).push(ctx.object().set("label", title));
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb).set("quote", quote).set("errors", errors);
    data.set("form", ctx.object().set("email", to.email).set("name", to.name).set("message", to.message));
    const auto account = quote["account_id"].integer();
    if (account) data.set("contacts", contacts_of(ctx, *account));
    request.page("quote/send.html", data);
}

}  // namespace

void show_send(Ctx ctx, Request request) {
    const auto quote = get_quote(ctx, request.id());
    require_open(ctx, quote);
    stored_document(ctx, quote);  // the form that follows is sent in a transaction, in which none is made
    send_form(ctx, request, quote, {std::string{quote["email"].text().value_or("")}, {}, {}}, {});
}

void send_quote_mail(Ctx ctx, Request request) {
    const auto typed = [&](std::string_view name) { return std::string{request.form(name).value_or("")}; };
    Recipient to{typed("email"), typed("name"), typed("message")};
    guichet::Problems problems{ctx};
    send(ctx, request.id(), to, problems);
    if (!problems) return request.redirect(path_of(request.id()));
    request.status(422);
    send_form(ctx, request, get_quote(ctx, request.id()), to, problems.by_field());
}

void send_by_api(Ctx ctx, Request request) {
    const auto body = request.json();
    const auto given = [&](std::string_view name) { return std::string{body[name].text().value_or("")}; };
    Recipient to{given("email"), given("name"), given("message")};
    guichet::Problems problems{ctx};
    send(ctx, request.id(), to, problems);
    problems.throw_if_any();
    api::get(ctx, request);
}

void revoke_link(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    lock_quote(ctx, request.id(), kUpdate);
    revoke_links(ctx, request.id());
    add_change(ctx, request.id(), {"link_revoked", "", ""});
    ctx.audit("quotes.link_revoked", "quote/" + std::to_string(request.id()));
    tx.commit();
    request.redirect(path_of(request.id()));
}

}  // namespace quotes
