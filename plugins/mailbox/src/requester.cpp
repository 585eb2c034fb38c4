#include "requester.hpp"

#include <directory/accounts_v1.h>

namespace mailbox {

using guichet::Value;

void add_requester(guichet::Ctx ctx, std::string_view address, Value& ticket) {
    const auto accounts = ctx.service<directory_accounts_v1>(DIRECTORY_ACCOUNTS, 1, 1);
    if (!accounts) return;
    guichet_value* out = nullptr;
    accounts(&directory_accounts_v1::find_by_email, guichet::str(address), &out);
    const Value found{ctx.raw(), out};
    if (found.size() == 0) return;
    const auto first = found[std::size_t{0}];
    for (std::size_t i = 1; i < found.size(); ++i)
        if (found[i]["account_id"].integer() != first["account_id"].integer()) return;  // several: an agent chooses
    ticket.set("account_id", first["account_id"]);
    if (const auto contact = first["contact_id"].integer()) ticket.set("contact_id", *contact);
    if (const auto language = first["language"].text()) ticket.set("language", *language);
}

}  // namespace mailbox
