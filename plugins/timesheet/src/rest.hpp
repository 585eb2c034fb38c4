// What the resources of the REST API have in common.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

// Parameters that a list does not take, or that are there twice, are problems; limit is 1 to 200.
void check_parameters(guichet::Ctx ctx, guichet::Request request, std::initializer_list<std::string_view> names,
                      guichet::Problems& problems);
int read_limit(guichet::Ctx ctx, guichet::Request request, guichet::Problems& problems);
std::optional<int64_t> read_id(guichet::Ctx ctx, guichet::Request request, std::string_view name, guichet::Problems& problems);
// PRECONDITION when If-Match, CONFLICT when the body's member version names another version. What the body says, else the present one.
int64_t read_version(guichet::Ctx ctx, guichet::Request request, guichet::Value body, int64_t present);

void send_page(guichet::Ctx ctx, guichet::Request request, guichet::Value items, std::string_view next);
// With its ETag; created: with status 201 and Location.
void send_object(guichet::Ctx ctx, guichet::Request request, guichet::Value object);
void send_created(guichet::Ctx ctx, guichet::Request request, std::string_view collection, guichet::Value object);

}  // namespace timesheet
