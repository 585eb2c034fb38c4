// The form that makes an object, as its administrator has arranged it: standard fields of the owner's manifest and custom
// fields in one order. For the plugins' table (guichet/abi/fields.h) and the page that arranges it.
#pragma once

#include "abi/ctx.hpp"
#include "core/fields.hpp"
#include "plugin/manifest.hpp"

#include <vector>

namespace host::abi {

// One of the two is there, as long as the snapshot and the reference data of the call.
struct FormEntry {
    const plugin::Manifest::Object::FormField* standard = nullptr;
    const core::Field* custom = nullptr;
    core::Asked asked;

    std::string code() const;  // "type", "custom.site"
    bool fixed() const { return standard && standard->fixed; }
};

// Everything that may be in the form, what is not shown included. What nobody has placed comes last, standard fields first.
std::vector<FormEntry> form_entries(guichet_ctx& ctx, std::string_view object, unsigned audience);

// [{code, label, type, standard, shown, mandatory, fixed, more_info, askable}]; askable: the public cannot be asked for a colleague, an
// account or an equipment
base::Value* describe_form(guichet_ctx& ctx, std::string_view object, unsigned audience);

}  // namespace host::abi
