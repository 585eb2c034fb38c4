// Mails about quotes.
#pragma once

#include "quote_store.hpp"

namespace quotes {

struct Recipient {
    std::string email, name, message;  // message: Markdown
};
// To the customer, with the document and a link; false while nothing can be sent. Inside of a Tx.
bool mail_quote(guichet::Ctx ctx, guichet::Value quote, int64_t pdf_file_id, const Recipient& to);
// To who is in charge, or else to who has sent it: the customer has answered. Inside of a Tx.
void mail_answer(guichet::Ctx ctx, guichet::Value quote, bool accepted, std::string_view name, std::string_view reason);

}  // namespace quotes
