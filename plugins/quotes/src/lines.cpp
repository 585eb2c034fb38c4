#include "lines.hpp"

#include <guichet/sdk/custom_fields.hpp>

namespace quotes {

using guichet::Ctx;
using guichet::Problems;
using guichet::Value;

namespace {

constexpr std::size_t kMostLabel = 2000, kMostUnit = 20;
constexpr int kPriceShown = 2;  // decimals of a unit price that are always written

struct Member {
    std::string_view name;
    std::string TypedLine::*text;
};
constexpr Member kMembers[] = {
    {"label", &TypedLine::label},           {"quantity", &TypedLine::quantity}, {"unit", &TypedLine::unit},
    {"unit_price", &TypedLine::unit_price}, {"discount", &TypedLine::discount}, {"vat_rate", &TypedLine::vat_rate},
    {"item_id", &TypedLine::item_id},
};

std::string_view message(Ctx ctx, DecimalFault fault, int places) {
    if (fault == DecimalFault::too_large) return ctx.tr("This number is too large.");
    if (fault == DecimalFault::no_number) return ctx.tr("This is not a number.");
    return ctx.dup(guichet::fill(ctx.tr("Use at most %1 decimals."), {std::to_string(places)}));
}

// Whole numbers and text; anything else is a problem.
std::optional<std::string> number_text(Value value) {
    if (const auto number = value.integer()) return std::to_string(*number);
    if (const auto text = value.text()) return std::string{*text};
    return std::nullopt;
}

TypedLine read_object(Ctx ctx, Value object, const std::string& place, Problems& problems) {
    TypedLine out{.quantity = "1", .discount = "0"};
    for (std::size_t i = 0; i < object.size(); ++i) {
        const auto name = object.key(i);
        const auto* member = std::ranges::find(kMembers, name, &Member::name);
        if (member == std::end(kMembers)) problems.add(ctx.dup(place + std::string{name}), ctx.tr("There is no such member."));
        else if (object[name].is_null()) out.*member->text = "";
        else if (const auto text = number_text(object[name])) out.*member->text = *text;
        else problems.add(ctx.dup(place + std::string{name}), ctx.tr("Give a number as text, such as \"1.50\"."));
    }
    return out;
}

// What a line says, or nothing when something of it is wrong.
std::optional<Line> check_line(Ctx ctx, const TypedLine& typed, const std::string& place, bool comma_decimals, Problems& problems) {
    const auto name = [&](std::string_view member) { return ctx.dup(place + std::string{member}); };
    Line line{.label = guichet::lines(typed.label),
              .unit = guichet::one_line(typed.unit),
              .price = {},
              .item_id = guichet::to_integer(typed.item_id)};
    if (line.label.empty()) problems.add(name("label"), ctx.tr("Say what this line is for."));
    if (guichet::count_characters(line.label) > kMostLabel)
        problems.add(name("label"), guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kMostLabel)}));
    if (guichet::count_characters(line.unit) > kMostUnit)
        problems.add(name("unit"), guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kMostUnit)}));
    const auto decimal = [&](DecimalField field, const std::string& text) {
        field.name = name(field.name);
        return read_decimal(ctx, field, text, comma_decimals, problems);
    };
    const auto quantity = decimal({"quantity", kQuantityPlaces, kMostQuantity}, typed.quantity);
    const auto unit_price = decimal({"unit_price", kPricePlaces, kMostUnitPrice, true}, typed.unit_price.empty() ? "0" : typed.unit_price);
    const auto discount = decimal({"discount", kPercentPlaces, kWhole}, typed.discount.empty() ? "0" : typed.discount);
    const auto vat_rate = decimal({"vat_rate", kPercentPlaces, kWhole}, typed.vat_rate);
    if (!quantity || !unit_price || !discount || !vat_rate) return std::nullopt;
    line.price = {*quantity, *unit_price, *discount, *vat_rate};
    const auto cents = line_cents(line.price);
    if (!cents) problems.add(name("unit_price"), ctx.tr("The amount of this line is too large."));
    line.net_cents = cents.value_or(0);
    return line;
}

void add_totals(Ctx ctx, Lines& lines, Problems& problems) {
    if (lines.lines.size() > kMostLines)
        problems.add("lines", guichet::fill(ctx.tr("A quote has at most %1 lines."), {std::to_string(kMostLines)}));
    std::vector<Price> prices;
    for (const auto& line : lines.lines) prices.push_back(line.price);
    const auto totals = add_up(prices);
    if (!totals) problems.add("lines", ctx.tr("The total is too large."));
    else lines.totals = *totals;
}

std::string place_of(std::size_t i) { return "lines." + std::to_string(i) + "."; }

}  // namespace

std::optional<int64_t> read_decimal(Ctx ctx, const DecimalField& field, std::string_view text, bool comma_decimals, Problems& problems) {
    const auto parsed = parse_decimal(guichet::trim(text), field.places, comma_decimals);
    std::string_view wrong;
    if (parsed.fault != DecimalFault::none) wrong = message(ctx, parsed.fault, field.places);
    else if (parsed.units < 0 && !field.negative) wrong = ctx.tr("This cannot be negative.");
    else if (parsed.units > field.most)
        wrong = field.most == kWhole ? ctx.tr("Enter a percentage from 0 to 100.") : ctx.tr("This number is too large.");
    if (wrong.empty()) return parsed.units;
    problems.add(field.name, wrong);
    return std::nullopt;
}

