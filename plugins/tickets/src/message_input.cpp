#include "message_input.hpp"

#include "people.hpp"

namespace tickets {

NewMessage check_message(const Call& call, std::string_view body, std::string_view visibility, std::string_view to_user,
                         guichet::Problems& problems) {
    NewMessage out{guichet::lines(body), std::string{visibility}, std::nullopt};
    if (out.body.empty()) problems.add("body", call.tr("Enter a message."));
    else if (guichet::count_characters(out.body) > kLongestMessage)
        problems.add("body", guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(kLongestMessage)}));
    if (visibility != "public" && visibility != "team" && visibility != "private")
        problems.add("visibility", call.tr("Say who may read the message."));
    if (visibility != "private") {
        if (!to_user.empty()) problems.add("to_user", call.tr("Only a private message has a recipient."));
        return out;
    }
    if (!to_user.empty()) out.to_user = find_user(call, to_user);
    if (!out.to_user) problems.add("to_user", call.tr(to_user.empty() ? "Choose the recipient." : "There is no such user."));
    return out;
}

}  // namespace tickets
