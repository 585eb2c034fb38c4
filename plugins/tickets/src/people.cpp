#include "people.hpp"

namespace tickets {
namespace {

std::optional<int64_t> find(guichet::Value people, std::string_view name, std::string_view typed) {
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto id = people[i]["id"].integer();
        if (id && (typed == std::to_string(*id) || typed == people[i][name].text())) return id;
    }
    return std::nullopt;
}

// The cache of the host may be a moment behind: who is not in it is looked for in the table.
std::optional<int64_t> stored(guichet::Ctx ctx, std::string_view sql, std::string_view typed) {
    const auto rows = ctx.exec(sql, typed);
    return rows.empty() ? std::nullopt : std::optional{rows.i64(0, 0)};
}

}  // namespace

std::optional<int64_t> find_user(const Call& call, std::string_view typed) {
    if (typed == "me") return call.author();
    if (const auto id = find(call.ctx.users(), "login", typed)) return id;
    return stored(call.ctx, "select id from core.user_v1 where active and (login = $1 or id::text = $1)", typed);
}

std::optional<int64_t> find_team(const Call& call, std::string_view typed) {
    if (const auto id = find(call.ctx.teams(), "name", typed)) return id;
    return stored(call.ctx, "select id from core.team_v1 where active and (name = $1 or id::text = $1)", typed);
}

std::string own_name(const Call& call) {
    const auto rows = call.ctx.exec("select name from core.user_v1 where id = $1", call.ctx.user_id());
    return rows.empty() ? std::string{} : std::string{rows.text(0, 0)};
}

}  // namespace tickets
