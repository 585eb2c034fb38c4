// Text with format=flowed (RFC 3676): a blank at the end of a line says that the line goes on.
#pragma once

#include <string>
#include <string_view>

namespace mailbox {

// delete_blank: DelSp=yes. Lines end with \n. Quoted lines begin with one ">" for each level and a blank.
std::string unflow(std::string_view text, bool delete_blank);

}  // namespace mailbox
