#include "ticket_page.hpp"

#include "customers.hpp"
#include "form_token.hpp"
#include "kept_files.hpp"
#include "limits.hpp"
#include "page.hpp"
#include "parties.hpp"
#include "sent_form.hpp"
#include "submission_store.hpp"
#include "uploads.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kLongestBody = 50'000;

std::string path_of(int64_t ticket_id) { return "/public/tickets/" + std::to_string(ticket_id); }

struct Typed {
    std::string token{};  // of the form
    std::string body{};
    Value kept{};  // files that it has brought before
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
    data.set("key", opened.visit.form_key()).set("token", typed.token.empty() ? FormToken::issue(ctx) : typed.token);
    data.set("body", typed.body).set("kept", typed.kept).set("errors", typed.errors).set("message", typed.message);
    data.set("sent", request.query("sent") == "1").set("preview", opened.grant->preview);
    data.set("has_space", opened.visit.customer() != nullptr);
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

// One try of somebody to add a message.
class Adding {
public:
    Adding(guichet::Ctx ctx, Request request, const Opened& opened)
        : ctx_{ctx},
          request_{request},
          opened_{opened},
          token_{request.form("form").value_or("")},
          body_{guichet::lines(request.form("body").value_or(""))},
          kept_{ctx, token_},
          problems_{ctx} {
        kept_.leave_out(request);
        check();
    }

    void run() {
        const SentForm once{ctx_, token_, content()};
        if (once.look() == SentForm::State::same) return done();
        if (const auto state = FormToken::check(ctx_, token_, 0);
            state != FormToken::State::good || once.look() == SentForm::State::other) {
            kept_.move_to(token_ = FormToken::issue(ctx_));
            return again(ctx_.tr("This form was sent already, or had been open for too long. Send your message once more."), 422);
        }
        if (problems_) return again({}, 422);
        if (!fits(ctx_, kBytesOfClient, request_.client(), upload_bytes(request_))) return again({}, 429);
        try {
            store(once) ? done() : again(ctx_.tr("A lot of messages came in a short time. Try again in an hour."), 429);
        } catch (const guichet::Error& error) {
            refused(error);
        }
    }

private:
    void check() {
        if (body_.empty()) problems_.add("body", ctx_.tr("Write your message."));
        else if (guichet::count_characters(body_) > kLongestBody)
            problems_.add("body", guichet::fill(ctx_.tr("Use at most %1 characters."), {std::to_string(kLongestBody)}));
        if (!opened_.settings.attachments && count_uploads(request_) > 0)
            problems_.add("file", ctx_.tr("No files can be sent with this form."));
        else if (const auto wrong = uploads_problem(ctx_, request_, kept_.count(), kept_.bytes()); !wrong.empty())
            problems_.add("file", wrong);
    }

    std::string content() const {
        auto out = std::to_string(opened_.id).append("/").append(body_);
        for (std::size_t i = 0; const auto upload = request_.upload(i); ++i)
            out.append(1, '\0').append(upload->filename).append("/").append(std::to_string(upload->bytes));
        return out;
    }

    // False: too many were sent with this link.
    bool store(const SentForm& once) {
        guichet::Tx tx{ctx_};
        if (!once.take()) return true;  // the same form came twice at the same time
        const Customers customers{ctx_};
        const auto author = author_of(ctx_, *opened_.grant, customers.find(opened_.id));
        const auto message =
            customers.add_message(opened_.id, ctx_.object().set("body", body_).set("channel", "web").set("author_email", author));
        kept_.attach(customers, message["ticket_id"].integer().value_or(opened_.id), message["id"].integer().value_or(0), request_);
        confirm(ctx_, opened_);
        if (!take(ctx_, kMessagesOfLink, std::to_string(opened_.grant->link_id)) ||
            !take(ctx_, kBytesOfClient, request_.client(), upload_bytes(request_)))
            return false;
        tx.commit();
        return true;
    }

    void refused(const guichet::Error& error) {
        if (error.code() == GUICHET_E_IO) return again({}, 507);
        if (error.code() != GUICHET_E_INVALID && error.code() != GUICHET_E_VETO && error.code() != GUICHET_E_CONFLICT) throw error;
        again(error.what(), error.code() == GUICHET_E_CONFLICT ? 409 : 422);
    }

    void again(std::string_view message, int status) {
        if (!problems_.by_field()["file"])
            if (const auto lost = keep_files(ctx_, request_, kept_); lost.status != 200) {
                problems_.add("file", lost.problem);
                status = lost.status;
            }
        send_ticket(ctx_, request_, opened_, {token_, body_, kept_.list(), problems_.by_field(), std::string{message}, status});
    }

    void done() { request_.redirect(path_of(opened_.id) + "?sent=1#sent"); }

    guichet::Ctx ctx_;
    Request request_;
    const Opened& opened_;
    std::string token_, body_;
    KeptFiles kept_;
    guichet::Problems problems_;
};

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
    Adding{ctx, request, opened}.run();
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
        send_ticket(ctx, request, opened, {.message = error.what(), .status = 409});
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
