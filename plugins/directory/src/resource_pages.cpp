#include "resource_pages.hpp"

#include "access.hpp"

namespace directory::resource_pages {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

std::string_view name_of(const Resource& resource, Value row) { return row[resource.name].text().value_or(""); }

// The object of the path to which another is added; empty when an account is.
Value parent_to_extend(Ctx ctx, Request request, const Resource& resource) {
    if (!resource.parent) return {};
    const auto parent = resource.parent->get(ctx, request.id());
    require(ctx, kUpdate, account_of(parent));
    return parent;
}

Value row_to_edit(Ctx ctx, Request request, const Resource& resource) {
    const auto row = resource.get(ctx, request.id());
    require(ctx, kUpdate, account_of(row));
    return row;
}

Value trail_to(Ctx ctx, const Resource& resource, Value row) {
    auto out = ctx.array().push(crumb(ctx, ctx.tr(resource.list_title), resource.path));
    return out.push(crumb(ctx, name_of(resource, row), page_of(resource, row)));
}

Form form_of(Ctx ctx, const Resource& resource, Value row) {
    const bool own = resource.has_page;
    auto trail = trail_to(ctx, own ? resource : *resource.parent, own ? row : parent_of(ctx, resource, row));
    trail.push(crumb(ctx, ctx.tr(own ? "Edit" : resource.edit_title)));
    return {resource.form, ctx.tr(resource.edit_title), trail, page_of(resource, row), row["version"].integer().value_or(0)};
}

Draft draft_of_new(Ctx ctx, const Resource& resource, Value parent) {
    Draft draft{ctx, resource.entity};
    if (parent) draft.set(resource.entity.fields.front().name, as_text(parent["id"]));
    return draft;
}

}  // namespace

Value trail(Ctx ctx, const Resource& resource, std::string_view title) {
    return ctx.array().push(crumb(ctx, ctx.tr(resource.list_title), resource.path)).push(crumb(ctx, title));
}

Form form_of_new(Ctx ctx, const Resource& resource, Value parent) {
    const auto title = ctx.tr(resource.add_title);
    if (!parent) return {resource.form, title, trail(ctx, resource, title), std::string{resource.path}};
    return {resource.form, title, trail_to(ctx, *resource.parent, parent).push(crumb(ctx, title)), page_of(*resource.parent, parent)};
}

void new_form(Ctx ctx, Request request, const Resource& resource) {
    const auto parent = parent_to_extend(ctx, request, resource);
    show_form(ctx, request, form_of_new(ctx, resource, parent), draft_of_new(ctx, resource, parent));
}

void create(Ctx ctx, Request request, const Resource& resource) {
    const auto parent = parent_to_extend(ctx, request, resource);
    auto draft = draft_of_new(ctx, resource, parent);
    draft.read_form(request);
    Problems problems{ctx};
    check(ctx, resource, draft, problems);
    submit_new(ctx, request, form_of_new(ctx, resource, parent), draft, problems, [&] {
        const auto id = resource.create(ctx, draft);
        return resource.has_page ? std::string{resource.path} + '/' + std::to_string(id) : page_of(*resource.parent, parent);
    });
}

void edit_form(Ctx ctx, Request request, const Resource& resource) {
    const auto row = row_to_edit(ctx, request, resource);
    show_form(ctx, request, form_of(ctx, resource, row), Draft{ctx, resource.entity, row});
}

void update(Ctx ctx, Request request, const Resource& resource) {
    const auto row = row_to_edit(ctx, request, resource);
    Draft draft{ctx, resource.entity, row};
    draft.read_form(request);
    Problems problems{ctx};
    check(ctx, resource, draft, problems);
    submit_edit(
        ctx, request, form_of(ctx, resource, row), draft, problems,
        [&](int64_t version) { return resource.update(ctx, draft, request.id(), version); },
        [&] { return resource.get(ctx, request.id()); });
}

void remove(Ctx ctx, Request request, const Resource& resource) {
    const auto row = resource.get(ctx, request.id());
    const auto back = resource.has_page ? std::string{resource.path} : page_of(resource, row);
    auto data = ctx.object().set("title", ctx.tr(resource.delete_title)).set("text", ctx.tr(resource.delete_text));
    data.set("name", name_of(resource, row)).set("action", request.path()).set("back", page_of(resource, row));
    if (!request.form("confirmed")) return request.page("partials/delete.html", data);
    try {
        directory::remove(ctx, resource, row);
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_CONFLICT && e.code() != GUICHET_E_VETO) throw;
        request.status(409);
        return request.page("partials/delete.html", data.set("reason", e.what()));
    }
    request.redirect(back);
}

Value list_data(Ctx ctx, Request request, const Resource& resource, std::string_view name, const Page& page, const Sort& sort) {
    const auto used = !custom_filters(ctx, request, resource.entity).empty();
    auto data = ctx.object().set("title", ctx.tr(resource.list_title)).set(name, page.items).set("next", page.next).set("sort", sort.name);
    data.set("export_url", export_url(request, resource))
        .set("q", request.query("q").value_or(""))
        .set("paged", request.query("after").has_value())
        .set("fields_used", used);
    return data.set("fields", guichet::filter_controls(ctx, request, resource.entity.object, guichet::kEveryAudience));
}

std::string export_url(Request request, const Resource& resource) {
    const auto query = request.query_string();
    return std::string{resource.path} + "/export" + (query.empty() ? "" : "?" + std::string{query});
}

std::vector<guichet::FieldFilter> custom_filters(Ctx ctx, Request request, const Entity& entity) {
    Problems problems{ctx};
    return guichet::read_field_filters(ctx, request, entity.object, guichet::kEveryAudience, problems);
}

std::optional<int64_t> wanted_id(Request request, std::string_view name) {
    const auto text = request.query(name);
    if (!text || text->empty()) return std::nullopt;
    return guichet::to_integer(*text).value_or(0);
}

PageRequest wanted_page(Request request, std::span<const Sort> sorts) {
    const auto* sort = find_sort(sorts, request.query("sort").value_or(""));
    if (!sort) sort = &sorts.front();
    return {.sort = sort, .after = read_cursor(*sort, request.query("after").value_or(""))};
}

}  // namespace directory::resource_pages
