// Custom fields of an object within a call: definitions, checking what comes in, showing what is stored. What the
// plugins' table (guichet/abi/fields.h) and the host's own pages do alike.
#pragma once

#include "abi/ctx.hpp"
#include "core/fields.hpp"

namespace host::abi {

// Objects a field of type account or equipment may name: a service "<plugin>.lookup_<type>" 1.0 (guichet/abi/fields.h).
bool has_lookup(const guichet_ctx& ctx, core::FieldType type);
// [{id, name, url}] that the user may see; empty without a provider.
const base::Value* search_lookup(guichet_ctx& ctx, core::FieldType type, std::string_view words, std::int32_t limit);

const base::Value* field_definitions(guichet_ctx& ctx, std::string_view object, unsigned audience);

// problems: {"custom.<code>": message}, empty when merged is good.
struct MergedFields {
    base::Value* merged;
    base::Value* problems;
};
MergedFields merge_fields(guichet_ctx& ctx, std::string_view object, unsigned audience, const base::Value* stored, const base::Value& input);

base::Value* present_fields(guichet_ctx& ctx, std::string_view object, unsigned audience, const base::Value* stored);

}  // namespace host::abi
