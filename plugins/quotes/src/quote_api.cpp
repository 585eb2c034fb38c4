#include "quote_api.hpp"

#include "history.hpp"
#include "quote_list.hpp"
#include "validate.hpp"

namespace quotes::api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kMostItems = 200;
constexpr std::string_view kMembers[] = {
    "id",        "ref",       "state",       "subject",      "account_id", "contact_id", "ticket_id",   "copied_from", "customer",
    "address",   "email",     "language",    "introduction", "conditions", "issued_on",  "valid_until", "owner_id",    "team_id",
    "net_cents", "vat_cents", "gross_cents", "created_at",   "created_by", "updated_at", "updated_by",  "version"};

Value lines_of(Ctx ctx, const Lines& lines) {
    auto out = ctx.array();
    for (const auto& line : lines.lines) {
        auto row = ctx.object().set("label", line.label).set("quantity", decimal_text(line.price.quantity, kQuantityPlaces));
        row.set("unit", line.unit).set("unit_price", decimal_text(line.price.unit_price, kPricePlaces));
        row.set("discount", decimal_text(line.price.discount, kPercentPlaces))
            .set("vat_rate", decimal_text(line.price.vat_rate, kPercentPlaces));
        out.push(row.set("item_id", line.item_id).set("net_cents", line.net_cents));
    }
    return out;
}

Value rates_of(Ctx ctx, const Totals& totals) {
    auto out = ctx.array();
    for (const auto& rate : totals.rates)
        out.push(ctx.object()
                     .set("vat_rate", decimal_text(rate.vat_rate, kPercentPlaces))
                     .set("net_cents", rate.net_cents)
                     .set("vat_cents", rate.vat_cents));
    return out;
}

void send(Ctx ctx, Request request, int64_t id) {
    const auto quote = get_quote(ctx, id);
    const auto lines = stored_lines(ctx, id);
    auto out = ctx.object().set("currency", "EUR");
    for (const auto member : kMembers) out.set(member, quote[member]);
    request.header("ETag", guichet::entity_tag(quote["version"].integer().value_or(0)));
    request.json(out.set("lines", lines_of(ctx, lines)).set("vat", rates_of(ctx, lines.totals)));
}

void send_created(Ctx ctx, Request request, int64_t id) {
    request.status(201);
    request.header("Location", "/api/v1/quotes/" + std::to_string(id));
    send(ctx, request, id);
}

void require_version(Ctx ctx, Request request, Value quote, Value body) {
    const auto version = quote["version"].integer().value_or(0);
    if (!guichet::if_match(request, version))
        throw guichet::Error{GUICHET_E_PRECONDITION, std::string{ctx.tr("Somebody else has changed this in the meantime.")}};
    const auto given = body["version"];
    if (given && !given.integer()) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("This must be a whole number.")}, "version"};
    if (given && *given.integer() != version) throw_stale(ctx);
}

Lines wanted_lines(Ctx ctx, Value body, Lines stored, Problems& problems) {
    const auto lines = body["lines"];
    return lines ? read_json_lines(ctx, lines, problems) : stored;
}

void check_parameters(Ctx ctx, Request request, Problems& problems) {
    constexpr std::string_view kKnown[] = {"q", "state", "account_id", "ticket_id", "owner_id", "from", "to", "limit", "cursor"};
    std::vector<std::string_view> seen;
    for (auto rest = request.query_string(); !rest.empty();) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto name = rest.substr(0, std::min(rest.find('='), end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (std::ranges::find(kKnown, name) == std::end(kKnown)) problems.add(name, ctx.tr("There is no such parameter here."));
        if (std::ranges::find(seen, name) != seen.end()) problems.add(name, ctx.tr("Give this parameter once."));
        seen.push_back(name);
    }
}

std::optional<int64_t> read_id(Ctx ctx, Request request, std::string_view name, Problems& problems) {
    const auto text = request.query(name);
    if (!text) return std::nullopt;
    const auto id = guichet::to_integer(*text);
    if (!id) problems.add(name, ctx.tr("This must be a whole number."));
    return id;
}

std::string read_day(Ctx ctx, Request request, std::string_view name, Problems& problems) {
    const auto text = request.query(name).value_or("");
    if (!text.empty() && !is_date(text)) problems.add(name, ctx.tr("Give a day, such as 2026-11-22."));
    return std::string{text};
}

void read_page(Ctx ctx, Request request, Filter& filter, Problems& problems) {
    if (const auto text = request.query("limit")) {
        const auto limit = guichet::to_integer(*text).value_or(0);
        if (limit < 1 || limit > kMostItems) problems.add("limit", ctx.tr("Give a whole number from 1 to 200."));
        else filter.limit = static_cast<int>(limit);
    }
    if (const auto text = request.query("cursor")) {
        filter.after = decode(*text);
        if (!filter.after) problems.add("cursor", ctx.tr("This is not a cursor of this list."));
    }
}

template <class F>
void change(Ctx ctx, Request request, std::string_view permission, F&& f) {
    guichet::Tx tx{ctx};
    const auto quote = lock_quote(ctx, request.id(), permission);
    f(quote);
    tx.commit();
}

}  // namespace

