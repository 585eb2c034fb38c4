// What administrators say about quotes.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

struct Settings {
    explicit Settings(guichet::Ctx ctx);
    // What is printed below a new quote; "" when nothing was written in this language.
    std::string_view conditions(std::string_view language) const;

    int64_t valid_days;
    int64_t vat_rate;       // hundredths of a per cent, of a new line
    bool customers_answer;  // on their link
    guichet::Value all;
};

}  // namespace quotes
