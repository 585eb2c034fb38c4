#include "pages/user_choices.hpp"

#include "auth/profiles.hpp"
#include "auth/teams.hpp"
#include "pages/profile_name.hpp"

#include <algorithm>

namespace host::pages {

using base::Value;
using web::Call;

Value* choice(Call& call, std::string_view value, std::string_view label) {
    auto* option = Value::object(call.ctx.arena);
    option->set("value", value);
    option->set("label", label);
    return option;
}

const Value* language_choices(Call& call) {
    auto* languages = Value::array(call.ctx.arena);
    languages->push(choice(call, "fr", "Français"));
    languages->push(choice(call, "en", "English"));
    return languages;
}

const Value* profile_choices(Call& call, db::Connection& connection, std::int64_t current) {
    auto* out = Value::array(call.ctx.arena);
    for (const auto& profile : auth::read_profiles(connection))
        if (profile.id == current || auth::covers(connection, call.ctx.principal, profile.id))
            out->push(choice(call, std::to_string(profile.id), profile_name(call, profile.code, profile.name)));
    return out;
}

const Value* team_choices(Call& call, db::Connection& connection, const std::vector<std::int64_t>& chosen) {
    auto* out = Value::array(call.ctx.arena);
    for (const auto& team : auth::read_teams(connection)) {
        const bool is_chosen = std::ranges::find(chosen, team.id) != chosen.end();
        if (!team.active && !is_chosen) continue;
        auto* entry = out->add_object({});
        entry->set("id", team.id);
        entry->set("name", std::string_view{team.name});
        entry->set("active", team.active);
        entry->set("chosen", is_chosen);
    }
    return out;
}

}  // namespace host::pages
