#include "webhook_delivery.hpp"

#include "http_post.hpp"
#include "webhook_secret.hpp"
#include "webhook_store.hpp"

namespace notifications {

using guichet::Value;

namespace {

constexpr int64_t kMostAttempts = 10;  // about 4 hours and 15 minutes
constexpr int kAtOnce = 100;

struct Delivery {
    int64_t id, attempt, fence;
    std::string event, body;
};

std::optional<Delivery> claim(guichet::Ctx ctx, int64_t webhook) {
    const auto rows = ctx.exec(
        "update webhook_delivery set state = 'leased', attempt = attempt + 1, fence = fence + 1,"
        " lease_until = clock_timestamp() + interval '60 s' where id = (select d.id from webhook_delivery d where d.webhook_id = $1"
        " and ((d.state = 'ready' and d.next_at <= clock_timestamp()) or (d.state = 'leased' and d.lease_until < clock_timestamp()))"
        " order by d.id limit 1 for update skip locked) returning id, attempt, fence, event, body",
        webhook);
    if (rows.empty()) return std::nullopt;
    return Delivery{rows.i64(0, 0), rows.i64(0, 1), rows.i64(0, 2), std::string{rows.text(0, 3)}, std::string{rows.text(0, 4)}};
}

std::vector<std::string> internal_hosts(guichet::Ctx ctx) {
    std::vector<std::string> out;
    const auto listed = ctx.settings()["webhook_internal_hosts"];
    for (std::size_t i = 0; i < listed.size(); ++i) out.emplace_back(guichet::trim(listed[i].text().value_or("")));
    return out;
}

HttpAnswer attempt(guichet::Ctx ctx, const Webhook& webhook, const Delivery& delivery) {
    using Problem = guichet::OutgoingAddress::Problem;
    const auto url = guichet::parse_outgoing_url(webhook.url);
    if (!url) return {0, "the address is not one that can be called", 0};
    const auto to = guichet::resolve_outgoing(*url, internal_hosts(ctx));
    if (to.problem == Problem::unknown) return {0, "the host is not known", 0};
    if (to.problem == Problem::internal) return {0, "the host is internal and not listed in the settings", 0};
    const auto now_s = ctx.now().us / 1'000'000;
    const auto answer =
        http_post(*url, to.address,
                  {{"Content-Type", "application/json"},
                   {"User-Agent", "Guichet"},
                   {"Guichet-Event", delivery.event},
                   {"Guichet-Delivery", std::to_string(delivery.id)},
                   {"Guichet-Signature", signature(webhook_secret(stored_key(ctx), webhook.id, webhook.generation), now_s, delivery.body)}},
                  delivery.body, std::string{ctx.settings()["webhook_ca_file"].text().value_or("")});
    if (answer.status / 100 == 3) return {answer.status, "redirects are not followed", answer.duration_ms};
    return answer;
}

// Nothing has reached it since this delivery was written: whoever set it up has to look.
void switch_off(guichet::Ctx ctx, const Webhook& webhook, const Delivery& delivery, const std::string& error) {
    const auto off = ctx.exec(
        "update webhook w set active = false, switched_off = $3, version = version + 1 where w.id = $1 and w.active"
        " and not exists (select from webhook_delivery d join webhook_delivery given_up on given_up.id = $2"
        " where d.webhook_id = w.id and d.state = 'done' and d.finished_at > given_up.created_at)",
        webhook.id, delivery.id, error);
    if (off.affected() == 0) return;
    ctx.audit("notifications.webhook_changed", "webhook/" + std::to_string(webhook.id), ctx.object().set("change", "switched off"));
    const auto people = ctx.exec(
        "insert into notice (delivery_id, user_id, event, actor_id, data, mail) select distinct -$1::bigint, l.user_id, 'webhook_off', "
        "-1::bigint,"
        " jsonb_build_object('webhook', $2::bigint, 'name', $3::text), 'done' from core.user_level_v1 l"
        " where l.permission in ('*', 'notifications.webhooks') on conflict do nothing returning user_id",
        delivery.id, webhook.id, webhook.name);
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto user = ctx.exec("select email, name, language from core.user_v1 where id = $1", people.i64(i, 0)).row(0);
        if (!guichet::is_email(user["email"].text().value_or(""))) continue;
        auto envelope = ctx.object().set("to", user["email"]).set("to_name", user["name"]);
        if (user["language"].text()) envelope.set("language", user["language"]);
        envelope.set("headers", ctx.object().set("Auto-Submitted", "auto-generated"));
        ctx.send_mail(
            "notifications.webhook_off", envelope,
            ctx.object().set("name", webhook.name).set("error", ctx.tr(error)).set("url", "/admin/webhooks/" + std::to_string(webhook.id)));
    }
}

void record(guichet::Ctx ctx, const Webhook& webhook, const Delivery& delivery, const HttpAnswer& answer) {
    const bool done = answer.status / 100 == 2, over = !done && delivery.attempt >= kMostAttempts;
    guichet::Tx tx{ctx};
    ctx.exec("insert into webhook_attempt (delivery_id, status, duration_ms, error) values ($1, nullif($2, 0), $3, left($4, 500))",
             delivery.id, answer.status, answer.duration_ms, answer.error);
    const auto mine = ctx.exec(
        "update webhook_delivery set state = $3, lease_until = null, next_at = clock_timestamp()"
        " + least(interval '6 hours', interval '30 s' * 2 ^ (attempt - 1)) * (0.9 + random() * 0.2),"
        " finished_at = case when $3 in ('done', 'dead') then clock_timestamp() end where id = $1 and fence = $2",
        delivery.id, delivery.fence,
        done   ? "done"
        : over ? "dead"
               : "ready");
    if (over && mine.affected() > 0)
        switch_off(ctx, webhook, delivery, answer.error.empty() ? "HTTP " + std::to_string(answer.status) : answer.error);
    tx.commit();
}

// Runs that wait for an hour must not keep away what happens now: a key of their own.
void come_back(guichet::Ctx ctx, int64_t webhook) {
    const auto next = ctx.exec(
        "select min(case state when 'ready' then next_at else lease_until end) from webhook_delivery"
        " where webhook_id = $1 and state in ('ready', 'leased')",
        webhook);
    if (next.is_null(0, 0)) return;
    ctx.enqueue("notifications.webhook", ctx.object().set("webhook_id", webhook), "webhook-" + std::to_string(webhook) + "-later",
                next.time(0, 0));
}

}  // namespace

void deliver_webhook(guichet::Ctx ctx, guichet::Job job) {
    const auto id = job.args()["webhook_id"].integer().value_or(0);
    for (int i = 0; i < kAtOnce; ++i) {
        job.progress(0);
        if (ctx.exec("select from webhook where id = $1 and active", id).empty()) return;
        const auto delivery = claim(ctx, id);
        if (!delivery) break;
        const auto webhook = read_webhook(ctx, id);
        record(ctx, webhook, *delivery, attempt(ctx, webhook, *delivery));
    }
    come_back(ctx, id);
}

}  // namespace notifications
