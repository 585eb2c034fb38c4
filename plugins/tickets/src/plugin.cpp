// Tickets: pages, REST, and widgets on the pages of the directory and of the host.
#include "alert_pages.hpp"
#include "attachment_api.hpp"
#include "attachment_page.hpp"
#include "canned_api.hpp"
#include "canned_page.hpp"
#include "choose_party.hpp"
#include "close_resolved.hpp"
#include "column_choice.hpp"
#include "conversation_api.hpp"
#include "customer_mail.hpp"
#include "customer_service.hpp"
#include "customer_view.hpp"
#include "home_widgets.hpp"
#include "inbox.hpp"
#include "link_page.hpp"
#include "merge_page.hpp"
#include "message_page.hpp"
#include "party_guard.hpp"
#include "party_widget.hpp"
#include "saved_view_api.hpp"
#include "saved_view_page.hpp"
#include "tags.hpp"
#include "ticket_api.hpp"
#include "ticket_bulk.hpp"
#include "ticket_edit.hpp"
#include "ticket_export.hpp"
#include "ticket_form.hpp"
#include "ticket_list_page.hpp"
#include "ticket_page.hpp"
#include "ticket_search.hpp"
#include "ticket_service.hpp"
#include "watchers.hpp"
#include "workflow_page.hpp"

#include <tickets/customers_v1.h>
#include <tickets/tickets_v1.h>

namespace tickets {
namespace {

class Tickets {
public:
    explicit Tickets(guichet::Ctx) {}

    void bind(guichet::Binder& b) {
        route<show_list>(b, "list");
        route<export_list>(b, "export");
        route<change_several>(b, "bulk");
        route<show_columns>(b, "columns");
        route<choose_columns>(b, "columns.choose");
        route<show_views>(b, "views");
        route<save_view>(b, "views.add");
        route<edit_view>(b, "views.edit");
        route<delete_view>(b, "views.delete");
        route<show_new>(b, "new");
        route<add_ticket>(b, "add");
        route<show_ticket>(b, "show");
        route<edit>(b, "edit");
        route<step>(b, "step");
        route<remove>(b, "delete");
        route<watch>(b, "watch");
        route<suggest_tags>(b, "tags");
        route<link>(b, "link");
        route<unlink>(b, "unlink");
        route<show_merge>(b, "merge.show");
        route<merge>(b, "merge");
        route<show_split>(b, "split.show");
        route<split_off>(b, "split");
        route<send_message>(b, "message");
        route<preview_message>(b, "message.preview");
        route<keep_draft>(b, "draft.keep");
        route<drop_draft>(b, "draft.drop");
        route<open_message>(b, "message.open");
        route<find_canned>(b, "canned.find");
        route<insert_canned>(b, "canned.insert");
        route<show_canned>(b, "canned.list");
        route<show_canned_form>(b, "canned.form");
        route<save_canned>(b, "canned.save");
        route<delete_canned>(b, "canned.delete");
        route<attach>(b, "attach");
        route<open_attachment>(b, "attachment");
        route<delete_attachment>(b, "attachment.delete");
        route<choose_account>(b, "choose.account");
        route<choose_contact>(b, "choose.contact");
        route<choose_contract>(b, "choose.contract");
        route<show_alerts>(b, "alerts");
        route<add_alert>(b, "alerts.add");
        route<remove_alert>(b, "alerts.remove");
        route<save_alert_address>(b, "alerts.address");
        route<api::get_alerts>(b, "api.alerts.get");
        route<api::put_alerts>(b, "api.alerts.put");
        route<api::list>(b, "api.list");
        route<api::list_views>(b, "api.views.list");
        route<api::create_view>(b, "api.views.create");
        route<api::get_view>(b, "api.views.get");
        route<api::patch_view>(b, "api.views.patch");
        route<api::delete_view>(b, "api.views.delete");
        route<api::create>(b, "api.create");
        route<api::get>(b, "api.get");
        route<api::patch>(b, "api.patch");
        route<api::remove>(b, "api.delete");
        route<api::step>(b, "api.step");
        route<api::list_tags>(b, "api.tags");
        route<api::list_watchers>(b, "api.watchers.list");
        route<api::create_watcher>(b, "api.watchers.create");
        route<api::remove_watcher>(b, "api.watchers.delete");
        route<api::list_links>(b, "api.links.list");
        route<api::create_link>(b, "api.links.create");
        route<api::remove_link>(b, "api.links.delete");
        route<api::merge>(b, "api.merge");
        route<api::split>(b, "api.split");
        route<api::list_messages>(b, "api.messages.list");
        route<api::create_message>(b, "api.messages.create");
        route<api::list_history>(b, "api.history");
        route<api::list_canned>(b, "api.canned.list");
        route<api::create_canned>(b, "api.canned.create");
        route<api::patch_canned>(b, "api.canned.patch");
        route<api::delete_canned>(b, "api.canned.delete");
        route<api::list_attachments>(b, "api.attachments.list");
        route<api::create_attachments>(b, "api.attachments.create");
        route<open_attachment>(b, "api.attachments.get");
        route<api::remove_attachment>(b, "api.attachments.delete");
        route<show_workflow>(b, "workflow");
        workflow_route<add_to_workflow>(b, "workflow.add");
        route<show_status>(b, "workflow.status");
        workflow_route<save_status>(b, "workflow.save");
        workflow_route<switch_status>(b, "workflow.active");
        workflow_route<remove_status>(b, "workflow.delete");
        workflow_route<shift_status>(b, "workflow.move");
        workflow_route<sort_statuses>(b, "workflow.order");
        workflow_route<save_transitions>(b, "workflow.transitions");
        route<show_preset>(b, "workflow.preset");
        workflow_route<apply_preset_page>(b, "workflow.apply");
        route<api::list_statuses>(b, "api.statuses");
        slot<show_account_tickets>(b, "widget.account");
        slot<show_contact_tickets>(b, "widget.contact");
        slot<show_tickets_of_user>(b, "widget.user");
        slot<show_mine_tile>(b, "widget.tile_mine");
        slot<show_unassigned_tile>(b, "widget.tile_unassigned");
        slot<show_late_tile>(b, "widget.tile_late");
        slot<show_inbox>(b, "widget.inbox");
        slot<show_mine>(b, "widget.mine");
        slot<show_by_status>(b, "widget.by_status");
        b.search<&Tickets::find_some>("search");
        b.job<&Tickets::close_overdue>("close_resolved");
        b.subscriber<&Tickets::deliver<confirm_ticket>>("confirm");
        b.subscriber<&Tickets::deliver<tell_closing>>("tell_closing");
        b.subscriber<&Tickets::settings_changed>("settings_changed");
        b.badge<&Tickets::count>("badge");
        b.hook<&Tickets::guard<keep_account>>("keep_account");
        b.hook<&Tickets::guard<keep_contact>>("keep_contact");
        b.hook<&Tickets::guard<keep_contract>>("keep_contract");
        b.service(TICKETS_TICKETS, service_);
        b.service(TICKETS_CUSTOMERS, customers_);
    }

