// The text of HTML.
#pragma once

#include "html_tree.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace mailbox {

struct HtmlText {
    std::string text;                                          // what a <blockquote> holds begins with "> "
    std::optional<std::pair<std::size_t, std::size_t>> quote;  // where the sender's program says that it quotes; none when there
                                                               // are answers between the quotes
};

HtmlText html_to_text(const GumboNode* root);

}  // namespace mailbox
