// What every resource under /api/v1 does alike: paging, filters, entity tags, preconditions.
#pragma once

#include "field.hpp"
#include "list.hpp"

namespace directory {

// guichet::Query parameters of a list; what is wrong with them goes into problems. sorts[0] is the default.
PageRequest read_page_request(guichet::Ctx ctx, guichet::Request request, std::span<const Sort> sorts, guichet::Problems& problems);
// Parameters that are neither named nor of the page, and any that is there twice, are problems.
// Filters on custom fields of the entity are known as well.
void check_parameters(guichet::Ctx ctx, guichet::Request request, const Entity& entity, std::initializer_list<std::string_view> names,
                      guichet::Problems& problems);
std::vector<guichet::FieldFilter> read_custom(guichet::Ctx ctx, guichet::Request request, const Entity& entity, guichet::Problems& problems);
// "" when absent; choices are [{value, …}].
std::string_view read_choice(guichet::Ctx ctx, guichet::Request request, std::string_view name, guichet::Value choices,
                             guichet::Problems& problems);
std::optional<int64_t> read_id(guichet::Ctx ctx, guichet::Request request, std::string_view name, guichet::Problems& problems);
std::optional<bool> read_flag(guichet::Ctx ctx, guichet::Request request, std::string_view name, guichet::Problems& problems);

// {items, next}.
void send_page(guichet::Ctx ctx, guichet::Request request, const Entity& entity, const Page& page);
// The object with its entity tag.
void send_object(guichet::Ctx ctx, guichet::Request request, const Entity& entity, guichet::Value row);
// The same with 201 and its address.
void send_created(guichet::Ctx ctx, guichet::Request request, const Entity& entity, guichet::Value row);

// Throws GUICHET_E_PRECONDITION when If-Match names other versions than the row's, GUICHET_E_CONFLICT when the
// member "version" of the body does.
void require_version(guichet::Ctx ctx, guichet::Request request, guichet::Value row, guichet::Value body);
// What a write answers that lost a race.
[[noreturn]] void throw_stale(guichet::Ctx ctx);

}  // namespace directory
