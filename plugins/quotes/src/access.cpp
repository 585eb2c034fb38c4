#include "access.hpp"

namespace quotes {

Access::Access(guichet::Ctx ctx, std::string_view permission) {
    const auto level = ctx.level(permission);
    if (level == GUICHET_LEVEL_ALL) ways_ = {{"true", std::nullopt}};
    if (level == GUICHET_LEVEL_ALL || level == GUICHET_LEVEL_NONE) return;
    ways_ = {{"q.owner_id = ", ctx.user_id()}};
    if (level != GUICHET_LEVEL_TEAM) return;
    const auto teams = ctx.team_ids();
    for (std::size_t i = 0; i < teams.size(); ++i) ways_.push_back({"q.team_id = ", teams[i].integer()});
}

void Access::add_way(guichet::Query& query, std::size_t way) const {
    query.sql(ways_[way].condition);
    if (ways_[way].id) query.arg(*ways_[way].id);
}

void Access::add_any(guichet::Query& query) const {
    query.sql("(");
    for (std::size_t way = 0; way < ways(); ++way) {
        query.sql(way ? " or " : "");
        add_way(query, way);
    }
    query.sql(ways() == 0 ? "false)" : ")");
}

}  // namespace quotes
