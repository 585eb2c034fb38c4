#include "quote_page.hpp"

#include "history.hpp"
#include "item_store.hpp"
#include "link_store.hpp"
#include "settings.hpp"
#include "ticket.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

Value breadcrumb(Ctx ctx, std::string_view title) {
    auto out = ctx.array().push(ctx.object().set("label", ctx.tr("Quotes")).set("url", "/quotes"));
    return out.push(ctx.object().set("label", title));
}

Value options(Ctx ctx, Value people) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < people.size(); ++i) out.push(ctx.object().set("value", people[i]["id"]).set("label", people[i]["name"]));
    return out;
}

Value present_header(Ctx ctx, const Header& header) {
    auto out = ctx.object().set("subject", header.subject).set("customer", header.customer).set("address", header.address);
    out.set("email", header.email).set("language", header.language).set("introduction", header.introduction);
    out.set("conditions", header.conditions).set("valid_until", header.valid_until);
    return out.set("owner_id", header.owner_id).set("team_id", header.team_id);
}

// The amount of a line that may be half typed; "" when it has none.
std::string amount_of(Ctx ctx, const TypedLine& line) {
    guichet::Problems unseen{ctx};
    const auto checked = check_lines(ctx, {line}, ctx.language() == "fr", unseen);
    return unseen || checked.lines.empty() ? std::string{} : euro_text(checked.lines.front().net_cents, ctx.language());
}

void add_row(Ctx ctx, Value rows, const TypedLine& line, Value errors) {
    const auto n = std::to_string(rows.size());
    auto row = ctx.object().set("n", n).set("label", line.label).set("quantity", line.quantity).set("unit", line.unit);
    row.set("unit_price", line.unit_price).set("discount", line.discount).set("vat_rate", line.vat_rate).set("item_id", line.item_id);
    auto wrong = ctx.object();
    for (std::size_t i = 0; i < errors.size(); ++i)
        if (const auto name = errors.key(i); name.starts_with("lines." + n + "."))
            wrong.set(name.substr(name.rfind('.') + 1), errors[name]);
    rows.push(row.set("net", amount_of(ctx, line)).set("errors", wrong).set("is_first", rows.size() == 0));
}

bool is_partial(Request request) { return request.is_htmx() && request.header("HX-Target") == "quote-totals"; }

// The lines of the form, and an empty one to go on with, unless it is there: beside what is being typed no line appears.
Value rows_of(Ctx ctx, Request request, const std::vector<TypedLine>& lines, Value errors) {
    auto rows = ctx.array();
    for (const auto& line : lines) add_row(ctx, rows, line, errors);
    if (is_partial(request)) return rows;
    if (lines.empty() || !lines.back().is_blank()) add_row(ctx, rows, blank_line(Settings{ctx}.vat_rate, ctx.language()), {});
    return rows;
}

std::vector<TypedLine> as_typed(const Lines& lines, std::string_view language) {
    std::vector<TypedLine> out;
    for (const auto& line : lines.lines) out.push_back(typed(line, language));
    return out;
}

void add_form(Ctx ctx, Request request, Value data, Value quote, const Lines& stored, const Typed* typed) {
    const auto errors = typed ? typed->errors : Value{};
    data.set("form", present_header(ctx, typed ? typed->header : header_of(quote)));
    data.set("rows", rows_of(ctx, request, typed ? typed->lines : as_typed(stored, ctx.language()), errors));
    data.set("errors", errors).set("message", typed ? typed->message : std::string{});
    data.set("items", item_options(ctx));
}

Value possible_steps(Ctx ctx, std::string_view state) {
    auto out = ctx.array();
    for (const auto& step : steps())
        if (is_possible(step, state))
            out.push(ctx.object()
                         .set("name", step.name)
                         .set("label", ctx.tr(step.label))
                         .set("icon", step.icon)
                         .set("takes_reason", step.takes_reason));
    return out;
}

// What it came from.
void add_origins(Ctx ctx, Value data, Value quote) {
    const auto ticket = quote["ticket_id"].integer();
    if (ticket) data.set("ticket", find_ticket(ctx, *ticket));
    if (const auto from = quote["copied_from"].integer(); from && may(ctx, kRead, *from)) {
        auto origin = get_quote(ctx, *from);
        data.set("origin", origin.set("title", origin["ref"].text().value_or(ctx.tr("Draft quote"))));
    }
}

Value page_data(Ctx ctx, Request request, Value quote, const Typed* typed) {
    const auto id = quote["id"].integer().value_or(0);
    const auto state = quote["state"].text().value_or("");
    const auto title = quote["ref"].text().value_or(ctx.tr("Draft quote"));
    const auto lines = stored_lines(ctx, id);
    present_state(ctx, quote);
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, title)).set("quote", quote);
    data.set("lines", present_lines(ctx, lines, ctx.language())).set("totals", present_totals(ctx, lines.totals, ctx.language()));
    data.set("is_draft", state == "draft").set("may_update", may(ctx, kUpdate, id)).set("may_delete", may(ctx, kDelete, id));
    data.set("owners", options(ctx, ctx.users())).set("teams", options(ctx, ctx.teams()));
    data.set("steps", possible_steps(ctx, state)).set("history", present_history(ctx, id));
    const auto answer = ctx.exec("select accepted, name, reason, at, client, pdf_sha256 from answer where quote_id = $1", id);
    if (!answer.empty()) data.set("answer", answer.row(0));
    data.set("may_send", is_open(state) && !quote["is_over"].boolean().value_or(true)).set("links", links_of(ctx, id));
    add_origins(ctx, data, quote);
    if (state == "draft") add_form(ctx, request, data, quote, lines, typed);
    return data;
}

// What htmx replaces: the form, or beside what is being typed its sums.
std::string_view template_for(Request request) {
    if (is_partial(request)) return "quote/saved.html";
    return request.is_htmx() && request.header("HX-Target") == "quote-form" ? "quote/form.html" : "quote/page.html";
}

}  // namespace

std::string path_of(int64_t id) { return "/quotes/" + std::to_string(id); }

void send_quote(Ctx ctx, Request request, Value quote, const Typed* typed) {
    auto data = page_data(ctx, request, quote, typed);
    request.page(template_for(request), data.set("saved", !typed || !typed->is_refused));
}

void show_quote(Ctx ctx, Request request) { send_quote(ctx, request, get_quote(ctx, request.id())); }

}  // namespace quotes
