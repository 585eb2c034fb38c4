#include "recognise.hpp"

#include <directory/accounts_v1.h>

namespace public_form {

using guichet::Value;

std::string normalised_email(std::string_view typed) {
    auto email = guichet::one_line(typed);
    std::ranges::transform(email, email.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return guichet::is_email(email) ? email : std::string{};
}

Recognised recognise(guichet::Ctx ctx, std::string_view email) {
    Recognised out;
    const auto accounts = ctx.service<directory_accounts_v1>(DIRECTORY_ACCOUNTS, 1, 1);
    if (!accounts || email.empty()) return out;
    guichet_value* found = nullptr;
    accounts(&directory_accounts_v1::find_by_email, guichet::str(email), &found);
    const Value all{ctx.raw(), found};
    std::size_t contacts = 0;
    while (contacts < all.size() && all[contacts]["contact_id"].integer()) ++contacts;
    // contacts come before accounts, and one account may be there with several contacts
    const std::size_t of = contacts > 0 ? contacts : all.size();
    for (std::size_t i = 1; i < of; ++i)
        if (all[i]["account_id"].integer() != all[0]["account_id"].integer()) out.several = true;
    if (of == 0 || out.several) return out;
    out.account_id = all[0]["account_id"].integer();
    if (contacts == 1) out.contact_id = all[0]["contact_id"].integer();
    return out;
}

}  // namespace public_form
