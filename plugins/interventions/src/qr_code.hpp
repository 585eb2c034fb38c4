// QR codes (ISO/IEC 18004) as pictures for documents.
#pragma once

#include <string>
#include <string_view>

namespace interventions {

// An SVG document with the quiet zone that readers want. Throws std::runtime_error for text that no code can hold.
std::string qr_svg(std::string_view text);

}  // namespace interventions
