#include "canned_input.hpp"

#include "message_store.hpp"
#include "people.hpp"

namespace tickets {
namespace {

constexpr std::size_t kLongestName = 100;

void check_text(const Call& call, std::string_view field, std::string_view text, std::size_t most, std::string_view missing,
                guichet::Problems& problems) {
    if (text.empty()) problems.add(field, call.tr(missing));
    else if (guichet::count_characters(text) > most)
        problems.add(field, guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(most)}));
}

}  // namespace

CannedReply check_reply(const Call& call, const TypedReply& typed, std::optional<int64_t> stored_team, guichet::Problems& problems) {
    CannedReply out{guichet::one_line(typed.name), guichet::lines(typed.body), std::nullopt, typed.active};
    check_text(call, "name", out.name, kLongestName, "Enter a name.", problems);
    check_text(call, "body", out.body, kLongestMessage, "Enter a text.", problems);
    if (const auto unknown = unknown_placeholders(out.body); !unknown.empty())
        problems.add("body", guichet::fill(call.tr("There is no placeholder %1."), {unknown.front()}));
    const bool kept = stored_team && guichet::to_integer(typed.team) == stored_team;  // a team that is gone may stay
    if (!typed.team.empty()) out.team = kept ? stored_team : find_team(call, typed.team);
    if (!typed.team.empty() && !out.team) problems.add("team", call.tr("There is no such team."));
    return out;
}

}  // namespace tickets
