// Bytes of any origin as clean UTF-8 (mail.md 3.5).
#pragma once

#include <string>
#include <string_view>

namespace mailbox {

// label: as a message declares it, "" when it does not. It is read as browsers do (WHATWG aliases); when it is unknown or does not fit
// the bytes, UTF-8 is tried, then windows-1252, which fits everything. lossy is set when another charset than the declared one was used.
std::string to_utf8(std::string_view bytes, std::string_view label, bool* lossy = nullptr);

// Text of a body: line ends are \n; NUL and other C0 controls but tabs go; NFC. utf8 is valid.
std::string clean_text(std::string_view utf8);
// The same in one line, blanks at the ends gone.
std::string clean_line(std::string_view utf8);

bool is_utf8(std::string_view bytes);

}  // namespace mailbox
