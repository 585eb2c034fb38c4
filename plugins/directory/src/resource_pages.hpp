// Forms to add and to change an object, and its deletion.
#pragma once

#include "form.hpp"
#include "resource.hpp"

namespace directory::resource_pages {

void new_form(guichet::Ctx ctx, guichet::Request request, const Resource& resource);
void create(guichet::Ctx ctx, guichet::Request request, const Resource& resource);
void edit_form(guichet::Ctx ctx, guichet::Request request, const Resource& resource);
void update(guichet::Ctx ctx, guichet::Request request, const Resource& resource);
void remove(guichet::Ctx ctx, guichet::Request request, const Resource& resource);

// For pages with more of their own. parent is empty for an account.
Form form_of_new(guichet::Ctx ctx, const Resource& resource, guichet::Value parent);
// [list, …, title]
guichet::Value trail(guichet::Ctx ctx, const Resource& resource, std::string_view title);

// What the list shows, as CSV.
std::string export_url(guichet::Request request, const Resource& resource);

// {title, q, sort, paged, next, export_url, fields, fields_used} of the page of a list, with its rows under name.
guichet::Value list_data(guichet::Ctx ctx, guichet::Request request, const Resource& resource, std::string_view name, const Page& page,
                         const Sort& sort);
// Filters of the query string. A page tells what it does not understand by leaving it out.
std::vector<guichet::FieldFilter> custom_filters(guichet::Ctx ctx, guichet::Request request, const Entity& entity);
// Nothing when the parameter is absent; 0, which nothing has, when it is no number.
std::optional<int64_t> wanted_id(guichet::Request request, std::string_view name);
PageRequest wanted_page(guichet::Request request, std::span<const Sort> sorts);

}  // namespace directory::resource_pages
