// The form of a new request, as the administrator has arranged it for the public: what it shows, and what comes back.
#pragma once

#include "kept_files.hpp"
#include "settings.hpp"

namespace public_form {

class RequestForm {
public:
    // asks_address: of whom nothing is known.
    RequestForm(guichet::Ctx ctx, const Settings& settings, bool asks_address);

    void read(guichet::Request request);
    // kept: what it has brought before.
    void check(guichet::Request request, const KeptFiles& kept);

    guichet::Problems& problems() { return problems_; }
    const std::string& email() const { return email_; }
    // What the ticket is to be made of (tickets/customers_v1.h), but whose it is.
    guichet::Value ticket() const;
    // All that was entered, to see whether two are the same.
    std::string content(guichet::Request request) const;
    // For the template: {form, sections, errors, helps, asks_address, files, legal}.
    void show(guichet::Value data) const;

private:
    struct Field {
        std::string_view code;
        bool mandatory;
        std::string value;
    };
    void check_field(const Field& field);
    void check_address();
    void check_custom();
    guichet::Value sections() const;
    void add_control(guichet::Value field) const;

    guichet::Ctx ctx_;
    const Settings& settings_;
    bool asks_address_;
    std::vector<Field> fields_;  // standard ones that are shown
    std::string email_, name_;
    guichet::Value typed_custom_, custom_;
    guichet::Problems problems_;
};

}  // namespace public_form
