#include "present.hpp"

#include "account_store.hpp"
#include "contract_store.hpp"
#include "draft.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

void add_choice(Value row, std::string_view member, Value choices) {
    const auto code = row[member].text().value_or("");
    const std::string name{member};
    row.set(name + "_label", label_of(choices, code));
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (choices[i]["value"].text() == code) row.set(name + "_color", choices[i]["color"]);
}

void add_dial(Value row, std::string_view member) {
    std::string url = "tel:";
    for (const char c : row[member].text().value_or(""))
        if (c == '+' || (c >= '0' && c <= '9')) url += c;
    row.set(std::string{member} + "_url", url);
}

}  // namespace

std::string account_path(int64_t id) { return "/accounts/" + std::to_string(id); }
std::string contact_path(int64_t id) { return "/contacts/" + std::to_string(id); }

void present_account(Ctx ctx, Value account) {
    add_choice(account, "type", account_types(ctx));
    add_dial(account, "phone");
}

void present_contact(Value contact) {
    add_dial(contact, "phone");
    add_dial(contact, "mobile");
}

void present_contract(Ctx ctx, Value contract) { add_choice(contract, "status", contract_statuses(ctx)); }

void present_contract_line(Ctx ctx, Value line) {
    present_contract(ctx, line);
    const auto number = [&](std::string_view member, Kind kind) { return for_form(ctx, kind, as_text(line[member])); };
    line.set("quantity_text", number("quantity", Kind::decimal));
    line.set("price_text", number("unit_price_cents", Kind::hundredths)).set("vat_text", number("vat_rate", Kind::hundredths));
}

Value custom_of(Ctx ctx, const Entity& entity, Value row) {
    return guichet::page_sections(ctx, guichet::field_controls(ctx, entity.object, guichet::kEveryAudience, row["custom"]));
}

void present_authors(Ctx ctx, Value row) {
    const auto rows = ctx.exec("select (select name from core.user_v1 where id = $1::bigint),"
                               " (select name from core.user_v1 where id = $2::bigint)",
                               row["created_by"].integer(), row["updated_by"].integer());
    row.set("created_name", rows.maybe_text(0, 0));
    row.set("updated_name", rows.maybe_text(0, 1));
}

}  // namespace directory
