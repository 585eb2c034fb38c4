// Service levels: calendars, policies, clocks of tickets, escalation, reports.
#include "api.hpp"
#include "calendar_page.hpp"
#include "deadlines.hpp"
#include "escalation.hpp"
#include "policy_page.hpp"
#include "preview.hpp"
#include "report.hpp"
#include "scheduler.hpp"

namespace sla {
namespace {

class Sla {
public:
    explicit Sla(guichet::Ctx) {}

    void bind(guichet::Binder& b) {
        route<preview>(b, "api.preview");
        route<api::list_calendars>(b, "api.calendars.list");
        route<api::create_calendar>(b, "api.calendars.create");
        route<api::get_calendar>(b, "api.calendars.get");
        route<api::patch_calendar>(b, "api.calendars.patch");
        route<api::delete_calendar>(b, "api.calendars.delete");
        route<api::list_policies>(b, "api.policies.list");
        route<api::create_policy>(b, "api.policies.create");
        route<api::try_policy>(b, "api.policies.try");
        route<api::get_policy>(b, "api.policies.get");
        route<api::patch_policy>(b, "api.policies.patch");
        route<api::delete_policy>(b, "api.policies.delete");
        route<api::put_order>(b, "api.policies.order");
        route<api::get_ticket>(b, "api.ticket");
        route<show_admin>(b, "admin");
        route<show_new_calendar>(b, "calendar.new");
        route<show_calendar>(b, "calendar.form");
        route<save_calendar>(b, "calendar.save");
        route<delete_calendar>(b, "calendar.delete");
        route<import_calendar>(b, "calendar.import");
        route<show_new_policy>(b, "policy.new");
        route<show_policy>(b, "policy.form");
        route<save_policy>(b, "policy.save");
        route<delete_policy>(b, "policy.delete");
        route<shift_policy>(b, "policy.move");
        route<reorder_policies>(b, "policy.order");
        route<show_deadlines>(b, "deadlines");
        route<next_ticket>(b, "next");
        route<show_report>(b, "report");
        route<export_report>(b, "report.export");
        route<show_breaches>(b, "breaches");
        route<export_breaches>(b, "breaches.export");
        b.slot<&Sla::draw<show_ticket_card>>("widget.ticket");
        b.slot<&Sla::draw<show_next_button>>("widget.next");
        b.slot<&Sla::draw<show_late_tile>>("widget.late");
        b.slot<&Sla::draw<show_soon_tile>>("widget.soon");
        b.column<&Sla::due>("column.due");
        b.badge<&Sla::late>("late");
        b.subscriber<&Sla::happened>("happened");
        b.job<&Sla::run<run_scheduler>>("scheduler");
        b.job<&Sla::run<recompute>>("recompute");
        b.job<&Sla::run<mail_report>>("report");
    }

    void due(guichet::Ctx ctx, guichet::Cells cells) { show_due_cells(ctx, cells); }
    int64_t late(guichet::Ctx ctx) { return count_late(ctx); }
    void happened(guichet::Ctx ctx, guichet::Event event) { ticket_happened(ctx, event); }

    template <void (*F)(guichet::Ctx, guichet::Request)>
    void handle(guichet::Ctx ctx, guichet::Request request) {
        F(ctx, request);
    }
    template <void (*F)(guichet::Ctx, guichet::Value, guichet::Html)>
    void draw(guichet::Ctx ctx, guichet::Value data, guichet::Html out) {
        F(ctx, data, out);
    }
    template <void (*F)(guichet::Ctx, guichet::Job)>
    void run(guichet::Ctx ctx, guichet::Job job) {
        F(ctx, job);
    }

private:
    template <void (*F)(guichet::Ctx, guichet::Request)>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Sla::handle<F>>(handler);
    }
};

}  // namespace
}  // namespace sla

GUICHET_PLUGIN(sla::Sla, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
