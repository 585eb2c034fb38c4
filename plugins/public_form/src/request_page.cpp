#include "request_page.hpp"

#include "customers.hpp"
#include "form_token.hpp"
#include "limits.hpp"
#include "page.hpp"
#include "parties.hpp"
#include "request_form.hpp"
#include "submission_store.hpp"

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

struct Sent {
    const RequestForm& form;
    std::string token;      // of the form
    std::string message{};  // above the fields
    int status = 200;
};

void send_form(guichet::Ctx ctx, Request request, const Settings& settings, const Asker& asker, const Sent& sent) {
    auto data = ctx.object();
    data.set("title", ctx.tr("New request")).set("token", sent.token).set("message", sent.message);
    sent.form.show(data);
    if (asker.customer) data.set("customer", customer_values(ctx, *asker.customer)).set("key", asker.visit.form_key());
    request.status(sent.status);
    if (sent.status == 429) request.header("Retry-After", kAnHour);
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
    return fits(ctx, kTickets, "all") && fits(ctx, kTicketsOfClient, request.client()) && fits(ctx, kTicketsOfAddress, email) &&
           fits(ctx, kBytesOfClient, request.client(), upload_bytes(request));
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

// The ticket as it was made; nothing when there is no room for it any more.
std::optional<Value> add_ticket(guichet::Ctx ctx, Request request, const RequestForm& form, const Requester& requester) {
    guichet::Tx tx{ctx};
    auto input = form.ticket().set("requester_email", requester.email);
    if (requester.who.account_id) input.set("account_id", *requester.who.account_id);
    if (requester.who.contact_id) input.set("contact_id", *requester.who.contact_id);
    const Customers customers{ctx};
    const auto ticket = customers.create(input);
    const auto id = ticket["id"].integer().value_or(0);
    if (count_uploads(request) > 0) customers.attach(id, 0, request);
    add_submission(ctx, id, requester.email, requester.who, requester.known);
    if (!take_room(ctx, request, requester.email)) return std::nullopt;
    tx.commit();
    return ticket;
}

void send_thanks(guichet::Ctx ctx, Request request, const Settings& settings, Value ticket, const Requester& requester) {
    auto data = ctx.object().set("title", ctx.tr("Your request was sent")).set("ref", ticket["ref"]).set("email", requester.email);
    data.set("thanks", settings.text("thanks"));
    if (requester.known) data.set("ticket_id", ticket["id"]);
    send_page(ctx, request, settings, "thanks.html", data);
}

}  // namespace

void show_request_form(guichet::Ctx ctx, Request request) {
    const Settings settings{ctx};
    if (!settings.origins.empty()) request.allow_framing(settings.origins);
    if (!settings.open) return send_closed(ctx, request, settings);
    const Asker asker{ctx, request};
    const RequestForm form{ctx, settings, asker.email.empty()};
    send_form(ctx, request, settings, asker, {form, FormToken::issue(ctx)});
}

void add_request(guichet::Ctx ctx, Request request) {
    const Settings settings{ctx};
    if (!settings.origins.empty()) request.allow_framing(settings.origins);
    if (!settings.open) return send_closed(ctx, request, settings);
    const Asker asker{ctx, request};
    if (asker.customer) asker.visit.check_form(request);
    RequestForm form{ctx, settings, asker.email.empty()};
    form.read(request);
    form.check(request);
    const auto token = std::string{request.form("_idempotency").value_or("")};
    const auto state = FormToken::check(ctx, token, asker.customer ? 0 : settings.fastest_s);
    const bool renewed = state == FormToken::State::expired || state == FormToken::State::forged;
    const auto again = [&](std::string_view message, int status) {
        send_form(ctx, request, settings, asker, {form, renewed ? FormToken::issue(ctx) : token, std::string{message}, status});
    };
    if (form.problems()) return again({}, 422);
    if (const auto wrong = objection(ctx, request, state); !wrong.empty()) return again(wrong, 422);
    const auto requester = requester_of(ctx, form, asker);
    const auto crowded = ctx.tr("A lot of requests came from here in a short time. Yours was not sent: try again in an hour, or call us.");
    if (!has_room(ctx, request, requester.email)) return again(crowded, 429);
    try {
        const auto ticket = add_ticket(ctx, request, form, requester);
        return ticket ? send_thanks(ctx, request, settings, *ticket, requester) : again(crowded, 429);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID && error.code() != GUICHET_E_VETO && error.code() != GUICHET_E_CONFLICT) throw;
        if (!error.field().empty()) form.problems().add(error.field(), error.what());
        again(error.field().empty() ? error.what() : "", 422);
    }
}

}  // namespace public_form
