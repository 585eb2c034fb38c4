// The cleaned HTML of a mail as it is shown: message.hpp says how its pictures are marked.
#pragma once

#include <string>
#include <string_view>

namespace mailbox {

// A whole document. Pictures of the mail come from part_path + their Content-ID, those elsewhere only when remote.
std::string with_pictures(std::string_view cleaned, std::string_view part_path, bool remote);

}  // namespace mailbox
