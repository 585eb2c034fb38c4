// Walks gumbo's tree without recursion: a message may nest as deep as it likes.
#pragma once

#include <gumbo.h>

#include <string_view>
#include <vector>

namespace mailbox {

inline std::string_view attribute(const GumboNode* element, const char* name) {
    const auto* found = gumbo_get_attribute(&element->v.element.attributes, name);
    return found ? std::string_view{found->value} : std::string_view{};
}

// How a mail program marks what it quotes (mail.md 3.6).
enum class QuoteMark { none, container, rest };  // rest: everything that follows it, too

QuoteMark quote_mark(const GumboNode* element);
// Scripts and the like, and what the sender hides.
bool is_left_out(const GumboNode* element);
bool is_html(const GumboNode* node);  // an element of HTML, not of SVG or MathML
bool is_blank_text(const GumboNode* node);

// visitor: bool enter(const GumboNode* element), void text(const char*), void leave(const GumboNode* element);
// enter returning false leaves the element's content out, and leave() too.
template <class Visitor>
void walk(const GumboNode* root, Visitor& visitor) {
    struct Frame {
        const GumboNode* node;
        unsigned next;
    };
    std::vector<Frame> stack;
    if (visitor.enter(root)) stack.push_back({root, 0});
    while (!stack.empty()) {
        auto& frame = stack.back();
        const auto& children = frame.node->v.element.children;
        if (frame.next == children.length) {
            visitor.leave(frame.node);
            stack.pop_back();
            continue;
        }
        const auto* child = static_cast<const GumboNode*>(children.data[frame.next++]);
        if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE || child->type == GUMBO_NODE_CDATA)
            visitor.text(child->v.text.text);
        else if (child->type == GUMBO_NODE_ELEMENT && visitor.enter(child)) stack.push_back({child, 0});
    }
}

}  // namespace mailbox
