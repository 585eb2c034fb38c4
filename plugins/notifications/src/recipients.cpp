#include "recipients.hpp"

#include "preferences.hpp"

namespace notifications {

using guichet::Value;

namespace {

// Rows of (user_id) or (user_id, address).
std::vector<Target> listed(const guichet::Rows& rows, bool with_address = false) {
    std::vector<Target> out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto user = rows.maybe_i64(i, 0);
        out.push_back({user, user || !with_address ? std::string{} : std::string{rows.text(i, 1)}});
    }
    return out;
}

std::vector<Target> one(std::optional<int64_t> user) {
    if (!user) return {};
    return {{user, {}}};
}

std::vector<Target> one_address(std::string_view address) {
    if (!guichet::is_email(address)) return {};
    return {{std::nullopt, std::string{address}}};
}

std::vector<Target> named(Value users) {
    std::vector<Target> out;
    for (std::size_t i = 0; i < users.size(); ++i) out.push_back({users[i].integer(), {}});
    return out;
}

std::vector<Target> members(guichet::Ctx ctx, std::optional<int64_t> team) {
    return listed(
        ctx.exec("select m.user_id from core.team_member_v1 m join core.team_v1 t on t.id = m.team_id where t.active and t.id = $1"
                 " order by m.user_id",
                 team));
}

}  // namespace

std::vector<Target> targets_of(guichet::Ctx ctx, const Recipient& recipient, Value ticket) {
    const auto& kind = recipient.kind;
    if (kind == "assignee") return one(ticket["assignee_id"].integer());
    if (kind == "in_charge") return one(ticket["in_charge_id"].integer());
    if (kind == "ticket_team") return members(ctx, ticket["team_id"].integer());
    if (kind == "watchers")
        return listed(ctx.exec("select user_id from tickets.watcher_v1 where ticket_id = $1 order by user_id", ticket["id"].integer()));
    if (kind == "alert_list") return listed(ctx.exec("select user_id, email from tickets.alert_v1 order by id"), true);
    if (kind == "managers")
        return listed(
            ctx.exec("select distinct user_id from core.user_level_v1 where permission in ('*', 'notifications.manager') order by 1"));
    if (kind == "fallback") return one_address(ctx.settings()["fallback_address"].text().value_or(""));
    if (kind == "named") return named(ticket["named"]);
    if (kind == "user") return one(recipient.user);
    if (kind == "team") return members(ctx, recipient.team);
    return one_address(recipient.address);
}

std::map<int64_t, Person> read_people(guichet::Ctx ctx, const std::vector<int64_t>& ids, std::string_view occasion) {
    const auto usual = usual_channel(ctx, occasion);
    const auto rows = ctx.exec(
        "select u.id, u.name, coalesce(u.email, ''), coalesce(p.channel, $3), d.user_id is not null,"
        " exists (select from core.user_level_v1 l where l.user_id = u.id and l.permission in ('*', 'notifications.receive'))"
        " from core.user_v1 u left join preference p on p.user_id = u.id and p.event = $2 left join digest_reader d on d.user_id = u.id"
        " where u.active and u.id = any($1::bigint[])",
        guichet::array_literal(ids), occasion, usual);
    std::map<int64_t, Person> out;
    for (std::size_t i = 0; i < rows.size(); ++i)
        out[rows.i64(i, 0)] = {
            rows.i64(i, 0),    std::string{rows.text(i, 1)}, std::string{rows.text(i, 2)}, std::string{rows.text(i, 3)}, rows.boolean(i, 4),
            rows.boolean(i, 5)};
    return out;
}

}  // namespace notifications
