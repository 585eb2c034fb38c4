#include "contact_pages.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "contact_store.hpp"
#include "present.hpp"
#include "resource_pages.hpp"

namespace directory::contact_pages {

using guichet::Ctx;
using guichet::Request;
using resource_pages::wanted_id;

namespace {

constexpr int kMostOptions = 20;

}  // namespace

void list(Ctx ctx, Request request) {
    const ContactFilter filter{.words = request.query("q").value_or(""),
                               .account_id = wanted_id(request, "account_id"),
                               .custom = resource_pages::custom_filters(ctx, request, kContact)};
    const auto wanted = resource_pages::wanted_page(request, kContactSorts);
    const auto page = list_contacts(ctx, filter, wanted);
    for (std::size_t i = 0; i < page.items.size(); ++i) present_contact(page.items[i]);

    auto data = resource_pages::list_data(ctx, request, kContacts, "contacts", page, *wanted.sort);
    data.set("filtered", !filter.words.empty() || filter.account_id.has_value() || !filter.custom.empty());
    if (filter.account_id) data.set("account", get_account(ctx, *filter.account_id));
    request.page(request.is_htmx() ? "contacts/results.html" : "contacts/list.html", data);
}

void options(Ctx ctx, Request request) {
    const auto page = list_contacts(ctx, {.account_id = wanted_id(request, "account_id").value_or(0), .active = true},
                                    {.sort = &kContactSorts[0], .limit = kMostOptions, .after = {}});
    request.page("contacts/options.html", ctx.object().set("contacts", page.items));
}

void show(Ctx ctx, Request request) {
    const auto contact = get_contact(ctx, request.id());
    present_contact(contact);
    present_authors(ctx, contact);
    const auto name = contact["name"].text().value_or("");
    auto data = ctx.object();
    data.set("custom", custom_of(ctx, kContact, contact));
    data.set("language_label", label_of(contact_languages(ctx), contact["language"].text().value_or("")));
    data.set("title", name).set("contact", contact).set("may_update", may(ctx, kUpdate, account_of(contact)));
    data.set("may_delete", may(ctx, kDelete, account_of(contact)));
    data.set("breadcrumb", resource_pages::trail(ctx, kContacts, name));
    request.page("contacts/show.html", data);
}

}  // namespace directory::contact_pages
