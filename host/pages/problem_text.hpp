// Problems of the life cycle in the user's language. They are made, logged and stored in English; their
// sentences are recognised by it.
#pragma once

#include "base/result.hpp"
#include "web/site.hpp"

#include <string>
#include <string_view>

namespace host::pages {

// One line each, without codes. A sentence that is not known stays as it is.
std::string problems_text(const web::Call& call, const base::Problems& problems);
std::string problem_text(const web::Call& call, std::string_view stored);  // what was stored: lines of base::to_text()

// The values of %1, %2, … of a pattern in a text. False when the text is another sentence.
bool match_sentence(std::string_view pattern, std::string_view text, std::vector<std::string>& values);

}  // namespace host::pages
