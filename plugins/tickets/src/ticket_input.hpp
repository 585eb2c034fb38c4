// What a form or a JSON body wants a ticket to be: normalised, then checked, field by field.
#pragma once

#include "fields.hpp"

#include <span>

namespace tickets {

inline constexpr std::size_t kLongestSubject = 200;
inline constexpr std::size_t kLongestDescription = 50'000;

class TicketInput {
public:
    // stored: the values of the ticket, or those of an empty one. audience: of the custom fields.
    TicketInput(const Call& call, Values stored, uint32_t audience = guichet::kEveryAudience)
        : call_{call}, stored_{stored}, values_{std::move(stored)}, audience_{audience}, problems_{call.ctx} {}

    // Takes the fields that the form has.
    void read_form(guichet::Request request, std::span<const Field> fields);
    // Members that are not in fields and not in others are problems, and so are wrong JSON types.
    void read_json(guichet::Value body, std::span<const Field> fields, std::initializer_list<std::string_view> others);
    // Accounts, contacts and contracts as the user may see them; a contact brings its account, another account
    // drops contact and contract.
    void check();
    void check_fields();   // but those, and the custom ones
    void check_parties();

    void set(Field field, std::string value) { values_[field] = std::move(value); }
    void replace(Values values) { values_ = std::move(values); }
    const Values& values() const { return values_; }
    guichet::Value typed_custom() const { return typed_custom_; }  // {code: as it came}; empty: nothing
    guichet::Problems& problems() { return problems_; }

private:
    void read_text(Field field, std::string_view typed);
    void read_member(const FieldInfo& field, guichet::Value value);
    std::string normalised(Field field, std::string_view typed);
    std::string status_id(std::string_view code);
    std::string user_id(Field field, std::string_view typed);
    std::string team_id(std::string_view typed);
    std::string instant(Field field, std::string_view typed);
    void read_tags(guichet::Request request);
    void read_tags(guichet::Value value);
    void check_status();
    void check_subject();
    void check_code(Field field);
    void check_progress();
    void check_requester();
    void check_account();
    void check_account_given();
    void check_contact();
    void check_contract();
    void check_custom();
    void check_form();
    bool changes(Field field) const { return values_[field] != stored_[field]; }
    void problem(Field field, std::string_view msgid);

    const Call& call_;
    Values stored_;
    Values values_;
    uint32_t audience_;
    guichet::Value typed_custom_;
    guichet::Problems problems_;
};

}  // namespace tickets
