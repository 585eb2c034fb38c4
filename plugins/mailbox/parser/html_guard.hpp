// HTML that no person wrote: the time to make a tree of it grows with the square of its size.
#pragma once

#include <string_view>

namespace mailbox {

// False: elements nested more than 1000 deep, or more than 1000 attributes in one of them. Linear time.
bool is_reasonable_html(std::string_view html);

}  // namespace mailbox
