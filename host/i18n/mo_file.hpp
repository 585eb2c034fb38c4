// Boost.Locale trusts the offsets of a .mo file: bytes of a package are checked before it sees them.
#pragma once

#include <string_view>

namespace host::i18n {

// Throws std::runtime_error with the reason when bytes are not a sound UTF-8 catalogue.
void check_mo(std::string_view bytes);

}  // namespace host::i18n
