#include "webhook_store.hpp"

#include "webhook_secret.hpp"

#include <guichet/sdk/custom_fields.hpp>

#include <ctime>

namespace notifications {

using guichet::Value;

const std::array<WebhookEvent, 14> kWebhookEvents = {{
    {"tickets.ticket_created", "A ticket was added"},
    {"tickets.ticket_updated", "A ticket was changed"},
    {"tickets.ticket_transitioned", "A ticket has another status"},
    {"tickets.ticket_closed", "A ticket came to its end"},
    {"tickets.ticket_merged", "A ticket was merged"},
    {"tickets.ticket_deleted", "A ticket was deleted"},
    {"tickets.message_added", "A message was added"},
    {"directory.account_created", "An account was added"},
    {"directory.account_updated", "An account was changed"},
    {"directory.account_deleted", "An account was deleted"},
    {"directory.contact_created", "A contact was added"},
    {"directory.contact_updated", "A contact was changed"},
    {"directory.contact_deleted", "A contact was deleted"},
    {"directory.contract_created", "A contract was added"},
}};

namespace {

constexpr std::string_view kSelect =
    "select id, name, url, to_json(events) as events, active, switched_off, generation, secret_shown, version from webhook";

std::string text(Value value) { return std::string{value.text().value_or("")}; }

Webhook read(Value row) {
    Webhook out{row["id"].integer().value_or(0),
                text(row["name"]),
                text(row["url"]),
                {},
                row["active"].boolean().value_or(false),
                text(row["switched_off"]),
                row["generation"].integer().value_or(1),
                row["secret_shown"].boolean().value_or(false),
                row["version"].integer().value_or(0)};
    for (std::size_t i = 0; i < row["events"].size(); ++i) out.events.push_back(text(row["events"][i]));
    return out;
}

void audit(guichet::Ctx ctx, int64_t id, std::string_view change) {
    ctx.audit("notifications.webhook_changed", "webhook/" + std::to_string(id), ctx.object().set("change", change));
}

void deliver_soon(guichet::Ctx ctx, int64_t webhook) {
    ctx.enqueue("notifications.webhook", ctx.object().set("webhook_id", webhook), "webhook-" + std::to_string(webhook));
}

std::string rfc3339(guichet::Time at) {
    const auto seconds = static_cast<std::time_t>(at.us / 1'000'000);
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    char out[32];
    std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return out;
}

// The id is that of the delivery, so that whoever is sent it twice knows.
void store(guichet::Ctx ctx, int64_t webhook, std::optional<int64_t> event_delivery, std::string_view event, Value body) {
    const auto id = ctx.exec(
        "insert into webhook_delivery (webhook_id, event_delivery, event, body) values ($1, $2, $3, '')"
        " on conflict (webhook_id, event_delivery) do nothing returning id",
        webhook, event_delivery, event);
    if (id.empty()) return;
    body.set("id", id.i64(0, 0));
    ctx.exec("update webhook_delivery set body = $2 where id = $1", id.i64(0, 0), guichet::to_json(ctx, body));
    deliver_soon(ctx, webhook);
}

}  // namespace

std::vector<Webhook> read_webhooks(guichet::Ctx ctx) {
    const auto rows = ctx.exec(std::string{kSelect} + " order by lower(name), id").value();
    std::vector<Webhook> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read(rows[i]));
    return out;
}

Webhook read_webhook(guichet::Ctx ctx, int64_t id) {
    const auto rows = ctx.exec(std::string{kSelect} + " where id = $1", id);
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such webhook"};
    return read(rows.row(0));
}

int64_t add_webhook(guichet::Ctx ctx, const Webhook& webhook) {
    guichet::Tx tx{ctx};
    const auto id = ctx.exec(
                           "insert into webhook (name, url, events, active, created_by, updated_by) values ($1, $2, $3::text[], $4, $5, $5)"
                           " returning id",
                           webhook.name, webhook.url, guichet::array_literal(webhook.events), webhook.active, ctx.user_id())
                        .i64(0, 0);
    made_key(ctx);
    audit(ctx, id, "added");
    tx.commit();
    return id;
}

