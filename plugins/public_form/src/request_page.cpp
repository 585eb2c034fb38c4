#include "request_page.hpp"

#include "customers.hpp"
#include "form_token.hpp"
#include "limits.hpp"
#include "page.hpp"
#include "parties.hpp"
#include "reference.hpp"
#include "request_form.hpp"
#include "sent_form.hpp"
#include "submission_store.hpp"
#include "uploads.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kAnHour = "3600";

// Who asks: somebody who came with a link of his own, or anybody.
struct Asker {
    Asker(guichet::Ctx ctx, Request request)
        : visit{ctx, request}, customer{known(request, visit)}, email{customer ? party_email(ctx, *customer) : ""} {}

    // A form in a frame has no cookies: there nobody is known.
    static const Grant* known(Request request, const Visit& visit) {
        const auto* customer = visit.customer();
        return request.query("embed") == "1" || (customer && customer->preview) ? nullptr : customer;
    }

    Visit visit;
    const Grant* customer;
    std::string email;  // "" when it has to be asked
};

// What the form brings back in its address, and the links to other languages with it.
std::string query_of(guichet::Ctx ctx, Request request) {
    std::string out;
    const auto add = [&](std::string_view name, std::string_view value) {
        out.append(out.empty() ? "?" : "&").append(name).append("=").append(value);
    };
    if (request.query("embed") == "1") add("embed", "1"), add("lang", ctx.language());
    if (const auto reference = reference_of(request); !reference.empty()) add("ref", reference);
    return out;
}

struct Shown {
    const RequestForm& form;
    std::string token;      // of the form
    Value kept;             // files that it has brought before
    std::string message{};  // above the fields
    int status = 200;
};

void send_form(guichet::Ctx ctx, Request request, const Settings& settings, const Asker& asker, const Shown& shown) {
    auto data = ctx.object();
    data.set("title", ctx.tr("New request")).set("token", shown.token).set("kept", shown.kept).set("message", shown.message);
    data.set("query", query_of(ctx, request)).set("about", reference_label(ctx, reference_of(request)));
    shown.form.show(data);
    if (asker.customer) data.set("customer", customer_values(ctx, *asker.customer)).set("key", asker.visit.form_key());
    request.status(shown.status);
    if (shown.status == 429) request.header("Retry-After", kAnHour);
    send_page(ctx, request, settings, "new.html", data);
}

void send_closed(guichet::Ctx ctx, Request request, const Settings& settings) {
    auto data = ctx.object().set("title", ctx.tr("New request")).set("closed", settings.text("closed"));
    send_page(ctx, request, settings, "closed.html", data);
}

// What only a program gets wrong; "" when nothing.
std::string_view objection(guichet::Ctx ctx, Request request, FormToken::State token) {
    if (request.form("website") != "")  // nobody sees this field
        return ctx.tr(
            "Your request was not sent: a field that stays empty was filled in, perhaps by an extension of your browser. It is empty "
            "again: send the form once more.");
    if (token == FormToken::State::too_soon) return ctx.tr("That was very quick. Read through what you have entered, then send it.");
    if (token != FormToken::State::good)
        return ctx.tr("This form had been open for too long. It is renewed and keeps what you have entered: send it once more.");
    return {};
}

bool has_room(guichet::Ctx ctx, Request request, const std::string& email) {
    return fits(ctx, kTickets, "all") && fits(ctx, kTicketsOfClient, request.client()) && fits(ctx, kTicketsOfAddress, email);
}

// Others wait for these until the transaction ends.
bool take_room(guichet::Ctx ctx, Request request, const std::string& email) {
    return take(ctx, kTicketsOfAddress, email) && take(ctx, kTicketsOfClient, request.client()) &&
           take(ctx, kBytesOfClient, request.client(), upload_bytes(request)) && take(ctx, kTickets, "all");
}

struct Requester {
    std::string email;
    Recognised who;
    bool known = false;
};

Requester requester_of(guichet::Ctx ctx, const RequestForm& form, const Asker& asker) {
    if (!asker.customer) return {form.email(), recognise(ctx, form.email()), false};
    Requester out{asker.email.empty() ? form.email() : asker.email, {}, true};
    out.who.account_id = account_of(ctx, *asker.customer);
    out.who.contact_id = asker.customer->contact_id;
    return out;
}

// One try of somebody to send the form.
class Sending {
public:
    Sending(guichet::Ctx ctx, Request request, const Settings& settings)
        : ctx_{ctx},
          request_{request},
          settings_{settings},
          asker_{ctx, request},
          token_{request.form("form").value_or("")},
          state_{FormToken::check(ctx, token_, asker_.customer ? 0 : settings.fastest_s)},
          kept_{ctx, token_},
          form_{ctx, settings, asker_.email.empty()} {
        if (asker_.customer) asker_.visit.check_form(request);
        kept_.leave_out(request);
        form_.read(request);
        form_.check(request, kept_);
    }

