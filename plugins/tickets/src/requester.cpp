#include "requester.hpp"

namespace tickets {

std::optional<Requester> requester_of(const Ticket& ticket) {
    struct Source {
        std::string_view name, email;
    };
    for (const auto& [name, email] :
         {Source{"contact_name", "contact_email"}, Source{"account_name", "account_email"}, Source{"requester_name", "requester_email"}}) {
        const auto address = ticket.row[email].text().value_or("");
        if (guichet::is_email(address))
            return Requester{std::string{name.empty() ? "" : ticket.row[name].text().value_or("")}, std::string{address}};
    }
    return std::nullopt;
}

}  // namespace tickets
