#include "item_api.hpp"

#include "item_store.hpp"

namespace quotes::item_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kMostItems = 200;

Value shown(Ctx ctx, const StoredItem& stored) {
    const auto& item = stored.item;
    auto out = ctx.object().set("id", stored.id).set("ref", item.ref).set("label", item.label).set("unit", item.unit);
    out.set("unit_price", decimal_text(item.unit_price, kPricePlaces)).set("vat_rate", decimal_text(item.vat_rate, kPercentPlaces));
    return out.set("active", item.active).set("version", stored.version);
}

void send(Ctx ctx, Request request, int64_t id) {
    const auto stored = get_item(ctx, id);
    request.header("ETag", guichet::entity_tag(stored.version));
    request.json(shown(ctx, stored));
}

struct Member {
    std::string_view name;
    std::string TypedItem::*text;
};
constexpr Member kMembers[] = {{"ref", &TypedItem::ref},
                               {"label", &TypedItem::label},
                               {"unit", &TypedItem::unit},
                               {"unit_price", &TypedItem::unit_price},
                               {"vat_rate", &TypedItem::vat_rate}};

void read_member(Ctx ctx, TypedItem& typed, std::string_view name, Value value, Problems& problems) {
    const auto* member = std::ranges::find(kMembers, name, &Member::name);
    if (name == "active" && value.boolean()) typed.active = *value.boolean();
    else if (name == "active") problems.add(name, ctx.tr("This must be true or false."));
    else if (member == std::end(kMembers)) problems.add(name, ctx.tr("There is no such member."));
    else if (const auto text = value.text()) typed.*member->text = *text;
    else if (const auto number = value.integer()) typed.*member->text = std::to_string(*number);
    else problems.add(name, ctx.tr("This must be text."));
}

Item read(Ctx ctx, TypedItem typed, Value body, Problems& problems) {
    for (std::size_t i = 0; i < body.size(); ++i)
        if (body.key(i) != "version") read_member(ctx, typed, body.key(i), body[body.key(i)], problems);
    return check(ctx, typed, false, problems);
}

void require_version(Ctx ctx, Request request, int64_t version, Value body) {
    const std::string stale{ctx.tr("Somebody else has changed this in the meantime.")};
    if (!guichet::if_match(request, version)) throw guichet::Error{GUICHET_E_PRECONDITION, stale};
    if (const auto given = body["version"]; given && given.integer() != version) throw guichet::Error{GUICHET_E_CONFLICT, stale, "version"};
}

}  // namespace

void list(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto limit = guichet::to_integer(request.query("limit").value_or("25")).value_or(0);
    if (limit < 1 || limit > kMostItems) problems.add("limit", ctx.tr("Give a whole number from 1 to 200."));
    problems.throw_if_any();
    const auto page =
        list_items(ctx, guichet::one_line(request.query("q").value_or("")), request.query("cursor").value_or(""), static_cast<int>(limit));
    auto items = ctx.array();
    for (const auto& stored : page.items) items.push(shown(ctx, stored));
    request.json(ctx.object().set("items", items).set("next", page.next.empty() ? std::nullopt : std::optional{page.next}));
}

void get(Ctx ctx, Request request) { send(ctx, request, request.id()); }

void create(Ctx ctx, Request request) {
    Problems problems{ctx};
    guichet::Tx tx{ctx};
    const auto item = read(ctx, {.ref = {}, .label = {}, .unit = {}, .unit_price = "0", .vat_rate = "20"}, request.json(), problems);
    problems.throw_if_any();
    const auto id = add_item(ctx, item, problems);
    problems.throw_if_any();
    tx.commit();
    request.status(201);
    request.header("Location", "/api/v1/quote-items/" + std::to_string(*id));
    send(ctx, request, *id);
}

void patch(Ctx ctx, Request request) {
    Problems problems{ctx};
    guichet::Tx tx{ctx};
    const auto stored = get_item(ctx, request.id());
    require_version(ctx, request, stored.version, request.json());
    const auto item = read(ctx, typed(stored.item, "en"), request.json(), problems);
    problems.throw_if_any();
    update_item(ctx, stored, item, problems);
    problems.throw_if_any();
    tx.commit();
    send(ctx, request, stored.id);
}

void remove(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    remove_item(ctx, get_item(ctx, request.id()).id);
    tx.commit();
    request.status(204);
}

}  // namespace quotes::item_api
