// The frame of every mail in HTML: readable on a phone, without pictures or anything fetched. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace host::mail {

std::string lay_out(std::string_view html_content, std::string_view title, std::string_view language);

}  // namespace host::mail
