// The page of a quote: a draft is a form, what was validated is read.
#pragma once

#include "quote_store.hpp"

namespace quotes {

// What stands in the form, as it was typed.
struct Typed {
    Header header;
    std::vector<TypedLine> lines;
    guichet::Value errors{};
    std::string message{};
    bool is_refused = false;  // and was not stored
};

std::string path_of(int64_t id);
void send_quote(guichet::Ctx ctx, guichet::Request request, guichet::Value quote, const Typed* typed = nullptr);
void show_quote(guichet::Ctx ctx, guichet::Request request);  // GET /quotes/{id}

}  // namespace quotes
