#include "new_page.hpp"

#include "party.hpp"
#include "quote_page.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

void send_form(Ctx ctx, Request request, const Header& header, Value errors) {
    const auto title = ctx.tr("Add a quote");
    auto breadcrumb = ctx.array().push(ctx.object().set("label", ctx.tr("Quotes")).set("url", "/quotes"));
    breadcrumb.push(ctx.object().set("label", title));
    auto form = ctx.object().set("subject", header.subject).set("customer", header.customer).set("account_id", header.account_id);
    const auto words = guichet::one_line(request.form("q").value_or(""));
    auto accounts = account_options(ctx, words);
    const auto account = header.account_id ? find_account(ctx, *header.account_id) : Value{};
    if (account && words.empty()) accounts = ctx.array().push(ctx.object().set("value", account["id"]).set("label", account["name"]));
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb).set("form", form).set("errors", errors);
    request.page("quote/new.html", data.set("accounts", accounts).set("q", words));
}

}  // namespace

void show_new(Ctx ctx, Request request) {
    Header header;
    header.account_id = guichet::to_integer(request.query("account_id").value_or(""));
    send_form(ctx, request, header, {});
}

void add_new(Ctx ctx, Request request) {
    auto header = new_header(ctx);
    read_form(header, request);
    const auto as_typed = header;
    if (request.form("then") == "find") return send_form(ctx, request, as_typed, {});
    guichet::Problems problems{ctx};
    guichet::Tx tx{ctx};
    address_to(ctx, header, problems);
    // with one click on the page of an account nothing was typed yet
    if (header.subject.empty() && !header.customer.empty() && request.form("quick") == "1")
        header.subject = guichet::fill(ctx.tr("Quote for %1"), {header.customer});
    check(ctx, header, {}, problems);
    if (problems) {
        request.status(422);
        return send_form(ctx, request, as_typed, problems.by_field());
    }
    const auto id = add_quote(ctx, header, {});
    tx.commit();
    request.redirect(path_of(id));
}

}  // namespace quotes