    void run() {
        const SentForm once{ctx_, token_, form_.content(request_)};
        if (const auto before = once.look(); before == SentForm::State::same) return send_thanks(once);
        else if (before == SentForm::State::other) return again_after(once);
        if (form_.problems()) return again({}, 422);
        if (const auto wrong = objection(ctx_, request_, state_); !wrong.empty()) return again(wrong, 422);
        const auto requester = requester_of(ctx_, form_, asker_);
        if (!has_room(ctx_, request_, requester.email)) return again(crowded(), 429);
        if (!fits(ctx_, kBytesOfClient, request_.client(), upload_bytes(request_))) return again({}, 429);
        try {
            add_ticket(once, requester) ? send_thanks(once) : again(crowded(), 429);
        } catch (const guichet::Error& error) {
            refused(error);
        }
    }

private:
    std::string_view crowded() const {
        return ctx_.tr("A lot of requests came from here in a short time. Yours was not sent: try again in an hour, or call us.");
    }

    // False when there is no room for it any more.
    bool add_ticket(const SentForm& once, const Requester& requester) {
        guichet::Tx tx{ctx_};
        if (!once.take()) return true;  // the same form came twice at the same time
        auto input = form_.ticket().set("requester_email", requester.email);
        if (requester.who.account_id) input.set("account_id", *requester.who.account_id);
        if (requester.who.contact_id) input.set("contact_id", *requester.who.contact_id);
        const Customers customers{ctx_};
        const auto ticket = customers.create(input);
        const auto id = ticket["id"].integer().value_or(0);
        kept_.attach(customers, id, 0, request_);
        tell_of_request(ctx_, id, reference_of(request_));
        add_submission(ctx_, id, requester.email, requester.who, requester.known);
        once.became(id, ticket["ref"].text().value_or(""));
        if (!take_room(ctx_, request_, requester.email)) return false;
        tx.commit();
        return true;
    }

    void refused(const guichet::Error& error) {
        if (error.code() == GUICHET_E_IO) return again({}, 507);
        if (error.code() != GUICHET_E_INVALID && error.code() != GUICHET_E_VETO && error.code() != GUICHET_E_CONFLICT) throw error;
        if (!error.field().empty()) form_.problems().add(error.field(), error.what());
        again(error.field().empty() ? error.what() : "", 422);
    }

    void again_after(const SentForm& once) {
        state_ = FormToken::State::expired;
        again(guichet::fill(ctx_.tr("This form was sent already, as %1. What you see now is a new request: send it if it is one."),
                            {once.ticket().ref}),
              422);
    }

    // The form once more, with what was entered and the files.
    void again(std::string_view message, int status) {
        if (state_ == FormToken::State::expired || state_ == FormToken::State::forged) kept_.move_to(token_ = FormToken::issue(ctx_));
        if (!form_.problems().by_field()["file"])
            if (const auto lost = keep_files(ctx_, request_, kept_); lost.status != 200) {
                form_.problems().add("file", lost.problem);
                status = lost.status;
            }
        send_form(ctx_, request_, settings_, asker_, {form_, token_, kept_.list(), std::string{message}, status});
    }

    void send_thanks(const SentForm& once) {
        const auto ticket = once.ticket();
        const auto submission = submission_of(ctx_, ticket.id);
        auto data = ctx_.object().set("title", ctx_.tr("Your request was sent")).set("ref", ticket.ref).set("email", submission["email"]);
        data.set("thanks", settings_.text("thanks"));
        if (submission["state"].text() == "known") data.set("ticket_id", ticket.id);
        send_page(ctx_, request_, settings_, "thanks.html", data);
    }

    guichet::Ctx ctx_;
    Request request_;
    const Settings& settings_;
    Asker asker_;
    std::string token_;
    FormToken::State state_;
    KeptFiles kept_;
    RequestForm form_;
};

}  // namespace

void show_request_form(guichet::Ctx ctx, Request request) {
    const Settings settings{ctx};
    if (!settings.origins.empty()) request.allow_framing(settings.origins);
    if (!settings.open) return send_closed(ctx, request, settings);
    const Asker asker{ctx, request};
    const RequestForm form{ctx, settings, asker.email.empty()};
    send_form(ctx, request, settings, asker, {form, FormToken::issue(ctx), ctx.array()});
}

void add_request(guichet::Ctx ctx, Request request) {
    const Settings settings{ctx};
    if (!settings.origins.empty()) request.allow_framing(settings.origins);
    if (!settings.open) return send_closed(ctx, request, settings);
    Sending{ctx, request, settings}.run();
}

}  // namespace public_form
