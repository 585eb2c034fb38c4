#include "access.hpp"

namespace timesheet {

void add_access(guichet::Query& query, std::string_view permission) {
    const auto ctx = query.ctx();
    const auto level = ctx.level(permission);
    if (level == GUICHET_LEVEL_ALL) query.sql("true");
    else if (level == GUICHET_LEVEL_NONE) query.sql("false");
    else if (level == GUICHET_LEVEL_OWN) query.sql("e.user_id = ").arg(ctx.user_id());
    else
        query.sql("(e.user_id = ")
            .arg(ctx.user_id())
            .sql(" or e.user_id in (select m.user_id from core.team_member_v1 m where m.team_id = any(")
            .arg(ctx.teams_literal())
            .sql("::bigint[])))");
}

}  // namespace timesheet
