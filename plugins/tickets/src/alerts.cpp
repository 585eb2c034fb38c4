#include "alerts.hpp"

namespace tickets {
namespace {

void audit(const Call& call, std::string_view what, std::string_view value) {
    call.ctx.audit("tickets.alerts_changed", "alerts", call.ctx.object().set(what, value));
}

void store_user(const Call& call, int64_t user_id) {
    const auto added = call.ctx.exec("insert into alert_recipient (user_id, created_by) values ($1, $2) on conflict (user_id) do nothing",
                                     user_id, call.author());
    if (added.affected() > 0) audit(call, "added", std::to_string(user_id));
}

void store_address(const Call& call, std::string_view address) {
    if (address == alert_address(call)) return;
    call.ctx.exec("delete from alert_recipient where address is not null");
    if (!address.empty()) call.ctx.exec("insert into alert_recipient (address, created_by) values ($1, $2)", address, call.author());
    audit(call, "address", address);
}

}  // namespace

guichet::Value alerted_users(const Call& call) {
    const auto rows = call.ctx
                          .exec(
                              "select a.user_id, u.login, a.name, a.email from alert_v1 a join core.user_v1 u on u.id = a.user_id order by "
                              "lower(a.name), a.user_id")
                          .value();
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        out.push(row.set("usable", guichet::is_email(row["email"].text().value_or(""))));
    }
    return out;
}

std::string alert_address(const Call& call) {
    const auto rows = call.ctx.exec("select email from alert_v1 where user_id is null");
    return rows.empty() ? std::string{} : std::string{rows.text(0, 0)};
}

void add_alerted_user(const Call& call, int64_t user_id) {
    guichet::Tx tx{call.ctx};
    store_user(call, user_id);
    tx.commit();
}

void remove_alerted_user(const Call& call, int64_t user_id) {
    guichet::Tx tx{call.ctx};
    if (call.ctx.exec("delete from alert_recipient where user_id = $1", user_id).affected() > 0)
        audit(call, "removed", std::to_string(user_id));
    tx.commit();
}

void set_alert_address(const Call& call, std::string_view address) {
    guichet::Tx tx{call.ctx};
    store_address(call, address);
    tx.commit();
}

void set_alerts(const Call& call, const std::vector<int64_t>& users, std::string_view address) {
    guichet::Tx tx{call.ctx};
    const auto gone =
        call.ctx.exec("delete from alert_recipient where user_id is not null and user_id <> all($1::bigint[]) returning user_id",
                      guichet::array_literal(users));
    for (std::size_t i = 0; i < gone.size(); ++i) audit(call, "removed", std::to_string(gone.i64(i, 0)));
    for (const auto user : users) store_user(call, user);
    store_address(call, address);
    tx.commit();
}

}  // namespace tickets
