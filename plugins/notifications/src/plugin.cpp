// Notifications: rules, notices on a page of each user and by mail, webhooks.
#include "alert.hpp"
#include "api.hpp"
#include "feed_page.hpp"
#include "forget.hpp"
#include "notice_mail.hpp"
#include "notices.hpp"
#include "preferences_page.hpp"
#include "rule_page.hpp"
#include "tell.hpp"
#include "webhook_delivery.hpp"
#include "webhook_page.hpp"
#include "webhook_store.hpp"

#include <notifications/occasions_v1.h>

namespace notifications {
namespace {

class Notifications {
public:
    explicit Notifications(guichet::Ctx) {}

    void bind(guichet::Binder& b) {
        route<show_feed>(b, "feed");
        route<open_notice>(b, "feed.open");
        route<read_one>(b, "feed.read");
        route<read_all>(b, "feed.read_all");
        route<show_rules>(b, "rules");
        route<show_rule_form>(b, "rules.form");
        route<save_rule>(b, "rules.save");
        route<switch_rule>(b, "rules.active");
        route<move_rule>(b, "rules.move");
        route<delete_rule>(b, "rules.delete");
        route<show_webhooks>(b, "webhooks");
        route<show_webhook_form>(b, "webhooks.form");
        route<save_webhook>(b, "webhooks.save");
        route<delete_webhook>(b, "webhooks.delete");
        route<show_webhook_secret>(b, "webhooks.secret");
        route<try_webhook>(b, "webhooks.try");
        route<replay_delivery>(b, "webhooks.replay");
        route<show_preferences>(b, "preferences");
        route<save_preferences>(b, "preferences.save");
        route<api::list_rules>(b, "api.rules.list");
        route<api::create_rule>(b, "api.rules.create");
        route<api::patch_rule>(b, "api.rules.patch");
        route<api::delete_rule>(b, "api.rules.delete");
        route<api::list_notices>(b, "api.notices");
        b.subscriber<&Notifications::happened>("happened");
        b.job<&Notifications::run<write_mails>>("mail");
        b.job<&Notifications::run<write_digests>>("digest");
        b.job<&Notifications::run<deliver_webhook>>("webhook");
        b.job<&Notifications::run<forget_old>>("forget");
        b.badge<&Notifications::unread>("unread");
        b.slot<&Notifications::seen>("seen");
        b.service(NOTIFICATIONS_OCCASIONS, occasions_);
    }

    int64_t unread(guichet::Ctx ctx) { return count_unread(ctx); }
    // Draws nothing: whoever opens the ticket has seen what the notices are about.
    void seen(guichet::Ctx ctx, guichet::Value ticket, guichet::Html) { mark_ticket_read(ctx, ticket["ticket_id"].integer().value_or(0)); }

    template <void (*F)(guichet::Ctx, guichet::Request)>
    void handle(guichet::Ctx ctx, guichet::Request request) {
        F(ctx, request);
    }
    void alert(guichet::Ctx ctx, int64_t ticket_id, const guichet_value* alert) { tell_for_others(ctx, ticket_id, {ctx.raw(), alert}); }
    void happened(guichet::Ctx ctx, guichet::Event event) {
        tell(ctx, event);
        queue_event(ctx, event);
    }
    template <void (*F)(guichet::Ctx, guichet::Job)>
    void run(guichet::Ctx ctx, guichet::Job job) {
        F(ctx, job);
    }

private:
    static constexpr notifications_occasions_v1 occasions_{{sizeof(notifications_occasions_v1), 1, 0},
                                                           guichet::service_fn<&Notifications::alert>};
    template <void (*F)(guichet::Ctx, guichet::Request)>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Notifications::handle<F>>(handler);
    }
};

}  // namespace
}  // namespace notifications

GUICHET_PLUGIN(notifications::Notifications, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
