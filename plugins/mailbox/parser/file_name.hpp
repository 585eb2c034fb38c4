// Names of attachments.
#pragma once

#include "message.hpp"

#include <cstddef>

namespace mailbox {

// Makes the name one that can be shown and stored: no folders, nothing invisible, at most 200 bytes, never empty. Guesses the type when
// there is none. number: of the attachment, for those without a name.
void name_file(Attachment& attachment, std::size_t number);

}  // namespace mailbox
