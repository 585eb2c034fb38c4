// The text of HTML, as somebody would read it who sees no layout.
#include "html_text.hpp"

#include <algorithm>
#include <cctype>

namespace mailbox {
namespace {

enum class Break { none, line, paragraph };

// Word's paragraphs have no space between them.
bool is_word_line(const GumboNode* node) { return node->v.element.tag == GUMBO_TAG_P && attribute(node, "class").starts_with("Mso"); }

Break break_of(const GumboNode* node) {
    if (is_word_line(node)) return Break::line;
    switch (node->v.element.tag) {
        case GUMBO_TAG_P:
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_DL:
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_TABLE:
            return Break::paragraph;
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_TR:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_DT:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_ADDRESS:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_HEADER:
        case GUMBO_TAG_FOOTER:
        case GUMBO_TAG_MAIN:
        case GUMBO_TAG_CENTER:
        case GUMBO_TAG_FORM:
        case GUMBO_TAG_FIELDSET:
        case GUMBO_TAG_CAPTION:
        case GUMBO_TAG_BODY:
            return Break::line;
        default:
            return Break::none;
    }
}

constexpr std::size_t kDeepestQuote = 20;

class TextWriter {
public:
    bool enter(const GumboNode* node) {
        if (is_left_out(node)) return false;
        const auto tag = node->v.element.tag;
        if (tag == GUMBO_TAG_BR) return new_line(), false;
        if (tag == GUMBO_TAG_HR) return wish(Break::paragraph), false;
        if (tag == GUMBO_TAG_IMG) return picture(node), false;
        wish(break_of(node));
        begin_quote(node);
        if (tag == GUMBO_TAG_BLOCKQUOTE) ++quotes_;
        if (tag == GUMBO_TAG_PRE) ++preformatted_;
        if (tag == GUMBO_TAG_LI) add("- ");
        if ((tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) && in_line_) blank_ = true;
        return true;
    }

    void leave(const GumboNode* node) {
        const auto tag = node->v.element.tag;
        wish(break_of(node));
        if (tag == GUMBO_TAG_BLOCKQUOTE) --quotes_;
        if (tag == GUMBO_TAG_PRE) --preformatted_;
        if (!containers_.empty() && containers_.back() == node) {
            containers_.pop_back();
            if (containers_.empty()) quote_end_ = out_.size();
        }
    }

    void text(std::string_view text) {
        for (const char c : text) {
            if (preformatted_ > 0 && c == '\n') new_line();
            else if (preformatted_ == 0 && std::isspace(static_cast<unsigned char>(c))) blank_ = in_line_;
            else add({&c, 1});
        }
    }

    HtmlText take() {
        while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
        HtmlText result{std::move(out_), {}};
        if (quoting_rest_) quote_end_ = result.text.size();
        quote_end_ = std::min(quote_end_, result.text.size());
        if (quoted_ && !interleaved_ && quote_begin_ < quote_end_) result.quote = {quote_begin_, quote_end_};
        return result;
    }

private:
    // Containers that follow each other are one quote; with text between them somebody answered in between.
    void begin_quote(const GumboNode* node) {
        const auto mark = quote_mark(node);
        if (mark == QuoteMark::none || quoting_rest_) return;
        if (containers_.empty()) {
            if (!quoted_) {
                end_line();
                quote_begin_ = out_.size();
            } else if (out_.find_first_not_of("\n >", quote_end_) != out_.npos) interleaved_ = true;
            quoted_ = true;
        }
        if (mark == QuoteMark::rest) quoting_rest_ = true;
        else containers_.push_back(node);
    }

    void picture(const GumboNode* node) {
        const auto alt = attribute(node, "alt");
        if (!alt.empty() && attribute(node, "src").starts_with("cid:") && alt.find_first_of("<>\n") == alt.npos && alt.size() < 100)
            text(" [" + std::string{alt} + "] ");
    }

    void wish(Break wanted) {
        if (wanted != Break::none) end_line();
        if (wanted == Break::paragraph && !out_.empty()) paragraph_ = true;
    }
    void end_line() {
        if (in_line_ && is_blank_line()) {
            out_.resize(line_at_);
            paragraph_ = !out_.empty();
        } else if (in_line_) out_ += '\n';
        in_line_ = blank_ = false;
    }
    // "&nbsp;" is how programs write an empty paragraph.
    bool is_blank_line() const {
        for (std::size_t i = text_at_; i < out_.size(); i += 2)
            if (out_.compare(i, 2, "\u00a0") != 0) return false;
        return true;
    }
    void new_line() {
        if (in_line_) return end_line();
        if (!out_.empty()) paragraph_ = true;
    }
    void add(std::string_view text) {
        if (!in_line_) begin_line();
        if (blank_) out_ += ' ';
        blank_ = false;
        out_ += text;
    }
    void begin_line() {
        if (paragraph_ && !out_.empty()) {
            prefix();
            while (out_.ends_with(' ')) out_.pop_back();
            out_ += '\n';
        }
        paragraph_ = false;
        line_at_ = out_.size();
        prefix();
        text_at_ = out_.size();
        in_line_ = true;
        blank_ = false;
    }
    void prefix() {
        const auto depth = std::min(quotes_, kDeepestQuote);
        out_.append(depth, '>');
        if (depth > 0) out_ += ' ';
    }

    std::string out_;
    bool in_line_ = false, blank_ = false, paragraph_ = false;
    std::size_t line_at_ = 0, text_at_ = 0;  // where the line begins, and what stands in it
    std::size_t quotes_ = 0;
    int preformatted_ = 0;
    std::vector<const GumboNode*> containers_;
    bool quoted_ = false, quoting_rest_ = false, interleaved_ = false;
    std::size_t quote_begin_ = 0, quote_end_ = 0;
};

}  // namespace

HtmlText html_to_text(const GumboNode* root) {
    TextWriter writer;
    walk(root, writer);
    return writer.take();
}

}  // namespace mailbox
