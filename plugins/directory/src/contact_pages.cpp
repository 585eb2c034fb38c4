#include "contact_pages.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "contact_store.hpp"
#include "form.hpp"
#include "present.hpp"

namespace directory::contact_pages {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kMostOptions = 20;

int64_t account_of(Value contact) { return contact["account_id"].integer().value_or(0); }

// 0 when the parameter is absent or no number: then no account has it.
std::optional<int64_t> wanted_account(Request request) {
    const auto text = request.query("account_id");
    if (!text || text->empty()) return std::nullopt;
    int64_t id = 0;
    std::from_chars(text->data(), text->data() + text->size(), id);
    return id;
}

// A page tells what it does not understand by leaving it out.
std::vector<guichet::FieldFilter> custom_filters(Ctx ctx, Request request) {
    Problems problems{ctx};
    return guichet::read_field_filters(ctx, request, kContact.object, guichet::kEveryAudience, problems);
}

Form new_contact(Ctx ctx, Value account) {
    const auto title = ctx.tr("Add a contact");
    const auto path = account_path(account["id"].integer().value_or(0));
    auto trail = ctx.array().push(crumb(ctx, ctx.tr("Accounts"), "/accounts"));
    trail.push(crumb(ctx, account["name"].text().value_or(""), path)).push(crumb(ctx, title));
    return {"contacts/form.html", title, trail, path};
}

Form edit_contact(Ctx ctx, Value contact) {
    const auto path = contact_path(contact["id"].integer().value_or(0));
    auto trail = ctx.array().push(crumb(ctx, ctx.tr("Contacts"), "/contacts"));
    trail.push(crumb(ctx, contact["name"].text().value_or(""), path)).push(crumb(ctx, ctx.tr("Edit")));
    return {"contacts/form.html", ctx.tr("Edit the contact"), trail, path, contact["version"].integer().value_or(0)};
}

// The account of the path, which the user may add contacts to.
Value account_to_extend(Ctx ctx, Request request) {
    const auto account = get_account(ctx, request.id());
    require(ctx, kUpdate, request.id());
    return account;
}

Value contact_to_edit(Ctx ctx, Request request) {
    const auto contact = get_contact(ctx, request.id());
    require(ctx, kUpdate, account_of(contact));
    return contact;
}

}  // namespace

void list(Ctx ctx, Request request) {
    const ContactFilter filter{.words = request.query("q").value_or(""), .account_id = wanted_account(request), .custom = custom_filters(ctx, request)};
    const auto* sort = find_sort(kContactSorts, request.query("sort").value_or(""));
    if (!sort) sort = &kContactSorts[0];
    const auto page = list_contacts(ctx, filter, {.sort = sort, .after = read_cursor(*sort, request.query("after").value_or(""))});
    for (std::size_t i = 0; i < page.items.size(); ++i) present_contact(page.items[i]);

    auto data = ctx.object();
    data.set("title", ctx.tr("Contacts")).set("contacts", page.items).set("next", page.next).set("sort", sort->name);
    data.set("q", filter.words).set("paged", request.query("after").has_value());
    data.set("filtered", !filter.words.empty() || filter.account_id.has_value() || !filter.custom.empty());
    data.set("fields", guichet::filter_controls(ctx, request, kContact.object, guichet::kEveryAudience)).set("fields_used", !filter.custom.empty());
    if (filter.account_id) data.set("account", get_account(ctx, *filter.account_id));
    request.page(request.is_htmx() ? "contacts/results.html" : "contacts/list.html", data);
}

void options(Ctx ctx, Request request) {
    const auto page = list_contacts(ctx, {.account_id = wanted_account(request).value_or(0), .active = true},
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
    data.set("title", name).set("contact", contact).set("may_update", may(ctx, kUpdate, account_of(contact)));
    data.set("breadcrumb", ctx.array().push(crumb(ctx, ctx.tr("Contacts"), "/contacts")).push(crumb(ctx, name)));
    request.page("contacts/show.html", data);
}

void new_form(Ctx ctx, Request request) {
    show_form(ctx, request, new_contact(ctx, account_to_extend(ctx, request)), Draft{ctx, kContact});
}

void create(Ctx ctx, Request request) {
    const auto account = account_to_extend(ctx, request);
    Draft draft{ctx, kContact};
    draft.set("account_id", as_text(account["id"]));
    draft.read_form(request);
    Problems problems{ctx};
    draft.check(problems);
    submit_new(ctx, request, new_contact(ctx, account), draft, problems, [&] { return contact_path(insert(ctx, draft)); });
}

void edit_form(Ctx ctx, Request request) {
    const auto contact = contact_to_edit(ctx, request);
    show_form(ctx, request, edit_contact(ctx, contact), Draft{ctx, kContact, contact});
}

void update(Ctx ctx, Request request) {
    const auto contact = contact_to_edit(ctx, request);
    Draft draft{ctx, kContact, contact};
    draft.read_form(request);
    Problems problems{ctx};
    draft.check(problems);
    submit_edit(ctx, request, edit_contact(ctx, contact), draft, problems,
                [&](int64_t version) { return directory::update(ctx, draft, request.id(), version); },
                [&] { return get_contact(ctx, request.id()); });
}

}  // namespace directory::contact_pages
