#include "message_input.hpp"

#include "people.hpp"

namespace tickets {
namespace {

std::optional<int64_t> check_recipient(const Call& call, std::string_view typed, guichet::Problems& problems) {
    const auto user = typed.empty() ? std::nullopt : find_user(call, typed);
    if (!user) problems.add("to_user", call.tr(typed.empty() ? "Choose the recipient." : "There is no such user."));
    return user;
}

}  // namespace

Draft typed_draft(guichet::Request request) {
    const auto text = [&](std::string_view name) { return std::string{request.form(name).value_or("")}; };
    return {guichet::lines(text("body")), text("visibility"), text("to_user"), text("by_mail") == "1"};
}

void check_body(const Call& call, std::string_view body, guichet::Problems& problems) {
    if (body.empty()) problems.add("body", call.tr("Enter a message."));
    else if (guichet::count_characters(body) > kLongestMessage)
        problems.add("body", guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(kLongestMessage)}));
}

NewMessage check_message(const Call& call, const Draft& typed, guichet::Problems& problems) {
    NewMessage out{guichet::lines(typed.body), typed.visibility, std::nullopt, false};
    check_body(call, out.body, problems);
    if (out.visibility == "private") out.to_user = check_recipient(call, typed.to_user, problems);
    else if (out.visibility == "team") out.by_mail = typed.by_mail;
    else if (out.visibility != "public") problems.add("visibility", call.tr("Say who may read the message."));
    return out;
}

}  // namespace tickets
