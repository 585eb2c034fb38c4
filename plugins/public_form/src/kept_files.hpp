// Files of a form that could not be taken yet wait for its next try, bound to its token and for less than a day (security.md R60).
#pragma once

#include "customers.hpp"

namespace public_form {

class KeptFiles {
public:
    KeptFiles(guichet::Ctx ctx, std::string_view token);

    // [{id, name, bytes}] in the order in which they came.
    guichet::Value list() const { return files_; }
    std::size_t count() const { return files_.size(); }
    int64_t bytes() const;

    // Those whose boxes "leave out" are ticked.
    void leave_out(guichet::Request request);
    // Every upload of the request, which is known to be within the limits of a form. False: no more fits today, of where it comes
    // from. GUICHET_E_IO: the disk is full. Either way nothing was kept.
    bool keep(guichet::Request request);
    // They wait for a form with another token from now on.
    void move_to(std::string_view token);
    // Inside a Tx: they are of the ticket (message_id 0) or a message of it, with every upload of the request.
    void attach(const Customers& customers, int64_t ticket_id, int64_t message_id, guichet::Request request) const;

private:
    void read();
    guichet::Ctx ctx_;
    std::string form_hash_;
    guichet::Value files_;
};

// Keeps what the request has brought. status 200, or 429 or 507 and what to say beside the files.
struct NotKept {
    int status = 200;
    std::string_view problem{};
};
NotKept keep_files(guichet::Ctx ctx, guichet::Request request, KeptFiles& kept);
void forget_kept_files(guichet::Ctx ctx);

}  // namespace public_form
