#include "access.hpp"

namespace calendar {

void add_of_user(guichet::Query& query, int64_t user_id) {
    query.sql("(e.owner_id = ").arg(user_id);
    query.sql(" or exists (select from attendee a where a.event_id = coalesce(e.series_id, e.id) and a.user_id = ").arg(user_id).sql("))");
}

void add_of_team(guichet::Query& query, int64_t team_id) {
    query.sql("exists (select from core.team_member_v1 m where m.team_id = ").arg(team_id);
    query.sql(" and (m.user_id = e.owner_id or exists (select from attendee a where a.event_id = coalesce(e.series_id, e.id)");
    query.sql(" and a.user_id = m.user_id)))");
}

void add_permitted(guichet::Query& query, std::string_view permission) {
    const auto ctx = query.ctx();
    const auto level = ctx.level(permission);
    if (level == GUICHET_LEVEL_ALL || level == GUICHET_LEVEL_NONE) {
        query.sql(level == GUICHET_LEVEL_ALL ? "true" : "false");
        return;
    }
    query.sql("(");
    add_of_user(query, ctx.user_id());
    if (level == GUICHET_LEVEL_TEAM)
        query.sql(" or e.owner_id in (select user_id from core.team_member_v1 where team_id = any(")
            .arg(ctx.teams_literal())
            .sql("::bigint[]))");
    query.sql(")");
}

void add_details(guichet::Query& query) {
    const auto user = query.ctx().user_id();
    if (user < 0) {  // jobs and subscriptions
        query.sql("true");
        return;
    }
    query.sql("(not e.private or ");
    add_of_user(query, user);
    query.sql(")");
}

}  // namespace calendar
