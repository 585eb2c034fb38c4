// What tickets lets customers see and do (tickets/customers_v1.h). Of a route that acts as the system, a job or a hook.
#pragma once

#include <tickets/customers_v1.h>
#include <guichet/sdk/plugin.hpp>

namespace public_form {

class Customers {
public:
    explicit Customers(guichet::Ctx ctx);

    guichet::Value create(guichet::Value input) const;
    guichet::Value add_message(int64_t ticket_id, guichet::Value message) const;
    // The files, and every upload of the request.
    void attach(int64_t ticket_id, int64_t message_id, const std::vector<tickets_new_file>& files, guichet::Request request) const;
    void step(int64_t ticket_id, std::string_view step, std::string_view by_email) const;
    guichet::Value show(int64_t ticket_id) const;
    guichet::Value list(guichet::Value scope, int32_t limit) const;
    void send_file(guichet::Request request, int64_t ticket_id, int64_t file_id, bool display_inline) const;
    // Empty when there is none.
    guichet::Value find(std::string_view ref) const;
    guichet::Value find(int64_t ticket_id) const;

private:
    guichet::Value found(std::string_view ref, int64_t ticket_id) const;
    guichet::Ctx ctx_;
    guichet::Service<tickets_customers_v1> service_;
};

}  // namespace public_form