    void find(guichet::Ctx ctx, int64_t ticket_id, guichet_value** out) { find_for_others(ctx, ticket_id, out); }
    void visible(guichet::Ctx ctx, const int64_t* ids, size_t n, guichet_value** out) { visible_for_others(ctx, ids, n, out); }
    void readers(guichet::Ctx ctx, int64_t ticket_id, const int64_t* user_ids, size_t n, guichet_value** out) {
        readers_for_others(ctx, ticket_id, user_ids, n, out);
    }
    void message(guichet::Ctx ctx, int64_t message_id, guichet_value** out) { message_for_others(ctx, message_id, out); }
    void update(guichet::Ctx ctx, int64_t ticket_id, const guichet_value* changes) {
        const auto statuses = catalog_.current(ctx);
        update_for_others(Call{ctx, *statuses}, ticket_id, value_of(ctx, changes));
    }
    void note(guichet::Ctx ctx, int64_t ticket_id, const guichet_value* texts) {
        const auto statuses = catalog_.current(ctx);
        note_for_others(Call{ctx, *statuses}, ticket_id, value_of(ctx, texts));
    }

    // --- tickets/customers_v1.h ---
    void customer_create(guichet::Ctx ctx, const guichet_value* input, guichet_value** out) {
        const auto body = value_of(ctx, input);
        for_customer(ctx, body["requester_email"].text().value_or(""),
                     [&](const Call& call) { *out = customers::create(call, body).raw(); });
    }
    void customer_message(guichet::Ctx ctx, int64_t ticket, const guichet_value* message, guichet_value** out) {
        const auto input = value_of(ctx, message);
        for_customer(ctx, input["author_email"].text().value_or(""),
                     [&](const Call& call) { *out = customers::add_message(call, ticket, input).raw(); });
    }
    void customer_attach(guichet::Ctx ctx, int64_t ticket, int64_t message, const tickets_new_file* files, size_t n, guichet_http* http,
                         guichet_value** out) {
        for_customer(ctx, {}, [&](const Call& call) { *out = customers::attach(call, ticket, message, {files, n}, http).raw(); });
    }
    void customer_step(guichet::Ctx ctx, int64_t ticket, guichet_str step, guichet_str by_email) {
        for_customer(ctx, guichet::view(by_email), [&](const Call& call) { customers::step(call, ticket, guichet::view(step)); });
    }
    void customer_show(guichet::Ctx ctx, int64_t ticket, guichet_value** out) {
        for_customer(ctx, {}, [&](const Call& call) { *out = customers::show(call, ticket).raw(); });
    }
    void customer_list(guichet::Ctx ctx, const guichet_value* scope, int32_t limit, guichet_value** out) {
        for_customer(ctx, {}, [&](const Call& call) { *out = customers::list(call, value_of(ctx, scope), limit).raw(); });
    }
    void customer_file(guichet::Ctx ctx, guichet_http* http, int64_t ticket, int64_t file, int32_t display_inline) {
        for_customer(ctx, {}, [&](const Call& call) { customers::send_file(call, http, ticket, file, display_inline != 0); });
    }
    void customer_find(guichet::Ctx ctx, guichet_str ref, guichet_str tracking_id, int64_t ticket, guichet_value** out) {
        for_customer(ctx, {}, [&](const Call& call) {
            *out = customers::find(call, guichet::view(ref), guichet::view(tracking_id), ticket).raw();
        });
    }
    void customer_participants(guichet::Ctx ctx, int64_t ticket, guichet_value** out) {
        for_customer(ctx, {}, [&](const Call& call) { *out = customers::participants(call, ticket).raw(); });
    }

