// Time spent on tickets: stopwatches, entries, packs of hours, reports.
#include "access.hpp"
#include "composer.hpp"
#include "entry_api.hpp"
#include "entry_page.hpp"
#include "pack_api.hpp"
#include "pack_page.hpp"
#include "party_guard.hpp"
#include "report_page.hpp"
#include "stopwatch_api.hpp"
#include "stopwatch_page.hpp"
#include "stopwatch_store.hpp"
#include "ticket_hooks.hpp"
#include "widgets.hpp"

namespace timesheet {
namespace {

class Timesheet {
public:
    explicit Timesheet(guichet::Ctx) {}

    void bind(guichet::Binder& b) {
        route<show_entries>(b, "entries");
        route<export_entries>(b, "entries.export");
        route<show_report>(b, "report");
        route<export_report>(b, "report.export");
        route<show_new_entry>(b, "entry.new");
        route<add_typed_entry>(b, "entry.add");
        route<show_entry>(b, "entry.form");
        route<save_entry>(b, "entry.save");
        route<delete_entry>(b, "entry.delete");
        route<show_stopwatches>(b, "stopwatches");
        route<start>(b, "stopwatch.start");
        route<show_stopwatch>(b, "stopwatch.show");
        route<stop>(b, "stopwatch.stop");
        route<record>(b, "stopwatch.record");
        route<discard>(b, "stopwatch.discard");
        route<show_new_pack>(b, "pack.new");
        route<add_typed_pack>(b, "pack.add");
        route<show_pack_form>(b, "pack.form");
        route<save_pack>(b, "pack.save");
        route<delete_pack>(b, "pack.delete");
        route<api::list_entries>(b, "api.entries.list");
        route<api::create_entry>(b, "api.entries.create");
        route<api::get_entry>(b, "api.entries.get");
        route<api::patch_entry>(b, "api.entries.patch");
        route<api::delete_entry>(b, "api.entries.delete");
        route<api::list_stopwatches>(b, "api.stopwatches.list");
        route<api::start_stopwatch>(b, "api.stopwatches.start");
        route<api::stop_stopwatch>(b, "api.stopwatches.stop");
        route<api::record_stopwatch>(b, "api.stopwatches.record");
        route<api::discard_stopwatch>(b, "api.stopwatches.discard");
        route<api::list_packs>(b, "api.packs.list");
        route<api::create_pack>(b, "api.packs.create");
        route<api::get_pack>(b, "api.packs.get");
        route<api::patch_pack>(b, "api.packs.patch");
        route<api::delete_pack>(b, "api.packs.delete");
        b.slot<&Timesheet::draw<show_button>>("widget.button");
        b.slot<&Timesheet::draw<show_ticket_time>>("widget.ticket");
        b.slot<&Timesheet::draw<show_composer_fields>>("widget.composer");
        b.slot<&Timesheet::draw<show_account_time>>("widget.account");
        b.slot<&Timesheet::draw<show_contract_time>>("widget.contract");
        b.column<&Timesheet::spent>("column.spent");
        b.badge<&Timesheet::stopwatches>("stopwatches");
        b.hook<&Timesheet::on<ticket_transitioned>>("transitioned");
        b.hook<&Timesheet::on<ticket_merged>>("merged");
        b.hook<&Timesheet::on<ticket_deleted>>("deleted");
        b.hook<&Timesheet::on<record_with_message>>("message_adding");
        b.hook<&Timesheet::on<keep_account>>("keep_account");
        b.hook<&Timesheet::on<keep_contract>>("keep_contract");
    }

    int64_t stopwatches(guichet::Ctx ctx) { return count_own_stopwatches(ctx); }
    void spent(guichet::Ctx ctx, guichet::Cells cells) { show_spent(ctx, cells); }

    template <void (*F)(guichet::Ctx, guichet::Request)>
    void handle(guichet::Ctx ctx, guichet::Request request) {
        F(ctx, request);
    }
    template <void (*F)(guichet::Ctx, guichet::Value, guichet::Html)>
    void draw(guichet::Ctx ctx, guichet::Value data, guichet::Html out) {
        F(ctx, data, out);
    }
    template <void (*F)(guichet::Ctx, guichet::Event)>
    void on(guichet::Ctx ctx, guichet::Event event) {
        F(ctx, event);
    }

private:
    template <void (*F)(guichet::Ctx, guichet::Request)>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Timesheet::handle<F>>(handler);
    }
};

}  // namespace
}  // namespace timesheet

GUICHET_PLUGIN(timesheet::Timesheet, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
