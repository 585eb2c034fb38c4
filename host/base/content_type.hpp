// Content types of the files we ship ourselves, by extension. Uploads are typed by content, not here.
#pragma once

#include <string_view>

namespace host::base {

std::string_view content_type_of(std::string_view file_name);  // "application/octet-stream" when unknown

}  // namespace host::base