void list(Ctx ctx, Request request) {
    Problems problems{ctx};
    check_parameters(ctx, request, problems);
    Filter filter{.state = std::string{request.query("state").value_or("")}, .words = std::string{request.query("q").value_or("")}};
    if (!filter.state.empty() && !is_state(filter.state)) problems.add("state", ctx.tr("Choose one of the list."));
    filter.account_id = read_id(ctx, request, "account_id", problems);
    filter.ticket_id = read_id(ctx, request, "ticket_id", problems);
    filter.owner_id = read_id(ctx, request, "owner_id", problems);
    filter.from = read_day(ctx, request, "from", problems);
    filter.to = read_day(ctx, request, "to", problems);
    read_page(ctx, request, filter, problems);
    problems.throw_if_any();
    const auto page = list_quotes(ctx, filter);
    auto items = ctx.array();
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        auto item = ctx.object().set("currency", "EUR");
        for (const auto member : kMembers)
            if (page.items[i][member] || member == "ref" || member == "issued_on") item.set(member, page.items[i][member]);
        items.push(item);
    }
    request.json(ctx.object().set("items", items).set("next", page.next.empty() ? std::nullopt : std::optional{page.next}));
}

void get(Ctx ctx, Request request) { send(ctx, request, request.id()); }

void create(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto body = request.json();
    auto header = new_header(ctx);
    read_json(ctx, header, body, true, problems);
    guichet::Tx tx{ctx};
    address_to(ctx, header, problems);
    check(ctx, header, {}, problems);
    const auto lines = wanted_lines(ctx, body, {}, problems);
    problems.throw_if_any();
    const auto id = add_quote(ctx, header, lines);
    tx.commit();
    send_created(ctx, request, id);
}

void patch(Ctx ctx, Request request) {
    change(ctx, request, kUpdate, [&](Value quote) {
        const auto body = request.json();
        require_version(ctx, request, quote, body);
        Problems problems{ctx};
        const auto stored = header_of(quote);
        auto header = stored;
        read_json(ctx, header, body, false, problems);
        check(ctx, header, stored, problems);
        const auto lines = wanted_lines(ctx, body, stored_lines(ctx, request.id()), problems);
        problems.throw_if_any();
        auto only_people = stored;
        only_people.owner_id = header.owner_id, only_people.team_id = header.team_id;
        const bool frozen = quote["state"].text() != "draft";
        if (frozen && !body["lines"] && differences(only_people, header).empty()) change_people(ctx, quote, header);
        else update_quote(ctx, quote, header, lines);
    });
    send(ctx, request, request.id());
}

void remove(Ctx ctx, Request request) {
    change(ctx, request, kDelete, [&](Value quote) { remove_quote(ctx, quote); });
    request.status(204);
}

void validate(Ctx ctx, Request request) {
    change(ctx, request, kUpdate, [&](Value quote) {
        require_draft(ctx, quote);
        Problems problems{ctx};
        check_complete(ctx, header_of(quote), stored_lines(ctx, request.id()), problems);
        problems.throw_if_any();
        quotes::validate(ctx, quote);
    });
    send(ctx, request, request.id());
}

void step(Ctx ctx, Request request) {
    const auto body = request.json();
    const auto* step = find_step(body["step"].text().value_or(""));
    if (!step) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("Choose one of the list.")}, "step"};
    change(ctx, request, kUpdate, [&](Value quote) { take_step(ctx, quote, *step, body["reason"].text().value_or("")); });
    send(ctx, request, request.id());
}

void duplicate(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto id = duplicate_quote(ctx, get_quote(ctx, request.id()));
    tx.commit();
    send_created(ctx, request, id);
}

void history(Ctx ctx, Request request) {
    const auto quote = get_quote(ctx, request.id());
    request.json(history_items(ctx, quote["id"].integer().value_or(0)));
}

}  // namespace quotes::api
