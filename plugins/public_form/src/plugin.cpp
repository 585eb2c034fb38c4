#include "access_box.hpp"
#include "admin_page.hpp"
#include "customer_mail.hpp"
#include "kept_files.hpp"
#include "landing_page.hpp"
#include "limits.hpp"
#include "lost_page.hpp"
#include "page.hpp"
#include "request_page.hpp"
#include "send_page.hpp"
#include "sent_form.hpp"
#include "space_page.hpp"
#include "style_sheet.hpp"
#include "ticket_page.hpp"
#include "visit.hpp"
#include "reference.hpp"

#include <public_form/address_v1.h>
#include <public_form/look_v1.h>

namespace public_form {
namespace {

using guichet::Ctx;

class PublicForm {
public:
    explicit PublicForm(Ctx) {}

    void bind(guichet::Binder& b) {
        route<show_landing>(b, "landing");
        route<show_logo>(b, "logo");
        route<show_style>(b, "style");
        route<show_request_form>(b, "new.show");
        route<add_request>(b, "new.add");
        route<open_ticket_link>(b, "ticket.open");
        route<show_ticket>(b, "ticket.show");
        route<add_message>(b, "ticket.message");
        route<step_ticket>(b, "ticket.step");
        route<confirm_ticket>(b, "ticket.confirm");
        route<show_file>(b, "ticket.file");
        route<open_customer_link>(b, "space.open");
        route<show_space>(b, "space.show");
        route<choose_contact>(b, "space.contact");
        route<leave_space>(b, "space.leave");
        route<show_lost>(b, "lost.show");
        route<ask_link>(b, "lost.ask");
        route<create_access>(b, "access.create");
        route<look_as_customer>(b, "access.look");
        route<revoke_access>(b, "access.revoke");
        route<renew_access>(b, "access.renew");
        route<show_send_form>(b, "access.send_form");
        route<send_access>(b, "access.send");
        route<show_admin>(b, "admin.show");
        route<save_admin>(b, "admin.save");
        route<preview_admin>(b, "admin.preview");
        route<remove_logo>(b, "admin.remove_logo");
        slot<show_account_access>(b, "widget.account");
        slot<show_contact_access>(b, "widget.contact");
        slot<show_ticket_access>(b, "widget.ticket");
        b.job<&PublicForm::send_lost>("send_lost_link");
        b.job<&PublicForm::tidy>("tidy");
        b.job<&PublicForm::forget_files>("forget_files");
        b.hook<&PublicForm::mailing>("customer_mailing");
        b.service(PUBLIC_FORM_ADDRESS, address_);
        b.service(PUBLIC_FORM_LOOK, look_);
    }
    void look(Ctx ctx, guichet_value** out) { *out = look_of(ctx, Settings{ctx}).raw(); }
    void request_form(Ctx ctx, guichet_str reference, guichet_str* out) {
        *out = guichet::str(ctx.dup(address_of(ctx, guichet::view(reference))));
    }

    template <void (*F)(Ctx, guichet::Request)>
    void handle(Ctx ctx, guichet::Request request) {
        F(ctx, request);
    }
    template <void (*F)(Ctx, guichet::Value, guichet::Html)>
    void render(Ctx ctx, guichet::Value data, guichet::Html out) {
        F(ctx, data, out);
    }
    void send_lost(Ctx ctx, guichet::Job job) { send_lost_link(ctx, job); }
    void tidy(Ctx ctx, guichet::Job) {
        guichet::Tx tx{ctx};
        forget_old_attempts(ctx);
        forget_old_visits(ctx);
        forget_sent_forms(ctx);
        tx.commit();
    }
    void forget_files(Ctx ctx, guichet::Job) {
        guichet::Tx tx{ctx};
        forget_kept_files(ctx);
        tx.commit();
    }
    void mailing(Ctx ctx, guichet::Event event) { edit_customer_mail(ctx, event); }

private:
    template <void (*F)(Ctx, guichet::Request)>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&PublicForm::handle<F>>(handler);
    }
    template <void (*F)(Ctx, guichet::Value, guichet::Html)>
    static void slot(guichet::Binder& b, std::string_view handler) {
        b.slot<&PublicForm::render<F>>(handler);
    }

    static constexpr public_form_look_v1 look_{{sizeof(public_form_look_v1), 1, 0}, guichet::service_fn<&PublicForm::look>};
    static constexpr public_form_address_v1 address_{{sizeof(public_form_address_v1), 1, 0}, guichet::service_fn<&PublicForm::request_form>};
};

}  // namespace
}  // namespace public_form

GUICHET_PLUGIN(public_form::PublicForm, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
