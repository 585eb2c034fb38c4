// A browser that came with links: which tickets they let it see, and as whom it acts.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

// What one link gives.
struct Grant {
    int64_t link_id = 0;
    std::optional<int64_t> ticket_id, account_id, contact_id;  // contact_id: of the link, or who he says he is
    std::string email;                                         // where the link was sent
    bool of_contact = false;                                   // the link is of a contact, not of a whole account
    bool preview = false;
    bool is_customer() const { return !ticket_id; }
};

class Visit {
public:
    // Of the cookie; without grants when there is none, or it is over.
    Visit(guichet::Ctx ctx, guichet::Request request);

    // The latest customer's link.
    const Grant* customer() const;
    // Who may see the ticket, which its customer may see (row S3-17): with a link of it, or because it is the customer's. Null
    // otherwise.
    const Grant* of_ticket(int64_t ticket_id) const;
    bool empty() const { return grants_.empty(); }

    // What forms bring back, so that no other site can send them.
    std::string form_key() const;
    // GUICHET_E_DENIED unless the form is one of ours.
    void check_form(guichet::Request request) const;
    // Who of the account it is; the caller has checked that he is one of it.
    void choose_contact(const Grant& customer, int64_t contact_id) const;

private:
    // ticket: what Customers::find says; of a merged ticket that is the one it lives on in.
    bool opens(const Grant& grant, int64_t ticket_id, guichet::Value ticket) const;
    guichet::Ctx ctx_;
    std::string token_;
    std::vector<Grant> grants_;  // the latest first
};

// Exchanges the token of a link for a cookie. What the link is of; nothing when it is not valid.
std::optional<Grant> open_link(guichet::Ctx ctx, guichet::Request request, std::string_view token);
// This browser is nobody any more.
void end_visit(guichet::Ctx ctx, guichet::Request request);
void forget_old_visits(guichet::Ctx ctx);

}  // namespace public_form
