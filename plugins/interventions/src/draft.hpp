// What a form or a JSON body wants an object to be: typed values over those it has, checked field by field.
#pragma once

#include "field.hpp"

namespace interventions {

class Draft {
public:
    Draft(guichet::Ctx ctx, const Entity& entity);                      // of a new object
    Draft(guichet::Ctx ctx, const Entity& entity, guichet::Value row);  // of one that exists

    // Fields that the form does not have stay as they are; a flag is not sent when it is off.
    void read_form(guichet::Request request);
    // Members that are no field, fixed ones that differ and wrong types are problems; others are left alone.
    void read_json(guichet::Value body, guichet::Problems& problems, std::initializer_list<std::string_view> others);
    void check(guichet::Problems& problems);

    const Entity& entity() const { return entity_; }
    std::string_view get(std::string_view name) const { return values_.at(index(name)); }
    int64_t id(std::string_view name) const { return guichet::to_integer(get(name)).value_or(0); }  // 0: none
    void set(std::string_view name, std::string_view value) { values_.at(index(name)) = value; }
    bool changes(std::string_view name) const { return values_.at(index(name)) != original_.at(index(name)); }
    bool changes_anything() const;

    // For templates: {name: text}, {name: characters}, {name: [{value, label}]} without retired choices.
    guichet::Value form_values() const;
    guichet::Value limits() const;
    guichet::Value options() const;
    guichet::Value custom_sections(guichet::Value errors) const;
    guichet::Value custom() const { return custom_; }
    // [{label, theirs, mine}] of the fields in which the stored object differs from this draft.
    guichet::Value differences(guichet::Value row) const;

    // Appends the i-th value to a statement; "" is null.
    void add_value(guichet::Query& query, std::size_t i) const;

private:
    std::size_t index(std::string_view name) const;
    void read_member(std::size_t i, guichet::Value value, guichet::Problems& problems);
    std::string_view problem(std::size_t i) const;
    bool choosable(std::size_t i, guichet::Value choice) const;
    std::string shown(std::size_t i, std::string_view value) const;
    std::string for_form(std::size_t i, const std::string& value) const;

    guichet::Ctx ctx_;
    const Entity& entity_;
    std::vector<std::string> values_, original_;  // in the order of the entity's fields
    guichet::Value custom_, stored_custom_, typed_custom_;
    bool exists_;
    bool form_of_new_ = false;
};

// A member of a row as text, moments as RFC 3339.
std::string as_text(guichet::Value value);

}  // namespace interventions
