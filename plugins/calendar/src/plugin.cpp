// The calendar: events, series, invitations, reminders and feeds.
#include "answers.hpp"
#include "calendar_page.hpp"
#include "event_api.hpp"
#include "event_form.hpp"
#include "event_page.hpp"
#include "feed_page.hpp"
#include "import.hpp"
#include "invitation.hpp"
#include "reminder.hpp"
#include "rule.hpp"
#include "ticket_events.hpp"
#include "widgets.hpp"

namespace calendar {
namespace {

class Calendar {
public:
    explicit Calendar(guichet::Ctx) { keep_libical(); }

    void bind(guichet::Binder& b) {
        route<show_calendar>(b, "calendar");
        route<show_new>(b, "new");
        route<add_event>(b, "add");
        route<add_for_ticket>(b, "add_for_ticket");
        route<show_event>(b, "show");
        route<show_edit>(b, "edit");
        route<save_event>(b, "save");
        route<show_move>(b, "move.show");
        route<move_event>(b, "move");
        route<show_delete>(b, "delete.show");
        route<delete_event>(b, "delete");
        route<show_feeds>(b, "feeds");
        route<make_feed>(b, "feeds.add");
        route<drop_feed>(b, "feeds.delete");
        route<read_feed>(b, "feed");
        route<show_imports>(b, "imports");
        route<begin_import>(b, "imports.add");
        route<show_import>(b, "imports.show");
        route<api::list>(b, "api.list");
        route<api::create>(b, "api.create");
        route<api::get>(b, "api.get");
        route<api::patch>(b, "api.patch");
        route<api::remove>(b, "api.delete");
        b.hook<&Calendar::on<take_answer>>("take_answer");
        b.subscriber<&Calendar::on<follow_merge>>("follow_merge");
        b.subscriber<&Calendar::on<forget_ticket>>("forget_ticket");
        b.job<&Calendar::run<send_invitations>>("invite");
        b.job<&Calendar::run<send_reminders>>("remind");
        b.job<&Calendar::run<forget_files>>("forget");
        b.job<&Calendar::run<run_import>>("import");
        slot<show_ticket_button>(b, "widget.ticket_button");
        slot<show_ticket_events>(b, "widget.ticket");
        slot<show_account_events>(b, "widget.account");
        slot<show_my_events>(b, "widget.home");
    }

    template <void (*F)(guichet::Ctx, guichet::Request)>
    void handle(guichet::Ctx ctx, guichet::Request request) {
        F(ctx, request);
    }
    template <void (*F)(guichet::Ctx, guichet::Value, guichet::Html)>
    void render(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out) {
        F(ctx, slot_data, out);
    }
    template <void (*F)(guichet::Ctx, guichet::Event)>
    void on(guichet::Ctx ctx, guichet::Event event) {
        F(ctx, event);
    }
    template <void (*F)(guichet::Ctx, guichet::Job)>
    void run(guichet::Ctx ctx, guichet::Job job) {
        F(ctx, job);
    }

private:
    template <void (*F)(guichet::Ctx, guichet::Request)>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Calendar::handle<F>>(handler);
    }
    template <void (*F)(guichet::Ctx, guichet::Value, guichet::Html)>
    static void slot(guichet::Binder& b, std::string_view handler) {
        b.slot<&Calendar::render<F>>(handler);
    }
};

}  // namespace
}  // namespace calendar

GUICHET_PLUGIN(calendar::Calendar, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
