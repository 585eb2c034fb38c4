// Webhooks as administrators edit them, and what is to be delivered to each.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <array>

namespace notifications {

struct WebhookEvent {
    std::string_view id;
    std::string_view label;  // msgid
};
extern const std::array<WebhookEvent, 14> kWebhookEvents;

struct Webhook {
    int64_t id = 0;
    std::string name, url;
    std::vector<std::string> events;
    bool active = true;
    std::string switched_off;  // why, when it was not an administrator
    int64_t generation = 1;
    bool secret_shown = false;
    int64_t version = 0;
};

std::vector<Webhook> read_webhooks(guichet::Ctx ctx);
Webhook read_webhook(guichet::Ctx ctx, int64_t id);  // throws GUICHET_E_NOT_FOUND
int64_t add_webhook(guichet::Ctx ctx, const Webhook& webhook);
// Throws GUICHET_E_CONFLICT when somebody has changed it since webhook.version. What waits for one that is active is tried at once.
void change_webhook(guichet::Ctx ctx, const Webhook& webhook);
void remove_webhook(guichet::Ctx ctx, int64_t id);
// The secret, which is shown once: the next call makes another one.
std::string show_secret(guichet::Ctx ctx, int64_t id);

// For every active webhook that wants the event, in the transaction of its delivery.
void queue_event(guichet::Ctx ctx, guichet::Event event);
void queue_trial(guichet::Ctx ctx, int64_t webhook);
void replay(guichet::Ctx ctx, int64_t webhook, int64_t delivery);  // throws GUICHET_E_NOT_FOUND
// Newest first: [{id, event, state, attempt, next_at, created_at, body, attempts [{at, status, duration_ms, error}]}].
guichet::Value read_log(guichet::Ctx ctx, int64_t webhook, std::optional<int64_t> before, int limit);

}  // namespace notifications
