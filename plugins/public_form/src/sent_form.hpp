// Forms that come twice are taken once: a second click, a reload, a network that tries again (security.md R61).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

class SentForm {
public:
    // content: what was entered, in any unambiguous form.
    SentForm(guichet::Ctx ctx, std::string_view token, std::string_view content);

    enum class State { fresh, same, other };  // other: it was sent with something else in it
    State look() const;
    // Inside the Tx that takes it: whoever sends the same waits until it ends. False: somebody else has taken it.
    bool take() const;
    // Inside the same Tx: what came of it.
    void became(int64_t ticket_id, std::string_view ref) const;
    struct Ticket {
        int64_t id;
        std::string ref;
    };
    Ticket ticket() const;

private:
    guichet::Ctx ctx_;
    std::string form_hash_, content_hash_;
};

void forget_sent_forms(guichet::Ctx ctx);

}  // namespace public_form
