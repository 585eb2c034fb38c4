// Values of custom fields as people read them, and as form controls want them. Objects of others (user, account,
// equipment) are shown by abi/fields_table.cpp, which can ask for their names. Any thread.
#pragma once

#include "core/field_input.hpp"

namespace host::core {

struct FieldTexts {
    std::string text;   // "12,50 €"
    std::string value;  // of the control: "12,50"
};

// value is canonical and not null. A value of another shape than the field's type is shown as JSON.
FieldTexts field_texts(const Field& field, const base::Value& value, const FieldLocale& locale);

}  // namespace host::core
