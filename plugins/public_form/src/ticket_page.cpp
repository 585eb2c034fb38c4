#include "ticket_page.hpp"

#include "customers.hpp"
#include "limits.hpp"
#include "page.hpp"
#include "parties.hpp"
#include "request_form.hpp"
#include "submission_store.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kLongestBody = 50'000;

std::string path_of(int64_t ticket_id) { return "/public/tickets/" + std::to_string(ticket_id); }

struct Typed {
    std::string body{};
    Value errors{};
    std::string message{};  // above the form
    int status = 200;
};

// Whether the customer may do it, and the administrator lets him.
bool flag(Value ticket, std::string_view name, bool allowed = true) { return allowed && ticket[name].boolean().value_or(false); }

struct Opened {
    Opened(guichet::Ctx ctx, Request request) : settings{ctx}, visit{ctx, request}, id{request.id()}, grant{visit.of_ticket(id)} {}

    Settings settings;
    Visit visit;
    int64_t id;
    const Grant* grant;  // null: not for this visitor
};

// The address he acts with: of the link's mail, of the customer, or of who asked.
std::string author_of(guichet::Ctx ctx, const Grant& grant, Value ticket) {
    if (!grant.email.empty()) return grant.email;
    const auto email = grant.is_customer() ? party_email(ctx, grant) : std::string{};
    return email.empty() ? std::string{ticket["requester_email"].text().value_or("")} : email;
}

Value claim(guichet::Ctx ctx, const Opened& opened) {
    const auto submission = submission_of(ctx, opened.id);
    const bool his = submission && submission["email"].text() == opened.grant->email && !opened.grant->preview;
    return his && submission["state"].text() != "known" && !submission["confirmed"].boolean().value_or(true) ? submission : Value{};
}

void send_ticket(guichet::Ctx ctx, Request request, const Opened& opened, const Typed& typed) {
    auto ticket = Customers{ctx}.show(opened.id);
    const bool writes = !opened.grant->preview;
    auto may = ctx.object()
                   .set("write", flag(ticket, "may_write", writes))
                   .set("close", flag(ticket, "may_close", writes && opened.settings.may_close));
    may.set("reopen", flag(ticket, "may_reopen", writes && opened.settings.may_reopen)).set("attach", opened.settings.attachments);
    auto data = ctx.object().set("title", ticket["subject"]).set("ticket", ticket).set("may", may).set("claim", claim(ctx, opened));
    data.set("key", opened.visit.form_key()).set("body", typed.body).set("errors", typed.errors).set("message", typed.message);
    data.set("sent", request.query("sent") == "1").set("preview", opened.grant->preview);
    data.set("has_space", opened.visit.customer() != nullptr);
    data.set("most_files", kMostFiles).set("most_bytes", kMostBytes);
    request.status(typed.status);
    send_page(ctx, request, opened.settings, "ticket.html", data);
}

// A change by who may make it, in a form of ours.
bool may_change(guichet::Ctx ctx, Request request, const Opened& opened) {
    if (!opened.grant) {
        send_no_such_link(ctx, request, opened.settings);
        return false;
    }
    opened.visit.check_form(request);
    if (opened.grant->preview) throw guichet::Error{GUICHET_E_DENIED, "who only looks changes nothing"};
    return true;
}

void confirm(guichet::Ctx ctx, const Opened& opened) { confirm_submission(ctx, opened.id, opened.grant->email); }

std::string checked_body(guichet::Ctx ctx, Request request, guichet::Problems& problems) {
    auto body = guichet::lines(request.form("body").value_or(""));
    if (body.empty()) problems.add("body", ctx.tr("Write your message."));
    else if (guichet::count_characters(body) > kLongestBody)
        problems.add("body", guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kLongestBody)}));
    if (const auto wrong = uploads_problem(ctx, request); !wrong.empty()) problems.add("file", wrong);
    return body;
}

