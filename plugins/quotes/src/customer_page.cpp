#include "customer_page.hpp"

#include "document.hpp"
#include "link_store.hpp"
#include "mail.hpp"
#include "settings.hpp"

#include <public_form/look_v1.h>

namespace quotes {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kShortestName = 2, kLongestName = 200;

Value languages(Ctx ctx) {
    auto out = ctx.array();
    for (const auto& [code, label] : {std::pair{"fr", "Français"}, std::pair{"en", "English"}})
        out.push(ctx.object().set("code", code).set("label", label).set("current", ctx.language() == code));
    return out;
}

// That of the other public pages, where there are some.
Value look_of(Ctx ctx) {
    const auto look = ctx.service<public_form_look_v1>(PUBLIC_FORM_LOOK, 1, 0);
    if (!look) return ctx.object().set("name", ctx.settings()["name"].text().value_or(""));
    guichet_value* out = nullptr;
    look(&public_form_look_v1::get, &out);
    return {ctx.raw(), out};
}

void send_page(Ctx ctx, Request request, std::string_view tpl, Value data) {
    auto site = look_of(ctx).set("language", ctx.language());
    request.page(tpl, data.set("site", site.set("languages", languages(ctx))));
}

// Answers without a link that works, and with one too many guesses, are alike for whoever guesses.
std::optional<OpenedLink> opened(Ctx ctx, Request request) {
    const auto client = request.client();
    const bool too_often = guesses_too_often(ctx, client);
    const auto link = too_often ? std::nullopt : open_link(ctx, request.param("token").value_or(""));
    if (link) return link;
    if (!too_often) count_guess(ctx, client);
    request.status(too_often ? 429 : 404);
    send_page(ctx, request, "customer/no_such_link.html", ctx.object().set("title", ctx.tr("This link does not work any more")));
    return std::nullopt;
}

bool may_answer(Ctx ctx, Value quote) {
    return is_open(quote["state"].text().value_or("")) && !quote["is_over"].boolean().value_or(true) && Settings{ctx}.customers_answer;
}

struct Typed {
    std::string name{}, reason{};
    Value errors{};
};

void send_quote(Ctx ctx, Request request, const OpenedLink& link, const Typed& typed) {
    auto quote = get_quote(ctx, link.quote_id);
    const auto lines = stored_lines(ctx, link.quote_id);
    const auto answer = ctx.exec("select accepted, name, at from answer where quote_id = $1", link.quote_id);
    auto data = ctx.object().set("title", guichet::fill(ctx.tr("Quote %1"), {quote["ref"].text().value_or("")})).set("quote", quote);
    data.set("path", link_path(request.param("token").value_or(""))).set("may_answer", may_answer(ctx, quote));
    data.set("lines", present_lines(ctx, lines, ctx.language())).set("totals", present_totals(ctx, lines.totals, ctx.language()));
    if (!answer.empty()) data.set("answer", answer.row(0));
    data.set("name", typed.name).set("reason", typed.reason).set("errors", typed.errors);
    send_page(ctx, request, "customer/quote.html", data);
}

void store_answer(Ctx ctx, Request request, const OpenedLink& link, Value quote, bool accepted, const Typed& typed) {
    const auto file = ctx.file(quote["pdf_file_id"].integer().value_or(0));
    ctx.exec(
        "insert into answer (quote_id, link_id, accepted, name, reason, client, pdf_sha256) values ($1, $2, $3, $4, $5, $6, $7)"
        " on conflict (quote_id) do update set link_id = excluded.link_id, accepted = excluded.accepted, name = excluded.name,"
        " reason = excluded.reason, at = now(), client = excluded.client, pdf_sha256 = excluded.pdf_sha256",
        link.quote_id, link.id, accepted, typed.name, typed.reason, request.client(), file.sha256);
    const auto by = typed.name.empty() ? quote["customer"].text().value_or("") : std::string_view{typed.name};
    enter_state(ctx, quote, accepted ? "signed" : "refused", by, typed.reason);
    mail_answer(ctx, quote, accepted, by, typed.reason);
}

// The customer's answer, unless somebody was quicker: then the page says what was answered.
void answer(Ctx ctx, Request request, bool accepted) {
    const auto link = opened(ctx, request);
    if (!link) return;
    Typed typed{guichet::one_line(request.form("name").value_or("")), guichet::lines(request.form("reason").value_or("")), {}};
    guichet::Problems problems{ctx};
    const auto length = guichet::count_characters(typed.name);
    if (accepted && length < kShortestName) problems.add("name", ctx.tr("Enter your first and last name."));
    if (length > kLongestName) problems.add("name", guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kLongestName)}));
    if (accepted && request.form("agree") != "1") problems.add("agree", ctx.tr("Tick the box to accept the quote."));
    if (guichet::count_characters(typed.reason) > kMostReason)
        problems.add("reason", guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kMostReason)}));
    if (problems) {
        typed.errors = problems.by_field();
        request.status(422);
        return send_quote(ctx, request, *link, typed);
    }
    guichet::Tx tx{ctx};
    const auto quote = lock_quote(ctx, link->quote_id, kUpdate);
    if (!may_answer(ctx, quote)) {
        request.status(409);
        return send_quote(ctx, request, *link, {});
    }
    store_answer(ctx, request, *link, quote, accepted, typed);
    tx.commit();
    request.redirect(link_path(request.param("token").value_or("")));
}

}  // namespace

void show_to_customer(Ctx ctx, Request request) {
    if (const auto link = opened(ctx, request)) send_quote(ctx, request, *link, {});
}

void send_pdf_to_customer(Ctx ctx, Request request) {
    const auto link = opened(ctx, request);
    if (!link) return;
    request.send_file(stored_document(ctx, get_quote(ctx, link->quote_id)).id);
}

void accept_quote(Ctx ctx, Request request) { answer(ctx, request, true); }
void refuse_quote(Ctx ctx, Request request) { answer(ctx, request, false); }

}  // namespace quotes
