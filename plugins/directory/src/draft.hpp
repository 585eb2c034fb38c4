// What a form or a JSON body wants an object to be: typed values over those it has, checked field by field.
#pragma once

#include "field.hpp"

#include <vector>

namespace directory {

class Draft {
public:
    Draft(guichet::Ctx ctx, const Entity& entity);                      // of a new object
    Draft(guichet::Ctx ctx, const Entity& entity, guichet::Value row);  // of one that exists

    void read_form(guichet::Request request);
    // Members that are no field, fixed ones that differ and wrong types are problems. "version" is skipped.
    void read_json(guichet::Value body, guichet::Problems& problems);
    void check(guichet::Problems& problems);
    // Members that differ, as a hook left them: read and checked like a JSON body.
    void take_edits(guichet::Value data, guichet::Problems& problems);

    const Entity& entity() const { return entity_; }
    std::string_view get(std::string_view name) const;
    void set(std::string_view name, std::string_view value);
    bool changes(std::string_view name) const;

    guichet::Value values() const { return values_of(values_); }  // {name: text or flag}
    // For templates: {name: text}; {name: characters}; {name: [{value, label, …}]} without retired choices.
    guichet::Value form_values() const;
    guichet::Value limits() const;
    guichet::Value options() const;
    // The custom fields with what was typed, as arranged_form() or page_sections().
    guichet::Value custom_sections(guichet::Value errors) const;
    guichet::Value custom() const { return custom_; }  // {code: canonical value}
    // Before anything was typed.
    guichet::Value stored_values() const { return values_of(original_); }
    guichet::Value stored_custom() const { return stored_custom_; }
    // [{label, theirs, mine}] of the fields in which the stored object differs from this draft.
    guichet::Value differences(guichet::Value row) const;

    // Parameter of the i-th field for SQL; "" is null.
    guichet_param param(std::size_t i) const;

private:
    std::size_t index(std::string_view name) const;
    guichet::Value values_of(const std::vector<std::string>& texts) const;
    void check_fields(guichet::Problems& problems);
    void read_member(std::size_t i, guichet::Value value, guichet::Problems& problems);
    std::string_view problem(std::size_t i) const;
    bool choosable(std::size_t i, guichet::Value choice) const;
    void add_custom_differences(guichet::Value row, guichet::Value& out) const;
    uint32_t audience() const { return form_of_new_ ? uint32_t{GUICHET_AUDIENCE_INTERNAL} : guichet::kEveryAudience; }

    guichet::Ctx ctx_;
    const Entity& entity_;
    std::vector<std::string> values_;    // in the order of the entity's fields
    std::vector<std::string> original_;
    guichet::Value custom_, stored_custom_, typed_custom_;  // typed: {code: as it came}
    bool exists_;
    bool form_of_new_ = false;
};

// A member of a row as text: what a form shows and a draft compares.
std::string as_text(guichet::Value value);
// The label of a choice; the code itself when it is gone.
std::string_view label_of(guichet::Value choices, std::string_view code);

}  // namespace directory