// False: too many were sent with this link.
bool store_message(guichet::Ctx ctx, Request request, const Opened& opened, const std::string& body) {
    guichet::Tx tx{ctx};
    const Customers customers{ctx};
    const auto author = author_of(ctx, *opened.grant, customers.find(opened.id));
    auto input = ctx.object().set("body", body).set("channel", "web").set("author_email", author);
    const auto message = customers.add_message(opened.id, input);
    if (count_uploads(request) > 0 && opened.settings.attachments)
        customers.attach(message["ticket_id"].integer().value_or(opened.id), message["id"].integer().value_or(0), request);
    confirm(ctx, opened);
    if (!take(ctx, kMessagesOfLink, std::to_string(opened.grant->link_id))) return false;
    tx.commit();
    return true;
}

}  // namespace

void open_ticket_link(guichet::Ctx ctx, Request request) {
    const auto grant = open_link(ctx, request, request.param("token").value_or(""));
    if (!grant || !grant->ticket_id) return send_no_such_link(ctx, request, Settings{ctx});
    request.redirect(path_of(*grant->ticket_id));
}

void show_ticket(guichet::Ctx ctx, Request request) {
    const Opened opened{ctx, request};
    if (!opened.grant) return send_no_such_link(ctx, request, opened.settings);
    send_ticket(ctx, request, opened, {});
}

void add_message(guichet::Ctx ctx, Request request) {
    const Opened opened{ctx, request};
    if (!may_change(ctx, request, opened)) return;
    guichet::Problems problems{ctx};
    const auto body = checked_body(ctx, request, problems);
    if (problems) return send_ticket(ctx, request, opened, {body, problems.by_field(), {}, 422});
    try {
        if (store_message(ctx, request, opened, body)) return request.redirect(path_of(opened.id) + "?sent=1#sent");
        return send_ticket(ctx, request, opened,
                           {body, {}, std::string{ctx.tr("A lot of messages came in a short time. Try again in an hour.")}, 429});
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID && error.code() != GUICHET_E_VETO && error.code() != GUICHET_E_CONFLICT) throw;
        send_ticket(ctx, request, opened, {body, {}, error.what(), error.code() == GUICHET_E_CONFLICT ? 409 : 422});
    }
}

void step_ticket(guichet::Ctx ctx, Request request) {
    const Opened opened{ctx, request};
    if (!may_change(ctx, request, opened)) return;
    const bool close = request.path().ends_with("/close");
    if (close ? !opened.settings.may_close : !opened.settings.may_reopen) throw guichet::Error{GUICHET_E_DENIED, "not for customers"};
    if (request.form("confirmed") != "1") {
        auto data = ctx.object().set("title", ctx.tr(close ? "Close this request?" : "Reopen this request?")).set("close", close);
        data.set("ticket", Customers{ctx}.show(opened.id)).set("key", opened.visit.form_key());
        return send_page(ctx, request, opened.settings, "step.html", data);
    }
    try {
        guichet::Tx tx{ctx};
        const Customers customers{ctx};
        customers.step(opened.id, close ? "close" : "reopen", author_of(ctx, *opened.grant, customers.find(opened.id)));
        confirm(ctx, opened);
        tx.commit();
        request.redirect(path_of(opened.id));
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT && error.code() != GUICHET_E_VETO) throw;
        send_ticket(ctx, request, opened, {{}, {}, error.what(), 409});
    }
}

void confirm_ticket(guichet::Ctx ctx, Request request) {
    const Opened opened{ctx, request};
    if (!may_change(ctx, request, opened)) return;
    guichet::Tx tx{ctx};
    confirm(ctx, opened);
    tx.commit();
    request.redirect(path_of(opened.id));
}

void show_file(guichet::Ctx ctx, Request request) {
    const Opened opened{ctx, request};
    if (!opened.grant) return send_no_such_link(ctx, request, opened.settings);
    Customers{ctx}.send_file(request, opened.id, request.id("file_id"), request.query("inline") == "1");
}

}  // namespace public_form
