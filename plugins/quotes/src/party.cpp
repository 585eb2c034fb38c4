#include "party.hpp"

#include <directory/accounts_v1.h>

namespace quotes {

using guichet::Ctx;
using guichet::Value;

namespace {

// Empty where the service has nothing for this user.
template <class F>
Value ask(Ctx ctx, F&& call) {
    const auto accounts = ctx.service<directory_accounts_v1>(DIRECTORY_ACCOUNTS, 1, 0);
    guichet_value* out = nullptr;
    try {
        if (accounts) call(accounts, &out);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND && error.code() != GUICHET_E_DENIED) throw;
    }
    return {ctx.raw(), out};
}

Value find_contact(Ctx ctx, int64_t id) {
    return ask(ctx, [&](auto& accounts, auto* out) { accounts(&directory_accounts_v1::find_contact, id, out); });
}

void fill(std::string& text, Value value) {
    if (text.empty()) text = value.text().value_or("");
}

std::string address_of(Ctx ctx, int64_t account_id) {
    const auto rows = ctx.exec(
        "select concat_ws(E'\\n', nullif(address, ''), nullif(concat_ws(' ', zip, town), ''),"
        " case when lower(country) <> 'france' then nullif(country, '') end) from directory.account_v1 where id = $1",
        account_id);
    return rows.empty() ? std::string{} : std::string{rows.maybe_text(0, 0).value_or("")};
}

}  // namespace

Value find_account(Ctx ctx, int64_t id) {
    return ask(ctx, [&](auto& accounts, auto* out) { accounts(&directory_accounts_v1::find_account, id, out); });
}

void fill_in_party(Ctx ctx, Header& header, guichet::Problems& problems) {
    const auto contact = header.contact_id ? find_contact(ctx, *header.contact_id) : Value{};
    if (header.contact_id && !contact) problems.add("contact_id", ctx.tr("There is no such contact."));
    if (!header.account_id) header.account_id = contact["account_id"].integer();
    if (contact && contact["account_id"].integer() != header.account_id)
        problems.add("contact_id", ctx.tr("This contact is not one of the account."));
    const auto account = header.account_id ? find_account(ctx, *header.account_id) : Value{};
    if (header.account_id && !account) problems.add("account_id", ctx.tr("There is no such account."));
    if (!account) return;
    fill(header.customer, account["name"]);
    fill(header.email, contact["email"]);
    fill(header.email, account["email"]);
    if (const auto language = contact["language"].text()) header.language = *language;
    if (header.address.empty()) header.address = address_of(ctx, *header.account_id);
}

Value account_options(Ctx ctx, std::string_view words) {
    const auto found =
        ask(ctx, [&](auto& accounts, auto* out) { accounts(&directory_accounts_v1::search_accounts, guichet::str(words), 20, out); });
    auto out = ctx.array();
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto label = std::string{found[i]["name"].text().value_or("")};
        if (const auto town = found[i]["town"].text()) label.append(" – ").append(*town);
        out.push(ctx.object().set("value", found[i]["id"]).set("label", label));
    }
    return out;
}

Value contacts_of(Ctx ctx, int64_t account_id) {
    return ask(ctx, [&](auto& accounts, auto* out) { accounts(&directory_accounts_v1::contacts_of, account_id, out); });
}

}  // namespace quotes
