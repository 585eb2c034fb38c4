// The form of one custom field: read from what was sent, checked, and drawn again.
#pragma once

#include "core/field_store.hpp"
#include "web/site.hpp"

namespace host::pages {

// Puts what was sent into the field. errors: name of the control -> message. code: of a new field only.
void read_field_form(web::Call& call, core::StoredField& field, bool is_new, base::Value& errors);

// {label_fr, label_en, …} and the options, for fields_form.html.
base::Value* field_form_values(web::Call& call, const core::StoredField& field);

std::string_view type_label(core::FieldType type);  // msgid

}  // namespace host::pages
