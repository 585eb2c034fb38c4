#include "ui/markdown.hpp"

#include "base/strings.hpp"
#include "ui/template/escape.hpp"
#include "ui/template/template.hpp"

#include <md4c.h>

#include <algorithm>
#include <vector>

namespace host::ui {
namespace {

constexpr unsigned kFlags =
    MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS;
// A few characters can stand for very many: a table of n columns and n lines is n² cells.
constexpr std::size_t kMostGrowth = 32, kAlwaysAllowed = 65'536;

std::string_view view(const MD_CHAR* text, MD_SIZE size) { return {text, size}; }

// Of entities only &amp; is looked through, which addresses have; the others stay as they are written.
std::string address_of(const MD_ATTRIBUTE& attribute) {
    std::string out{view(attribute.text, attribute.size)};
    for (auto at = out.find("&amp;"); at != out.npos; at = out.find("&amp;", at + 1)) out.replace(at, 5, "&");
    return out;
}

class Writer {
public:
    Writer(std::size_t most, const AddressFilter& may_link) : most_{most}, may_link_{may_link} {}
    std::string take() { return std::move(out_); }

    void enter(MD_BLOCKTYPE type, const void* detail) {
        switch (type) {
            case MD_BLOCK_QUOTE:
                out_ += "<blockquote>\n";
                break;
            case MD_BLOCK_UL:
                out_ += "<ul>\n";
                break;
            case MD_BLOCK_OL:
                enter_numbered(static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start);
                break;
            case MD_BLOCK_LI:
                out_ += "<li>";
                break;
            case MD_BLOCK_HR:
                out_ += "<hr>\n";
                break;
            case MD_BLOCK_H:
                out_.append("<h").append(1, level(detail)).append(">");
                break;
            case MD_BLOCK_CODE:
                out_ += "<pre><code>";
                break;
            case MD_BLOCK_P:
                out_ += "<p>";
                break;
            case MD_BLOCK_TABLE:
                out_ += "<table>\n";
                break;
            case MD_BLOCK_THEAD:
                out_ += "<thead>\n";
                break;
            case MD_BLOCK_TBODY:
                out_ += "<tbody>\n";
                break;
            case MD_BLOCK_TR:
                out_ += "<tr>";
                break;
            case MD_BLOCK_TH:
                out_ += "<th>";
                break;
            case MD_BLOCK_TD:
                out_ += "<td>";
                break;
            default:
                break;
        }
    }
    void leave(MD_BLOCKTYPE type, const void* detail) {
        switch (type) {
            case MD_BLOCK_QUOTE:
                out_ += "</blockquote>\n";
                break;
            case MD_BLOCK_UL:
                out_ += "</ul>\n";
                break;
            case MD_BLOCK_OL:
                out_ += "</ol>\n";
                break;
            case MD_BLOCK_LI:
                out_ += "</li>\n";
                break;
            case MD_BLOCK_H:
                out_.append("</h").append(1, level(detail)).append(">\n");
                break;
            case MD_BLOCK_CODE:
                out_ += "</code></pre>\n";
                break;
            case MD_BLOCK_P:
                out_ += "</p>\n";
                break;
            case MD_BLOCK_TABLE:
                out_ += "</table>\n";
                break;
            case MD_BLOCK_THEAD:
                out_ += "</thead>\n";
                break;
            case MD_BLOCK_TBODY:
                out_ += "</tbody>\n";
                break;
            case MD_BLOCK_TR:
                out_ += "</tr>\n";
                break;
            case MD_BLOCK_TH:
                out_ += "</th>";
                break;
            case MD_BLOCK_TD:
                out_ += "</td>";
                break;
            default:
                break;
        }
    }
    void enter(MD_SPANTYPE type, const void* detail) {
        switch (type) {
            case MD_SPAN_EM:
                out_ += "<em>";
                break;
            case MD_SPAN_STRONG:
                out_ += "<strong>";
                break;
            case MD_SPAN_CODE:
                out_ += "<code>";
                break;
            case MD_SPAN_DEL:
                out_ += "<del>";
                break;
            case MD_SPAN_A:
                enter_link(address_of(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href));
                break;
            case MD_SPAN_IMG:
                enter_link(address_of(static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->src));
                break;
            default:
                break;
        }
    }
    void leave(MD_SPANTYPE type) {
        switch (type) {
            case MD_SPAN_EM:
                out_ += "</em>";
                break;
            case MD_SPAN_STRONG:
                out_ += "</strong>";
                break;
            case MD_SPAN_CODE:
                out_ += "</code>";
                break;
            case MD_SPAN_DEL:
                out_ += "</del>";
                break;
            case MD_SPAN_A:
            case MD_SPAN_IMG:
                leave_link();
                break;
            default:
                break;
        }
    }
    void text(MD_TEXTTYPE type, std::string_view text) {
        switch (type) {
            case MD_TEXT_NULLCHAR:
                out_ += "\xef\xbf\xbd";
                break;
            case MD_TEXT_BR:
            case MD_TEXT_SOFTBR:
                out_ += "<br>\n";
                break;
            case MD_TEXT_ENTITY:
                out_ += text;
                break;  // "&name;" or "&#number;", nothing else
            default:
                escape_text(text, out_);
        }
    }
    int verdict() const { return out_.size() > most_ ? -1 : 0; }  // of a callback: less than 0 ends the parsing

private:
    static char level(const void* heading) {
        return static_cast<char>('0' + std::min(6u, static_cast<const MD_BLOCK_H_DETAIL*>(heading)->level + 2));
    }
    void enter_numbered(unsigned start) { out_ += start == 1 ? "<ol>\n" : "<ol start=\"" + std::to_string(start) + "\">\n"; }
    // HTML has no link within a link; Markdown has, with a picture in between.
    void enter_link(const std::string& address) {
        const bool first = std::ranges::find(links_, true) == links_.end();
        links_.push_back(first && may_link_(address));
        if (!links_.back()) return;
        out_ += "<a href=\"";
        escape_text(address, out_);
        out_ += "\" rel=\"nofollow noopener noreferrer\">";
    }
    void leave_link() {
        if (links_.back()) out_ += "</a>";
        links_.pop_back();
    }

