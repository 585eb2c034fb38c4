#include "mail/markdown.hpp"

#include <md4c-html.h>

#include <stdexcept>

namespace host::mail {

std::string markdown_to_html(std::string_view markdown) {
    std::string out;
    const auto append = [](const MD_CHAR* text, MD_SIZE size, void* to) { static_cast<std::string*>(to)->append(text, size); };
    constexpr unsigned kFlags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS;
    if (md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), append, &out, kFlags, MD_HTML_FLAG_SKIP_UTF8_BOM) != 0)
        throw std::runtime_error{"the text could not be formatted"};
    return out;
}

}  // namespace host::mail
