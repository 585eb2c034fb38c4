// Photos and documents of an equipment or of an intervention; who may see those may see its files.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

// owner: the column "equipment_id" or "intervention_id".
// [{id, name, type, bytes, is_image, created_at, author_name}]
guichet::Value files_of(guichet::Ctx ctx, std::string_view owner, int64_t id);
// Every upload of the request, all or none. GUICHET_E_INVALID, field "file", when there is none.
void add_uploads(guichet::Ctx ctx, guichet::Request request, std::string_view owner, int64_t id);
// GUICHET_E_NOT_FOUND unless it is a file of that one.
void send_file(guichet::Ctx ctx, guichet::Request request, std::string_view owner, int64_t id);
std::string remove_file(guichet::Ctx ctx, std::string_view owner, int64_t id, int64_t file_id);  // its name
void remove_files(guichet::Ctx ctx, std::string_view owner, int64_t id);

}  // namespace interventions
