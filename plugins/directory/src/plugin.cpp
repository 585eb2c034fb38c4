// Accounts (third parties), their contacts and contracts: pages, REST, and a service for other plugins.
#include "account_pages.hpp"
#include "account_service.hpp"
#include "account_widgets.hpp"
#include "contact_pages.hpp"
#include "contract_pages.hpp"
#include "export.hpp"
#include "import_api.hpp"
#include "import_pages.hpp"
#include "import_run.hpp"
#include "list_api.hpp"
#include "resource_api.hpp"
#include "resource_pages.hpp"
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
        route<account_pages::create>(b, "accounts.create");
        route<account_pages::activate>(b, "accounts.activate");
        route<account_pages::deactivate>(b, "accounts.deactivate");
        route<contact_pages::list>(b, "contacts.list");
        route<contact_pages::options>(b, "contacts.options");
        route<contact_pages::show>(b, "contacts.show");
        route<contract_pages::list>(b, "contracts.list");
        route<contract_pages::options>(b, "contracts.options");
        route<contract_pages::show>(b, "contracts.show");
        route<contract_pages::renew>(b, "contracts.renew");
        route<contract_pages::api_periods>(b, "api.contracts.periods");
        route<contract_pages::api_renew>(b, "api.contracts.renew");
        route<list_api::accounts>(b, "api.accounts.list");
        route<list_api::contacts>(b, "api.contacts.list");
        route<list_api::contracts>(b, "api.contracts.list");
        route<list_api::contract_lines>(b, "api.contract_lines.list");
        route<of<resource_pages::create, kContacts>>(b, "contacts.create");
        route<of<resource_pages::create, kContracts>>(b, "contracts.create");
        route<of<resource_pages::create, kContractLines>>(b, "contract_lines.create");
        change<kAccounts>(b, "accounts");
        change<kContacts>(b, "contacts");
        change<kContracts>(b, "contracts");
        change<kContractLines>(b, "contract_lines");
        route<exports::accounts>(b, "accounts.export");
        route<exports::contacts>(b, "contacts.export");
        route<exports::contracts>(b, "contracts.export");
        route<import_pages::list>(b, "imports.list");
        route<import_pages::create>(b, "imports.create");
        route<import_pages::show>(b, "imports.show");
        route<import_pages::format>(b, "imports.format");
        route<import_pages::check>(b, "imports.check");
        route<import_pages::change>(b, "imports.change");
        route<import_pages::run>(b, "imports.run");
        route<import_pages::remove>(b, "imports.delete");
        route<import_pages::problems>(b, "imports.problems");
        route<import_api::create>(b, "api.imports.create");
        route<import_api::get>(b, "api.imports.get");
        route<import_api::run>(b, "api.imports.run");
        route<import_api::remove>(b, "api.imports.delete");
        b.job<&Directory::call<go_on_with_import, guichet::Job>>("import");
        b.job<&Directory::forget_imports>("forget_imports");
        slot<account_widgets::contacts>(b, "widget.contacts");
        slot<account_widgets::contracts>(b, "widget.contracts");
        found<search::accounts>(b, "search.accounts");
        found<search::contacts>(b, "search.contacts");
        found<search::contracts>(b, "search.contracts");
        b.service(DIRECTORY_ACCOUNTS, kService);
        b.service("directory.lookup_account", kLookup);
    }

    void forget_imports(guichet::Ctx ctx, guichet::Job) { delete_forgotten_imports(ctx); }

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

    template <void (*F)(guichet::Ctx, guichet::Request, const Resource&), const Resource& R>
    static void of(guichet::Ctx ctx, guichet::Request request) {
        F(ctx, request, R);
    }

    // What every resource has alike; accounts are added on a page of their own.
    template <const Resource& R>
    static void change(guichet::Binder& b, const std::string& name) {
        route<of<resource_pages::new_form, R>>(b, name + ".new");
        route<of<resource_pages::edit_form, R>>(b, name + ".edit");
        route<of<resource_pages::update, R>>(b, name + ".update");
        route<of<resource_pages::remove, R>>(b, name + ".delete");
        route<of<resource_api::create, R>>(b, "api." + name + ".create");
        route<of<resource_api::get, R>>(b, "api." + name + ".get");
        route<of<resource_api::patch, R>>(b, "api." + name + ".patch");
        route<of<resource_api::remove, R>>(b, "api." + name + ".delete");
    }

    template <auto F>
    static void slot(guichet::Binder& b, std::string_view handler) {
        b.slot<&Directory::call<F, guichet::Value, guichet::Html>>(handler);
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
    {sizeof(directory_accounts_v1), 1, 1},
    served<account_service::find_account, int64_t, guichet_value**>,
    served<account_service::find_contact, int64_t, guichet_value**>,
    served<account_service::search_accounts, guichet_str, int32_t, guichet_value**>,
    served<account_service::contacts_of, int64_t, guichet_value**>,
    served<account_service::running_contracts_of, int64_t, guichet_value**>,
    served<account_service::account_by_email, guichet_str, guichet_value**>,
    served<account_service::find_by_email, guichet_str, guichet_value**>,
};

constexpr guichet_lookup_v1 Directory::kLookup = {
    {sizeof(guichet_lookup_v1), 1, 0},
    served<account_service::look_up, int64_t, guichet_value**>,
    served<account_service::suggest, guichet_str, int32_t, guichet_value**>,
};

}  // namespace
}  // namespace directory

GUICHET_PLUGIN(directory::Directory, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
