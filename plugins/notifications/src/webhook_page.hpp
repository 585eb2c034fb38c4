// /admin/webhooks: add, edit, secret, trial, and the log of what was sent.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

void show_webhooks(guichet::Ctx ctx, guichet::Request request);
void show_webhook_form(guichet::Ctx ctx, guichet::Request request);
void save_webhook(guichet::Ctx ctx, guichet::Request request);
void delete_webhook(guichet::Ctx ctx, guichet::Request request);
void show_webhook_secret(guichet::Ctx ctx, guichet::Request request);
void try_webhook(guichet::Ctx ctx, guichet::Request request);
void replay_delivery(guichet::Ctx ctx, guichet::Request request);

}  // namespace notifications
