// Accounts (third parties), their contacts and contracts: pages, REST, and a service for other plugins.
#include "account_api.hpp"
#include "account_pages.hpp"
#include "account_service.hpp"
#include "contact_api.hpp"
#include "contact_pages.hpp"
#include "contract_api.hpp"
#include "contract_pages.hpp"
#include "search.hpp"

#include <directory/accounts_v1.h>

namespace directory {
namespace {

class Directory {
public:
    explicit Directory(guichet::Ctx) {}

    void bind(guichet::Binder& b) {
        route<account_pages::list>(b, "accounts.list");
        route<account_pages::options>(b, "accounts.options");
        route<account_pages::show>(b, "accounts.show");
        route<account_pages::new_form>(b, "accounts.new");
        route<account_pages::create>(b, "accounts.create");
        route<account_pages::edit_form>(b, "accounts.edit");
        route<account_pages::update>(b, "accounts.update");
        route<account_pages::activate>(b, "accounts.activate");
        route<account_pages::deactivate>(b, "accounts.deactivate");
        route<contact_pages::list>(b, "contacts.list");
        route<contact_pages::options>(b, "contacts.options");
        route<contact_pages::show>(b, "contacts.show");
        route<contact_pages::new_form>(b, "contacts.new");
        route<contact_pages::create>(b, "contacts.create");
        route<contact_pages::edit_form>(b, "contacts.edit");
        route<contact_pages::update>(b, "contacts.update");
        route<contract_pages::list>(b, "contracts.list");
        route<contract_pages::options>(b, "contracts.options");
        route<contract_pages::new_form>(b, "contracts.new");
        route<contract_pages::create>(b, "contracts.create");
        route<contract_pages::edit_form>(b, "contracts.edit");
        route<contract_pages::update>(b, "contracts.update");
        route<account_api::list>(b, "api.accounts.list");
        route<account_api::create>(b, "api.accounts.create");
        route<account_api::get>(b, "api.accounts.get");
        route<account_api::patch>(b, "api.accounts.patch");
        route<contact_api::list>(b, "api.contacts.list");
        route<contact_api::create>(b, "api.contacts.create");
        route<contact_api::get>(b, "api.contacts.get");
        route<contact_api::patch>(b, "api.contacts.patch");
        route<contract_api::list>(b, "api.contracts.list");
        route<contract_api::create>(b, "api.contracts.create");
        route<contract_api::get>(b, "api.contracts.get");
        route<contract_api::patch>(b, "api.contracts.patch");
        found<search::accounts>(b, "search.accounts");
        found<search::contacts>(b, "search.contacts");
        found<search::contracts>(b, "search.contracts");
        b.service(DIRECTORY_ACCOUNTS, kService);
        b.service("directory.lookup_account", kLookup);
    }

    // The binder wants members; the handlers need nothing of the object.
    template <auto F, class... A>
    void call(guichet::Ctx ctx, A... a) {
        F(ctx, a...);
    }

private:
    template <auto F>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Directory::call<F, guichet::Request>>(handler);
    }

    template <auto F>
    static void found(guichet::Binder& b, std::string_view handler) {
        b.search<&Directory::call<F, std::string_view, std::size_t, guichet::Value>>(handler);
    }

    static const directory_accounts_v1 kService;
    static const guichet_lookup_v1 kLookup;
};

template <auto F, class... A>
constexpr auto* served = guichet::service_fn<&Directory::call<F, A...>>;

constexpr directory_accounts_v1 Directory::kService = {
    {sizeof(directory_accounts_v1), 1, 0},
    served<account_service::find_account, int64_t, guichet_value**>,
    served<account_service::find_contact, int64_t, guichet_value**>,
    served<account_service::search_accounts, guichet_str, int32_t, guichet_value**>,
    served<account_service::contacts_of, int64_t, guichet_value**>,
    served<account_service::running_contracts_of, int64_t, guichet_value**>,
    served<account_service::account_by_email, guichet_str, guichet_value**>,
};

constexpr guichet_lookup_v1 Directory::kLookup = {
    {sizeof(guichet_lookup_v1), 1, 0},
    served<account_service::look_up, int64_t, guichet_value**>,
    served<account_service::suggest, guichet_str, int32_t, guichet_value**>,
};

}  // namespace
}  // namespace directory

GUICHET_PLUGIN(directory::Directory, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