void change_webhook(guichet::Ctx ctx, const Webhook& webhook) {
    guichet::Tx tx{ctx};
    const auto changed = ctx.exec(
        "update webhook set name = $3, url = $4, events = $5::text[], active = $6, switched_off = '', updated_at = now(),"
        " updated_by = $7, version = version + 1 where id = $1 and version = $2",
        webhook.id, webhook.version, webhook.name, webhook.url, guichet::array_literal(webhook.events), webhook.active, ctx.user_id());
    if (changed.affected() == 0)
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody has changed this webhook meanwhile. Look at it again.")}};
    if (webhook.active) {
        ctx.exec("update webhook_delivery set next_at = clock_timestamp() where webhook_id = $1 and state = 'ready'", webhook.id);
        deliver_soon(ctx, webhook.id);
    }
    audit(ctx, webhook.id, "changed");
    tx.commit();
}

void remove_webhook(guichet::Ctx ctx, int64_t id) {
    guichet::Tx tx{ctx};
    if (ctx.exec("delete from webhook where id = $1", id).affected() > 0) audit(ctx, id, "deleted");
    tx.commit();
}

std::string show_secret(guichet::Ctx ctx, int64_t id) {
    guichet::Tx tx{ctx};
    const auto generation = ctx.exec(
        "update webhook set generation = generation + secret_shown::int, secret_shown = true,"
        " version = version + 1 where id = $1 returning generation",
        id);
    if (generation.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such webhook"};
    const auto secret = webhook_secret(made_key(ctx), id, generation.i64(0, 0));
    audit(ctx, id, "secret shown");
    tx.commit();
    return secret;
}

void queue_event(guichet::Ctx ctx, guichet::Event event) {
    const auto wanted = ctx.exec("select id from webhook where active and $1 = any(events)", event.id());
    if (wanted.empty()) return;
    const auto body = ctx.object()
                          .set("event", event.id())
                          .set("subject", event.subject())
                          .set("at", rfc3339(event.at()))
                          .set("actor_id", event.actor_id())
                          .set("data", event.data());
    for (std::size_t i = 0; i < wanted.size(); ++i) store(ctx, wanted.i64(i, 0), event.delivery_id(), event.id(), body);
}

void queue_trial(guichet::Ctx ctx, int64_t webhook) {
    guichet::Tx tx{ctx};
    const auto body = ctx.object()
                          .set("event", "notifications.trial")
                          .set("subject", "webhook/" + std::to_string(webhook))
                          .set("at", rfc3339(ctx.now()))
                          .set("actor_id", ctx.user_id())
                          .set("data", ctx.object());
    store(ctx, webhook, std::nullopt, "notifications.trial", body);
    tx.commit();
}

void replay(guichet::Ctx ctx, int64_t webhook, int64_t delivery) {
    guichet::Tx tx{ctx};
    const auto found = ctx.exec(
        "update webhook_delivery set state = 'ready', attempt = 0, next_at = clock_timestamp(), finished_at = null,"
        " fence = fence + 1 where id = $1 and webhook_id = $2",
        delivery, webhook);
    if (found.affected() == 0) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such delivery"};
    deliver_soon(ctx, webhook);
    tx.commit();
}

Value read_log(guichet::Ctx ctx, int64_t webhook, std::optional<int64_t> before, int limit) {
    auto log = ctx.exec(
                      "select id, event, state, attempt, case when state = 'ready' then next_at end as next_at, created_at, body"
                      " from webhook_delivery where webhook_id = $1 and ($2::bigint is null or id < $2) order by id desc limit $3",
                      webhook, before, limit)
                   .value();
    for (std::size_t i = 0; i < log.size(); ++i) {
        auto row = log[i];
        row.set("attempts",
                ctx.exec("select at, status, duration_ms, error from webhook_attempt where delivery_id = $1 order by id desc limit 20",
                         row["id"].integer())
                    .value());
    }
    return log;
}

}  // namespace notifications