    void find_some(guichet::Ctx ctx, std::string_view query, std::size_t limit, guichet::Value hits) {
        const auto statuses = catalog_.current(ctx);
        search(Call{ctx, *statuses}, query, limit, hits);
    }
    void close_overdue(guichet::Ctx ctx, guichet::Job job) {
        const auto statuses = catalog_.current(ctx);
        close_resolved(Call{ctx, *statuses}, job);
    }
    void settings_changed(guichet::Ctx ctx, guichet::Event event) {
        follow_setting(ctx, event);
        catalog_.forget();
    }
    int64_t count(guichet::Ctx ctx) {
        const auto statuses = catalog_.current(ctx);
        return count_mine(Call{ctx, *statuses});
    }

    template <void (*F)(const Call&, guichet::Request)>
    void handle(guichet::Ctx ctx, guichet::Request request) {
        const auto statuses = catalog_.current(ctx);
        F(Call{ctx, *statuses}, request);
    }
    template <void (*F)(const Call&, guichet::Event)>
    void deliver(guichet::Ctx ctx, guichet::Event event) {
        const auto statuses = catalog_.current(ctx);
        F(Call{ctx, *statuses}, event);
    }
    template <void (*F)(guichet::Ctx, guichet::Event)>
    void guard(guichet::Ctx ctx, guichet::Event event) {
        F(ctx, event);
    }
    template <void (*F)(const Call&, guichet::Request)>
    void change_workflow(guichet::Ctx ctx, guichet::Request request) {
        handle<F>(ctx, request);
        catalog_.forget();
    }
    template <void (*F)(const Call&, guichet::Value, guichet::Html)>
    void render(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out) {
        const auto statuses = catalog_.current(ctx);
        F(Call{ctx, *statuses}, slot_data, out);
    }

private:
    static guichet::Value value_of(guichet::Ctx ctx, const guichet_value* value) { return {ctx.raw(), value}; }
    template <class F>
    void for_customer(guichet::Ctx ctx, std::string_view customer, F act) {
        customers::require_system(ctx);
        const auto statuses = catalog_.current(ctx);
        act(Call{ctx, *statuses, customer});
    }
    template <void (*F)(const Call&, guichet::Request)>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Tickets::handle<F>>(handler);
    }
    template <void (*F)(const Call&, guichet::Request)>
    static void workflow_route(guichet::Binder& b, std::string_view handler) {
        b.route<&Tickets::change_workflow<F>>(handler);
    }
    template <void (*F)(const Call&, guichet::Value, guichet::Html)>
    static void slot(guichet::Binder& b, std::string_view handler) {
        b.slot<&Tickets::render<F>>(handler);
    }

    static constexpr tickets_tickets_v1 service_{{sizeof(tickets_tickets_v1), 1, 2}, guichet::service_fn<&Tickets::find>,
                                                 guichet::service_fn<&Tickets::visible>, guichet::service_fn<&Tickets::readers>,
                                                 guichet::service_fn<&Tickets::message>, guichet::service_fn<&Tickets::update>,
                                                 guichet::service_fn<&Tickets::note>};
    static constexpr tickets_customers_v1 customers_{{sizeof(tickets_customers_v1), 1, 1},
                                                     guichet::service_fn<&Tickets::customer_create>,
                                                     guichet::service_fn<&Tickets::customer_message>,
                                                     guichet::service_fn<&Tickets::customer_attach>,
                                                     guichet::service_fn<&Tickets::customer_step>,
                                                     guichet::service_fn<&Tickets::customer_show>,
                                                     guichet::service_fn<&Tickets::customer_list>,
                                                     guichet::service_fn<&Tickets::customer_file>,
                                                     guichet::service_fn<&Tickets::customer_find>,
                                                     guichet::service_fn<&Tickets::customer_participants>};
    StatusCatalog catalog_;
};

}  // namespace
}  // namespace tickets

GUICHET_PLUGIN(tickets::Tickets, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
