// The form that a schema of settings describes: its fields for the template, and what was entered in it.
#pragma once

#include "web/site.hpp"

#include <string>
#include <string_view>

namespace host::pages {

struct SettingsForm {
    web::Call& call;
    std::string_view domain;      // of the texts: "core" or the plugin's id
    const base::Value& schema;
    const base::Value& in_force;
    const base::Value* stored;    // as core::SettingsState::stored
    const base::Value& errors;    // "company.name" -> message
    bool entered = false;         // show what was entered instead of what is in force
    bool compare = false;         // and beside it what is in force where the two differ
};

// [{kind, name, label, hint, value, required, error, theirs, …}]; kind "group" has fields of its own.
const base::Value* settings_fields(const SettingsForm& form);

// The changes for core::write_settings; empty text is null, but for text whose default is not empty.
const base::Value* read_settings_form(web::Call& call, const base::Value& schema);

// What to enter, as a sentence; for the setting "/company/name".
std::string expected_setting(web::Call& call, const base::Value& schema, std::string_view path);

}  // namespace host::pages
