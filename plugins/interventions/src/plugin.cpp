// Equipment of customers and interventions on it: pages, REST, widgets on tickets and accounts, a column of the ticket list.
#include "designation.hpp"
#include "duration.hpp"
#include "equipment_api.hpp"
#include "equipment_import.hpp"
#include "equipment_page.hpp"
#include "follow.hpp"
#include "intervention_api.hpp"
#include "intervention_page.hpp"
#include "label.hpp"
#include "line_page.hpp"
#include "lookup.hpp"
#include "schedule.hpp"
#include "work_page.hpp"

#include <interventions/schedule_v1.h>

namespace interventions {
namespace {

class Interventions {
public:
    explicit Interventions(guichet::Ctx) {}

    void bind(guichet::Binder& b) {
        bind_equipment(b);
        bind_interventions(b);
        bind_api(b);
        route<choose>(b, "ticket.equipment");
        route<use_contract>(b, "ticket.contract");
        slot<ticket_widget>(b, "widget.ticket");
        slot<equipment_page::account_widget>(b, "widget.account_equipment");
        slot<intervention_page::account_widget>(b, "widget.account_interventions");
        slot<intervention_page::ticket_button>(b, "widget.ticket_button");
        slot<intervention_page::ticket_tab>(b, "widget.ticket_tab");
        b.column<&Interventions::call<duration_column, guichet::Cells>>("column.duration");
        b.search<&Interventions::call<equipment_page::search, std::string_view, std::size_t, guichet::Value>>("search.equipment");
        b.search<&Interventions::call<intervention_page::search, std::string_view, std::size_t, guichet::Value>>("search.interventions");
        hook<ticket_updated>(b, "ticket_updated");
        hook<ticket_merged>(b, "ticket_merged");
        hook<ticket_deleted>(b, "ticket_deleted");
        hook<keep_account>(b, "keep_account");
        hook<keep_contact>(b, "keep_contact");
        hook<keep_contract>(b, "keep_contract");
        hook<keep_contract_line>(b, "keep_contract_line");
        hook<reference_shown>(b, "reference_shown");
        hook<request_received>(b, "request_received");
        b.service(INTERVENTIONS_SCHEDULE, kSchedule);
        b.service("interventions.lookup_equipment", kLookup);
    }

    // Service slots are members; the work is done by functions.
    template <auto F, class... A>
    void call(guichet::Ctx ctx, A... a) {
        F(ctx, a...);
    }

private:
    template <auto F>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Interventions::call<F, guichet::Request>>(handler);
    }
    template <auto F>
    static void slot(guichet::Binder& b, std::string_view handler) {
        b.slot<&Interventions::call<F, guichet::Value, guichet::Html>>(handler);
    }
    template <auto F>
    static void hook(guichet::Binder& b, std::string_view handler) {
        b.hook<&Interventions::call<F, guichet::Event>>(handler);
    }

    static void bind_equipment(guichet::Binder& b) {
        route<equipment_page::list>(b, "equipment.list");
        route<equipment_page::show>(b, "equipment.show");
        route<equipment_page::new_form>(b, "equipment.new");
        route<equipment_page::create>(b, "equipment.create");
        route<equipment_page::edit_form>(b, "equipment.edit");
        route<equipment_page::update>(b, "equipment.update");
        route<equipment_page::remove>(b, "equipment.delete");
        route<equipment_import::show>(b, "equipment.import");
        route<equipment_import::try_it>(b, "equipment.import.try");
        route<equipment_import::run>(b, "equipment.import.run");
        route<open_label>(b, "equipment.label");
        route<equipment_page::add_files>(b, "equipment.files.add");
        route<equipment_page::open_file>(b, "equipment.files.open");
        route<equipment_page::delete_file>(b, "equipment.files.delete");
    }

    static void bind_interventions(guichet::Binder& b) {
        route<intervention_page::list>(b, "interventions.list");
        route<intervention_page::show>(b, "interventions.show");
        route<intervention_page::create_from_ticket>(b, "interventions.from_ticket");
        route<intervention_page::new_form>(b, "interventions.new");
        route<intervention_page::create>(b, "interventions.create");
        route<intervention_page::edit_form>(b, "interventions.edit");
        route<intervention_page::update>(b, "interventions.update");
        route<intervention_page::remove>(b, "interventions.delete");
        route<intervention_page::step>(b, "interventions.step");
        route<intervention_page::add_files>(b, "interventions.files.add");
        route<intervention_page::open_file>(b, "interventions.files.open");
        route<intervention_page::delete_file>(b, "interventions.files.delete");
        route<intervention_page::unsign>(b, "interventions.unsign");
        route<intervention_page::open_signature>(b, "interventions.signature");
        route<intervention_page::open_document>(b, "interventions.document");
        route<intervention_page::send_mail>(b, "interventions.mail");
        route<line_page::new_form>(b, "lines.new");
        route<line_page::create>(b, "lines.create");
        route<line_page::edit_form>(b, "lines.edit");
        route<line_page::update>(b, "lines.update");
        route<line_page::remove>(b, "lines.delete");
        route<work_page::show>(b, "work.show");
        route<work_page::start>(b, "work.start");
        route<work_page::stop>(b, "work.stop");
        route<work_page::add_note>(b, "work.note");
        route<work_page::add_photo>(b, "work.photo");
        route<work_page::sign_it>(b, "work.sign");
    }

    static void bind_api(guichet::Binder& b) {
        route<equipment_api::list>(b, "api.equipment.list");
        route<equipment_api::create>(b, "api.equipment.create");
        route<equipment_api::get>(b, "api.equipment.get");
        route<equipment_api::patch>(b, "api.equipment.patch");
        route<equipment_api::remove>(b, "api.equipment.delete");
        route<api_get>(b, "api.ticket.equipment.get");
        route<api_put>(b, "api.ticket.equipment.put");
        route<intervention_api::list>(b, "api.interventions.list");
        route<intervention_api::create>(b, "api.interventions.create");
        route<intervention_api::create_from_ticket>(b, "api.interventions.from_ticket");
        route<intervention_api::get>(b, "api.interventions.get");
        route<intervention_api::patch>(b, "api.interventions.patch");
        route<intervention_api::remove>(b, "api.interventions.delete");
        route<intervention_api::step>(b, "api.interventions.step");
        route<intervention_api::list_lines>(b, "api.lines.list");
        route<intervention_api::create_line>(b, "api.lines.create");
        route<intervention_api::patch_line>(b, "api.lines.patch");
        route<intervention_api::remove_line>(b, "api.lines.delete");
    }

    static const interventions_schedule_v1 kSchedule;
    static const guichet_lookup_v1 kLookup;
};

template <auto F, class... A>
constexpr auto* served = guichet::service_fn<&Interventions::call<F, A...>>;

constexpr interventions_schedule_v1 Interventions::kSchedule = {
    {sizeof(interventions_schedule_v1), 1, 0},
    served<planned_for_others, int64_t, int64_t, const int64_t*, size_t, guichet_value**>,
};

constexpr guichet_lookup_v1 Interventions::kLookup = {
    {sizeof(guichet_lookup_v1), 1, 0},
    served<look_up, int64_t, guichet_value**>,
    served<suggest, guichet_str, int32_t, guichet_value**>,
};

}  // namespace
}  // namespace interventions

GUICHET_PLUGIN(interventions::Interventions, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
