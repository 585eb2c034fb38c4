#include "ticket.hpp"

#include <tickets/tickets_v1.h>

#include <span>

namespace quotes {

using guichet::Ctx;
using guichet::Value;

namespace {

// After the name of who acts; read in the language of the reader, whoever that is. %1: the number, %2: the customer's name.
struct Note {
    std::string_view what, en, fr;
};
constexpr Note kNotes[] = {
    {"created", "added a quote", "a ajouté un devis"},
    {"validated", "validated the quote %1", "a validé le devis %1"},
    {"sent", "sent the quote %1 to the customer", "a envoyé le devis %1 au client"},
    {"signed", "marked the quote %1 as signed", "a marqué le devis %1 comme signé"},
    {"refused", "marked the quote %1 as refused", "a marqué le devis %1 comme refusé"},
    {"billed", "marked the quote %1 as billed", "a marqué le devis %1 comme facturé"},
    {"expired", "noted that the quote %1 has expired", "a constaté l’expiration du devis %1"},
};
constexpr Note kCustomerNotes[] = {
    {"signed", "took in the acceptance of the quote %1 by %2", "a reçu l’acceptation du devis %1 par %2"},
    {"refused", "took in the refusal of the quote %1", "a reçu le refus du devis %1"},
};

const Note* note_of(std::string_view what, bool by_customer) {
    const std::span<const Note> notes = by_customer ? std::span<const Note>{kCustomerNotes} : std::span<const Note>{kNotes};
    const auto found = std::ranges::find(notes, what, &Note::what);
    return found == notes.end() ? nullptr : &*found;
}

}  // namespace

Value find_ticket(Ctx ctx, int64_t id) {
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0);
    if (!tickets) return {};
    guichet_value* out = nullptr;
    try {
        tickets(&tickets_tickets_v1::find, id, &out);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND && error.code() != GUICHET_E_DENIED) throw;
    }
    return {ctx.raw(), out};
}

void note_on_ticket(Ctx ctx, int64_t ticket_id, std::string_view what, std::string_view ref, std::string_view by_name) {
    const auto* note = note_of(what, !by_name.empty());
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 2);
    if (!note || !tickets || !find_ticket(ctx, ticket_id)) return;
    auto texts = ctx.object().set("en", guichet::fill(note->en, {ref, by_name})).set("fr", guichet::fill(note->fr, {ref, by_name}));
    tickets(&tickets_tickets_v1::note, ticket_id, texts.raw());
}

}  // namespace quotes
