#include "item_store.hpp"

#include <guichet/sdk/custom_fields.hpp>

namespace quotes {

using guichet::Ctx;
using guichet::Problems;
using guichet::Rows;

namespace {

constexpr std::string_view kColumns = "id, version::bigint, ref, label, unit, unit_price, vat_rate::bigint, active from item ";

StoredItem read(const Rows& rows, std::size_t i) {
    const auto text = [&](std::size_t column) { return std::string{rows.text(i, column)}; };
    return {{text(2), text(3), text(4), rows.i64(i, 5), rows.i64(i, 6), rows.boolean(i, 7)}, rows.i64(i, 0), rows.i64(i, 1)};
}

std::optional<int64_t> author(Ctx ctx) { return ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt; }

bool is_free(Ctx ctx, const Item& item, int64_t own_id, Problems& problems) {
    const bool taken =
        ctx.exec("select exists (select from item where ref_key = fold($1::text) and id <> $2)", item.ref, own_id).boolean(0, 0);
    if (taken) problems.add("ref", ctx.tr("Another one has this number."));
    return !taken;
}

void check_text(Ctx ctx, std::string_view field, const std::string& text, std::size_t most, Problems& problems) {
    if (guichet::count_characters(text) > most)
        problems.add(field, guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(most)}));
}

}  // namespace

TypedItem typed(const Item& item, std::string_view language) {
    return {item.ref,
            item.label,
            item.unit,
            form_text(item.unit_price, kPricePlaces, 2, language),
            form_text(item.vat_rate, kPercentPlaces, 0, language),
            item.active};
}

Item check(Ctx ctx, const TypedItem& typed, bool comma_decimals, Problems& problems) {
    Item item{guichet::one_line(typed.ref), guichet::lines(typed.label), guichet::one_line(typed.unit), 0, 0, typed.active};
    if (item.ref.empty()) problems.add("ref", ctx.tr("Enter a number."));
    if (item.label.empty()) problems.add("label", ctx.tr("Say what it is."));
    check_text(ctx, "ref", item.ref, 40, problems);
    check_text(ctx, "label", item.label, 2000, problems);
    check_text(ctx, "unit", item.unit, 20, problems);
    item.unit_price =
        read_decimal(ctx, {"unit_price", kPricePlaces, kMostUnitPrice, true}, typed.unit_price, comma_decimals, problems).value_or(0);
    item.vat_rate = read_decimal(ctx, {"vat_rate", kPercentPlaces, kWhole}, typed.vat_rate, comma_decimals, problems).value_or(0);
    return item;
}

StoredItem get_item(Ctx ctx, int64_t id) {
    const auto rows = guichet::Query{ctx}.sql("select ").sql(kColumns).sql("where id = ").arg(id).run();
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such item"};
    return read(rows, 0);
}

std::optional<Line> find_active_item(Ctx ctx, int64_t id) {
    const auto rows = guichet::Query{ctx}.sql("select ").sql(kColumns).sql("where active and id = ").arg(id).run();
    if (rows.empty()) return std::nullopt;
    const auto item = read(rows, 0).item;
    return Line{.label = item.label, .unit = item.unit, .price = {.unit_price = item.unit_price, .vat_rate = item.vat_rate}, .item_id = id};
}

guichet::Value item_options(Ctx ctx) {
    return ctx
        .exec(
            "select id as value, ref || ' – ' || split_part(label, E'\\n', 1) as label from item where active order by ref_key, id limit "
            "500")
        .value();
}

ItemPage list_items(Ctx ctx, std::string_view words, std::string_view after, int limit) {
    guichet::Query query{ctx};
    query.sql("select ").sql(kColumns).sql("where true");
    if (!words.empty()) query.sql(" and search like '%' || fold(").arg(guichet::like_literal(words)).sql("::text) || '%'");
    if (!after.empty()) query.sql(" and ref_key > fold(").arg(after).sql("::text)");
    const auto rows = query.sql(" order by ref_key, id limit ").arg(limit + 1).run();
    ItemPage page;
    const auto most = static_cast<std::size_t>(limit);
    for (std::size_t i = 0; i < std::min(rows.size(), most); ++i) page.items.push_back(read(rows, i));
    if (rows.size() > most) page.next = page.items.back().item.ref;
    return page;
}

std::optional<int64_t> add_item(Ctx ctx, const Item& item, Problems& problems) {
    if (!is_free(ctx, item, 0, problems)) return std::nullopt;
    return ctx
        .exec(
            "insert into item (ref, label, unit, unit_price, vat_rate, active, created_by, updated_by) values ($1, $2, $3, $4, $5, $6, $7, "
            "$7)"
            " returning id",
            item.ref, item.label, item.unit, item.unit_price, item.vat_rate, item.active, author(ctx))
        .i64(0, 0);
}

bool update_item(Ctx ctx, const StoredItem& stored, const Item& item, Problems& problems) {
    if (!is_free(ctx, item, stored.id, problems)) return false;
    ctx.exec(
        "update item set ref = $2, label = $3, unit = $4, unit_price = $5, vat_rate = $6, active = $7, updated_at = now(), updated_by = $8,"
        " version = version + 1 where id = $1",
        stored.id, item.ref, item.label, item.unit, item.unit_price, item.vat_rate, item.active, author(ctx));
    return true;
}

void remove_item(Ctx ctx, int64_t id) {
    ctx.exec("delete from item where id = $1", id);
    ctx.audit("quotes.item_deleted", "quote_item/" + std::to_string(id));
}

}  // namespace quotes
