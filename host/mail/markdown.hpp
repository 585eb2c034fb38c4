// Markdown to HTML, raw HTML off: what is typed as a tag is shown as text. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace host::mail {

std::string markdown_to_html(std::string_view markdown);

}  // namespace host::mail
