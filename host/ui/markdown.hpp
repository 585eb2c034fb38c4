// Markdown to HTML. Safe by construction: every tag is one of ours, what is typed as HTML is shown as text, pictures become
// links, nothing is fetched. Any thread.
//
// A line break stays one, as people expect who never heard of Markdown. Headings begin at h3: they stand inside of a page.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace host::ui {

// Says whether a link may lead there; otherwise its text alone is left.
using AddressFilter = std::function<bool(std::string_view)>;

bool is_web_address(std::string_view address);  // http:, https: or mailto:

// Text that would become absurdly long (tables that are all columns, names repeated for ever) comes back as it was typed.
std::string markdown_to_html(std::string_view markdown, const AddressFilter& may_link = is_web_address);

}  // namespace host::ui
