#include "access.hpp"

namespace directory {

void add_access(guichet::Query& query, std::string_view permission) {
    const auto ctx = query.ctx();
    switch (ctx.level(permission)) {
        case GUICHET_LEVEL_ALL:
            query.sql("true");
            return;
        case GUICHET_LEVEL_TEAM:
            query.sql("a.created_by = any(").arg(ctx.user_id());
            query.sql("::bigint || array(select user_id from core.team_member_v1 where team_id = any(");
            query.arg(ctx.teams_literal()).sql("::bigint[])))");
            return;
        case GUICHET_LEVEL_OWN:
            query.sql("a.created_by = ").arg(ctx.user_id());
            return;
        default:
            query.sql("false");
    }
}

void add_account_access(guichet::Query& query, std::string_view account_id, std::string_view permission) {
    if (query.ctx().level(permission) == GUICHET_LEVEL_ALL) return;
    query.sql(" and ").sql(account_id).sql(" in (select a.id from account a where ");
    add_access(query, permission);
    query.sql(")");
}

bool may(guichet::Ctx ctx, std::string_view permission, int64_t account_id) {
    const auto level = ctx.level(permission);
    if (level == GUICHET_LEVEL_NONE || level == GUICHET_LEVEL_ALL) return level == GUICHET_LEVEL_ALL;
    guichet::Query query{ctx};
    query.sql("select from account a where a.id = ").arg(account_id).sql(" and ");
    add_access(query, permission);
    return !query.run().empty();
}

void require(guichet::Ctx ctx, std::string_view permission, int64_t account_id) {
    if (!may(ctx, permission, account_id)) throw guichet::Error{GUICHET_E_DENIED, "no permission on this account"};
}

}  // namespace directory
