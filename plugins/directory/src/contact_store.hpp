// Contacts of the accounts the current user may see; the rights are those of the account.
#pragma once

#include "list.hpp"
#include "record.hpp"

namespace directory {

// Those that people are written to in: [{value, label}].
guichet::Value contact_languages(guichet::Ctx ctx);

inline constexpr Field kContactFields[] = {
    {.name = "account_id", .label = "Account", .kind = Kind::reference, .missing = "Choose an account.", .in_form = false, .fixed = true},
    {.name = "first_name", .label = "First name", .max_length = 100},
    {.name = "last_name", .label = "Last name", .max_length = 100, .missing = "Enter a last name."},
    {.name = "job_title", .label = "Job title", .max_length = 120},
    {.name = "email", .label = "E-mail", .kind = Kind::email, .max_length = 254},
    {.name = "phone", .label = "Phone", .kind = Kind::phone, .max_length = 40},
    {.name = "mobile", .label = "Mobile phone", .kind = Kind::phone, .max_length = 40},
    {.name = "language", .label = "Language", .kind = Kind::choice, .choices = contact_languages},
    {.name = "main", .label = "Main contact", .kind = Kind::flag, .initial = "false"},
    {.name = "active", .label = "Active", .kind = Kind::flag, .initial = "true"},
};
inline constexpr Entity kContact{"contact", "directory.contact", kContactFields};

std::string contact_key(guichet::Value row);
inline constexpr Sort kContactSorts[] = {
    {.name = "name", .column = "name_key", .key = contact_key},
    {.name = "-name", .column = "name_key", .descending = true, .key = contact_key},
    {.name = "created_at", .column = "created_at", .by_time = true},
    {.name = "-created_at", .column = "created_at", .descending = true, .by_time = true},
};

struct ContactFilter {
    std::string_view words = {};  // parts of the name, e-mail, job title or telephone number
    std::string_view email = {};  // exact, case does not matter
    std::optional<int64_t> account_id = {};
    std::optional<bool> active = {};
    std::vector<guichet::FieldFilter> custom = {};
};

Page list_contacts(guichet::Ctx ctx, const ContactFilter& filter, const PageRequest& request);
guichet::Rows contacts_to_export(guichet::Ctx ctx, const ContactFilter& filter);  // add_export_columns()
guichet::Value get_contact(guichet::Ctx ctx, int64_t id);

// An account has one main contact: the one that was made so last.
int64_t create_contact(guichet::Ctx ctx, const Draft& draft);
bool update_contact(guichet::Ctx ctx, const Draft& draft, int64_t id, int64_t version);  // false: stale

}  // namespace directory
