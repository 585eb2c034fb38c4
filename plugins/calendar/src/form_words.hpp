// Small things that the forms of events share.
#pragma once

#include "words.hpp"

namespace calendar {

// [{value, label}]: this one, this and the following, all.
guichet::Value scope_options(guichet::Ctx ctx);
guichet::Value zone_options(guichet::Ctx ctx, std::string_view current);
// [{value, label}] with the current number of minutes.
guichet::Value reminder_options(guichet::Ctx ctx, std::string_view current);
std::string reminder_words(guichet::Ctx ctx, std::optional<int64_t> minutes);  // "" for none
// Only a page of this site.
std::string_view local_path(std::string_view path);

}  // namespace calendar
