// What is said about clocks: on pages in the reader's language, in mails and histories in several.
#pragma once

#include "measure.hpp"

namespace sla {

// "First response", "Next response", "Resolution".
std::string_view clock_label(guichet::Ctx ctx, std::string_view clock);
// "4 h 30 min", "2 d 3 h": of time as it passes; "less than a minute".
std::string duration(guichet::Ctx ctx, int64_t seconds);

// {text, color, state, due_at?, remaining_s, paused}: how a clock that runs stands.
guichet::Value standing(guichet::Ctx ctx, std::string_view state, int64_t remaining, std::optional<Instant> due);

// For mails: "first response overdue since", "résolution à échéance le".
std::string mail_words(std::string_view language, std::string_view clock, bool late);
// {en, fr}: for the ticket's history, after the name of who acts.
guichet::Value history_texts(guichet::Ctx ctx, const Level& level, bool late);
// "first response within 4 working hours": what a policy promises.
std::string promise_text(guichet::Ctx ctx, const Promise& promise);

}  // namespace sla