TypedLine typed(const Line& line, std::string_view language) {
    return {.label = line.label,
            .quantity = form_text(line.price.quantity, kQuantityPlaces, 0, language),
            .unit = line.unit,
            .unit_price = form_text(line.price.unit_price, kPricePlaces, kPriceShown, language),
            .discount = form_text(line.price.discount, kPercentPlaces, 0, language),
            .vat_rate = form_text(line.price.vat_rate, kPercentPlaces, 0, language),
            .item_id = line.item_id ? std::to_string(*line.item_id) : std::string{}};
}

TypedLine blank_line(int64_t vat_rate, std::string_view language) {
    return {.quantity = "1", .discount = "0", .vat_rate = form_text(vat_rate, kPercentPlaces, 0, language)};
}

std::vector<TypedLine> read_form_lines(guichet::Request request) {
    std::vector<TypedLine> out;
    for (std::size_t i = 0; i <= kMostLines && request.form("label", i); ++i) {
        TypedLine line;
        for (const auto& member : kMembers) line.*member.text = request.form(member.name, i).value_or("");
        out.push_back(line);
    }
    return out;
}

Lines check_lines(Ctx ctx, const std::vector<TypedLine>& typed, bool comma_decimals, Problems& problems) {
    Lines out;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (typed[i].is_blank()) continue;
        if (const auto line = check_line(ctx, typed[i], place_of(i), comma_decimals, problems)) out.lines.push_back(*line);
    }
    add_totals(ctx, out, problems);
    return out;
}

Lines read_json_lines(Ctx ctx, Value array, Problems& problems) {
    Lines out;
    if (!array.is_array()) {
        problems.add("lines", ctx.tr("This must be an array of lines."));
        return out;
    }
    for (std::size_t i = 0; i < array.size() && i <= kMostLines; ++i) {
        if (!array[i].is_object()) problems.add("lines", ctx.tr("This must be an array of lines."));
        const auto typed = read_object(ctx, array[i], place_of(i), problems);
        if (const auto line = check_line(ctx, typed, place_of(i), false, problems)) out.lines.push_back(*line);
    }
    add_totals(ctx, out, problems);
    return out;
}

Lines stored_lines(Ctx ctx, int64_t quote_id) {
    const auto rows = ctx.exec(
        "select label, unit, quantity, unit_price, discount::bigint, vat_rate::bigint, item_id, net_cents from line where quote_id = $1"
        " order by position",
        quote_id);
    Lines out;
    std::vector<Price> prices;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        prices.push_back({rows.i64(i, 2), rows.i64(i, 3), rows.i64(i, 4), rows.i64(i, 5)});
        out.lines.push_back(
            {std::string{rows.text(i, 0)}, std::string{rows.text(i, 1)}, prices.back(), rows.maybe_i64(i, 6), rows.i64(i, 7)});
    }
    out.totals = add_up(prices).value_or(Totals{});
    return out;
}

void store_lines(Ctx ctx, int64_t quote_id, const Lines& lines) {
    auto rows = ctx.array();
    for (const auto& line : lines.lines) {
        auto row =
            ctx.object().set("label", line.label).set("unit", line.unit).set("item_id", line.item_id).set("net_cents", line.net_cents);
        row.set("quantity", line.price.quantity).set("unit_price", line.price.unit_price);
        rows.push(row.set("discount", line.price.discount).set("vat_rate", line.price.vat_rate));
    }
    ctx.exec("delete from line where quote_id = $1", quote_id);
    ctx.exec(
        "insert into line (quote_id, position, item_id, label, quantity, unit, unit_price, discount, vat_rate, net_cents)"
        " select $1, l.position, l.item_id, l.label, l.quantity, l.unit, l.unit_price, l.discount, l.vat_rate, l.net_cents"
        " from rows from (jsonb_to_recordset($2::jsonb) as (item_id bigint, label text, quantity bigint, unit text, unit_price bigint,"
        " discount int, vat_rate int, net_cents bigint)) with ordinality l"
        " (item_id, label, quantity, unit, unit_price, discount, vat_rate, net_cents, position)",
        quote_id, guichet::to_json(ctx, rows));
    const auto& totals = lines.totals;
    ctx.exec("update quote set net_cents = $2, vat_cents = $3, gross_cents = $4 where id = $1", quote_id, totals.net_cents,
             totals.vat_cents, totals.gross_cents);
}

Value present_lines(Ctx ctx, const Lines& lines, std::string_view language) {
    auto out = ctx.array();
    for (const auto& line : lines.lines) {
        const auto& price = line.price;
        auto row = ctx.object().set("label", line.label).set("unit", line.unit).set("net", euro_text(line.net_cents, language));
        row.set("quantity", people_text(price.quantity, kQuantityPlaces, 0, language));
        row.set("unit_price", people_text(price.unit_price, kPricePlaces, kPriceShown, language));
        row.set("discount", price.discount ? people_text(price.discount, kPercentPlaces, 0, language) : std::string{});
        out.push(row.set("vat_rate", people_text(price.vat_rate, kPercentPlaces, 0, language)));
    }
    return out;
}

Value present_totals(Ctx ctx, const Totals& totals, std::string_view language) {
    auto rates = ctx.array();
    for (const auto& rate : totals.rates) {
        auto row = ctx.object().set("rate", people_text(rate.vat_rate, kPercentPlaces, 0, language));
        rates.push(row.set("net", euro_text(rate.net_cents, language)).set("vat", euro_text(rate.vat_cents, language)));
    }
    auto out = ctx.object().set("rates", rates).set("net", euro_text(totals.net_cents, language));
    return out.set("vat", euro_text(totals.vat_cents, language)).set("gross", euro_text(totals.gross_cents, language));
}

}  // namespace quotes
