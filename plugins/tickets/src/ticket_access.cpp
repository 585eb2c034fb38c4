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

}  // namespace tickets
