#include "customers.hpp"

namespace public_form {

using guichet::Value;
using Table = tickets_customers_v1;

Customers::Customers(guichet::Ctx ctx) : ctx_{ctx}, service_{ctx.service<Table>(TICKETS_CUSTOMERS, 1, 0)} {
    if (!service_) throw guichet::Error{GUICHET_E_UNAVAILABLE, "tickets is switched off"};
}

Value Customers::create(Value input) const {
    guichet_value* out = nullptr;
    service_(&Table::create, input.raw(), &out);
    return {ctx_.raw(), out};
}

Value Customers::add_message(int64_t ticket_id, Value message) const {
    guichet_value* out = nullptr;
    service_(&Table::add_message, ticket_id, message.raw(), &out);
    return {ctx_.raw(), out};
}

void Customers::attach(int64_t ticket_id, int64_t message_id, const std::vector<tickets_new_file>& files, guichet::Request request) const {
    guichet_value* out = nullptr;
    service_(&Table::attach, ticket_id, message_id, files.data(), files.size(), request.raw(), &out);
}

void Customers::step(int64_t ticket_id, std::string_view step, std::string_view by_email) const {
    service_(&Table::step, ticket_id, guichet::str(step), guichet::str(by_email));
}

Value Customers::show(int64_t ticket_id) const {
    guichet_value* out = nullptr;
    service_(&Table::show, ticket_id, &out);
    return {ctx_.raw(), out};
}

Value Customers::list(Value scope, int32_t limit) const {
    guichet_value* out = nullptr;
    service_(&Table::list, scope.raw(), limit, &out);
    return {ctx_.raw(), out};
}

void Customers::send_file(guichet::Request request, int64_t ticket_id, int64_t file_id, bool display_inline) const {
    service_(&Table::send_file, request.raw(), ticket_id, file_id, display_inline ? 1 : 0);
}

Value Customers::found(std::string_view ref, int64_t ticket_id) const {
    try {
        guichet_value* out = nullptr;
        service_(&Table::find, guichet::str(ref), guichet_str{}, ticket_id, &out);
        return {ctx_.raw(), out};
    } catch (const guichet::Error& error) {
        if (error.code() == GUICHET_E_NOT_FOUND) return {};
        throw;
    }
}

Value Customers::find(std::string_view ref) const { return ref.empty() ? Value{} : found(ref, 0); }
Value Customers::find(int64_t ticket_id) const { return found({}, ticket_id); }

}  // namespace public_form
