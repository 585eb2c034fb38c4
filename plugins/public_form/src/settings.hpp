// What administrators say about the public pages, in the visitor's language.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

struct Settings {
    explicit Settings(guichet::Ctx ctx);

    bool open, attachments, may_close, may_reopen;
    int64_t fastest_s;
    std::string_view name;    // of the service
    std::string_view accent;  // "#rrggbb"
    std::string origins;      // sites that may show the form in a frame, separated by blanks

    // "welcome", "thanks", "legal" or "closed"; "" when nothing was written in this language.
    std::string_view text(std::string_view which) const { return texts[which].text().value_or(""); }
    guichet::Value texts;
};

}  // namespace public_form
