#include "access.hpp"

namespace interventions {
namespace {

// The user, and of level team the members of his teams.
void add_people(guichet::Query& query, int32_t level) {
    const auto ctx = query.ctx();
    query.sql("any(").arg(ctx.user_id()).sql("::bigint || array(select user_id from core.team_member_v1 where team_id = any(");
    query.arg(level == GUICHET_LEVEL_TEAM ? ctx.teams_literal() : std::string{"{}"}).sql("::bigint[])))");
}

}  // namespace

void add_account_access(guichet::Query& query, std::string_view account_id, std::string_view permission) {
    const auto level = query.ctx().level(permission);
    if (level == GUICHET_LEVEL_ALL) return;
    if (level == GUICHET_LEVEL_NONE) {
        query.sql(" and false");
        return;
    }
    query.sql(" and ").sql(account_id).sql(" in (select a.id from directory.account_v1 a where a.created_by = ");
    add_people(query, level);
    query.sql(")");
}

bool may_on_account(guichet::Ctx ctx, std::string_view permission, int64_t account_id) {
    guichet::Query query{ctx};
    query.sql("select from directory.account_v1 x where x.id = ").arg(account_id);
    add_account_access(query, "x.id", permission);
    return !query.run().empty();
}

void require_on_account(guichet::Ctx ctx, std::string_view permission, int64_t account_id) {
    if (!may_on_account(ctx, permission, account_id)) throw guichet::Error{GUICHET_E_DENIED, "no permission on this account"};
}

void add_access(guichet::Query& query, std::string_view permission) {
    const auto level = query.ctx().level(permission);
    if (level == GUICHET_LEVEL_ALL || level == GUICHET_LEVEL_NONE) {
        query.sql(level == GUICHET_LEVEL_ALL ? "true" : "false");
        return;
    }
    query.sql("(i.created_by = ");
    add_people(query, level);
    query.sql(" or exists (select from technician t where t.intervention_id = i.id and t.user_id = ");
    add_people(query, level);
    query.sql("))");
}

bool may(guichet::Ctx ctx, std::string_view permission, int64_t intervention_id) {
    guichet::Query query{ctx};
    query.sql("select from intervention i where i.id = ").arg(intervention_id).sql(" and ");
    add_access(query, permission);
    return !query.run().empty();
}

void require(guichet::Ctx ctx, std::string_view permission, int64_t intervention_id) {
    if (!may(ctx, permission, intervention_id)) throw guichet::Error{GUICHET_E_DENIED, "no permission on this intervention"};
}

}  // namespace interventions
