// The fields of a ticket that people edit. Their values are text as it is stored, "" where nothing is set:
// ids and codes, a point in time as RFC 3339, yes as "true", tags with commas between them.
#pragma once

#include "call.hpp"

#include <guichet/sdk/custom_fields.hpp>

#include <array>

namespace tickets {

inline constexpr std::string_view kObject = "tickets.ticket";  // that administrators add fields to

enum class Field : std::size_t {
    subject,
    description,
    status,
    priority,
    type,
    category,
    severity,
    account,
    contact,
    contract,
    assignee,
    in_charge,
    team,
    channel,
    started_at,
    due_at,
    progress,
    visible_to_client,
    tags,
    requester_email
};
inline constexpr std::size_t kFieldCount = 20;

struct FieldInfo {
    Field field;
    std::string_view name;   // in forms, JSON and history
    std::string_view label;  // msgid
    std::string_view list;   // of its codes; "" when it has none
};
extern const std::array<FieldInfo, kFieldCount> kFields;

const FieldInfo& info(Field field);
const FieldInfo* find_field(std::string_view name);
bool is_channel(std::string_view code);
bool is_user(Field field);
bool is_instant(Field field);
// A number in JSON: an id or a percentage.
bool is_number(Field field);

class Values {
public:
    std::string& operator[](Field field) { return texts_[static_cast<std::size_t>(field)]; }
    const std::string& operator[](Field field) const { return texts_[static_cast<std::size_t>(field)]; }
    // A field that holds a number; nullopt when it is not set.
    std::optional<int64_t> id(Field field) const;

    guichet::Value custom;  // {code: canonical value}; empty: none
    guichet::Value ext;     // what other plugins added to the form: {plugin: {field: text}}; never stored here

private:
    std::array<std::string, kFieldCount> texts_;
};

// Of the status; "" when there is none.
std::string_view phase_of(const Call& call, const Values& values);

// What people see of a code or status id; "" when nothing is set. Other values are returned as they are.
std::string_view label_of(const Call& call, Field field, std::string_view value);
// {code, label, color} of a code or status id, null when nothing is set.
guichet::Value badge_of(const Call& call, Field field, std::string_view value);
// Every way in which tickets come in, [{value, label}].
guichet::Value every_channel(const Call& call);
// [{value, label}] to choose from; retired entries are left out unless they are the current value.
guichet::Value options_of(const Call& call, Field field, std::string_view current);

}  // namespace tickets
