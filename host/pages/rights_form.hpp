// The rights of a profile as a form: what the active modules declare in their manifests, and the host's own permissions.
#pragma once

#include "auth/profiles.hpp"
#include "web/site.hpp"

namespace host::pages {

// [{id, label, open, error, objects [{id, label, cells}], grants [{permission, label, given}]}]; cells, one for each of
// kVerbs: {permission, label, value, error, options}, or empty where the object has not that verb.
const base::Value* rights_form(web::Call& call, const auth::Levels& levels, const base::Value& errors);

// What was entered, of the modules that the form showed. A module to which access is withheld gives nothing; a preset of
// a row replaces its levels. errors: name of the control -> message.
auth::Levels read_rights(web::Call& call, base::Value& errors);

}  // namespace host::pages
