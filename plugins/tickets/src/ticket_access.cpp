#include "ticket_access.hpp"

namespace tickets {

Access::Access(guichet::Ctx ctx, std::string_view permission) {
    const auto level = ctx.level(permission);
    if (level == GUICHET_LEVEL_ALL) conditions_ = {{"true", std::nullopt}};
    if (level == GUICHET_LEVEL_ALL || level == GUICHET_LEVEL_NONE) return;
    conditions_ = {{"t.assignee_id = ", ctx.user_id()}, {"t.created_by = ", ctx.user_id()}};
    if (level != GUICHET_LEVEL_TEAM) return;
    const auto teams = ctx.team_ids();
    for (std::size_t i = 0; i < teams.size(); ++i) conditions_.push_back({"t.team_id = ", teams[i].integer()});
}

void Access::add_way(guichet::Query& query, std::size_t way) const {
    query.sql(conditions_[way].text);
    if (conditions_[way].id) query.arg(*conditions_[way].id);
}

void Access::add_any(guichet::Query& query) const {
    query.sql("(");
    for (std::size_t i = 0; i < ways(); ++i) {
        query.sql(i ? " or " : "");
        add_way(query, i);
    }
    query.sql(ways() == 0 ? "false)" : ")");
}

void add_readable_by(guichet::Query& query, std::string_view user_column) {
    query.sql("exists (select from core.user_level_v1 l where l.user_id = ").sql(user_column);
    query.sql(" and l.permission in ('*', ").arg(kRead).sql("::text) and (l.level = ").arg(int64_t{GUICHET_LEVEL_ALL});
    query.sql(" or t.assignee_id = l.user_id or t.created_by = l.user_id or (l.level = ").arg(int64_t{GUICHET_LEVEL_TEAM});
    query.sql(" and t.team_id in (select m.team_id from core.team_member_v1 m where m.user_id = l.user_id))))");
}

}  // namespace tickets
