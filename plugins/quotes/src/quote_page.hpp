// The page of a quote: a draft is a form, what was validated is read.
#pragma once

#include "quote_store.hpp"

namespace quotes {

// What was typed and not stored.
struct Typed {
    Header header;
    std::vector<TypedLine> lines;
    guichet::Value errors;
    std::string message;
};

std::string path_of(int64_t id);
void send_quote(guichet::Ctx ctx, guichet::Request request, guichet::Value quote, const Typed* typed = nullptr);
void show_quote(guichet::Ctx ctx, guichet::Request request);  // GET /quotes/{id}

}  // namespace quotes
