// Quotes: what a customer is offered, from a ticket to his signature.
#include "customer_page.hpp"
#include "document.hpp"
#include "edit_page.hpp"
#include "expire.hpp"
#include "item_api.hpp"
#include "item_page.hpp"
#include "list_page.hpp"
#include "new_page.hpp"
#include "parties_change.hpp"
#include "quote_api.hpp"
#include "quote_page.hpp"
#include "send_page.hpp"
#include "widgets.hpp"

namespace quotes {
namespace {

class Quotes {
public:
    explicit Quotes(guichet::Ctx) {}

    void bind(guichet::Binder& b) {
        route<show_list>(b, "list");
        route<show_new>(b, "new");
        route<add_new>(b, "add");
        route<show_quote>(b, "show");
        route<edit_quote>(b, "edit");
        route<step_quote>(b, "step");
        route<delete_quote>(b, "delete");
        route<copy_quote>(b, "duplicate");
        route<assign_quote>(b, "people");
        route<send_document>(b, "pdf");
        route<show_send>(b, "send.show");
        route<send_quote_mail>(b, "send");
        route<revoke_link>(b, "revoke");
        route<show_to_customer>(b, "customer.show");
        route<send_pdf_to_customer>(b, "customer.pdf");
        route<accept_quote>(b, "customer.accept");
        route<refuse_quote>(b, "customer.refuse");
        route<send_by_api>(b, "api.send");
        route<show_items>(b, "items.list");
        route<show_item>(b, "items.show");
        route<save_item>(b, "items.save");
        route<delete_item>(b, "items.delete");
        route<api::list>(b, "api.list");
        route<api::get>(b, "api.get");
        route<api::create>(b, "api.create");
        route<api::patch>(b, "api.patch");
        route<api::remove>(b, "api.delete");
        route<api::validate>(b, "api.validate");
        route<api::step>(b, "api.step");
        route<api::duplicate>(b, "api.duplicate");
        route<api::history>(b, "api.history");
        route<item_api::list>(b, "api.items.list");
        route<item_api::get>(b, "api.items.get");
        route<item_api::create>(b, "api.items.create");
        route<item_api::patch>(b, "api.items.patch");
        route<item_api::remove>(b, "api.items.delete");
        b.slot<&Quotes::call<show_quotes_of_ticket, guichet::Value, guichet::Html>>("widget.ticket");
        b.slot<&Quotes::call<show_quotes_of_account, guichet::Value, guichet::Html>>("widget.account");
        b.search<&Quotes::call<search_quotes, std::string_view, std::size_t, guichet::Value>>("search");
        b.job<&Quotes::call<expire_quotes, guichet::Job>>("expire");
        hook<keep_account>(b, "keep_account");
        hook<follow_merge>(b, "follow_merge");
        hook<forget_ticket>(b, "forget_ticket");
        hook<forget_contact>(b, "forget_contact");
    }

    // The binder wants members; the handlers need nothing of the object.
    template <auto F, class... A>
    void call(guichet::Ctx ctx, A... a) {
        F(ctx, a...);
    }

private:
    template <auto F>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Quotes::call<F, guichet::Request>>(handler);
    }
    template <auto F>
    static void hook(guichet::Binder& b, std::string_view handler) {
        b.hook<&Quotes::call<F, guichet::Event>>(handler);
    }
};

}  // namespace
}  // namespace quotes

GUICHET_PLUGIN(quotes::Quotes, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