    std::size_t most_;
    const AddressFilter& may_link_;
    std::vector<bool> links_;  // whether each open one is shown as a link
    std::string out_;
};

Writer& writer(void* it) { return *static_cast<Writer*>(it); }

constexpr MD_PARSER parser() {
    MD_PARSER out{};
    out.flags = kFlags;
    out.enter_block = [](MD_BLOCKTYPE type, void* detail, void* to) { return writer(to).enter(type, detail), writer(to).verdict(); };
    out.leave_block = [](MD_BLOCKTYPE type, void* detail, void* to) { return writer(to).leave(type, detail), 0; };
    out.enter_span = [](MD_SPANTYPE type, void* detail, void* to) { return writer(to).enter(type, detail), writer(to).verdict(); };
    out.leave_span = [](MD_SPANTYPE type, void*, void* to) { return writer(to).leave(type), 0; };
    out.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) { return writer(to).text(type, view(text, size)), 0; };
    return out;
}

}  // namespace

bool is_web_address(std::string_view address) {
    if (std::ranges::any_of(address, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) return false;
    const auto scheme = base::lower_ascii(address.substr(0, address.find(':')));
    return scheme.size() < address.size() && (scheme == "http" || scheme == "https" || scheme == "mailto");
}

std::string markdown_to_html(std::string_view markdown, const AddressFilter& may_link) {
    static constexpr MD_PARSER kParser = parser();
    Writer out{markdown.size() * kMostGrowth + kAlwaysAllowed, may_link};
    if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &kParser, &out) == 0) return out.take();
    std::string as_typed;
    escape_lines(markdown, as_typed);
    return as_typed;
}

}  // namespace host::ui
