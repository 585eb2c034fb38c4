#include "flowed.hpp"

#include <algorithm>
#include <cstddef>

namespace mailbox {
namespace {

struct Line {
    std::size_t depth = 0;
    std::string_view text;
    bool goes_on = false;
};

Line read_line(std::string_view raw) {
    Line line;
    line.depth = std::min(raw.find_first_not_of('>'), raw.size());
    line.text = raw.substr(line.depth);
    if (line.text.starts_with(' ')) line.text.remove_prefix(1);  // stuffed
    line.goes_on = line.text.ends_with(' ') && line.text != "-- ";
    return line;
}

}  // namespace

std::string unflow(std::string_view text, bool delete_blank) {
    std::string out;
    bool open = false;
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = read_line(text.substr(at, end - at));
        at = end + 1;
        // an empty line ends a paragraph, also where the one before it should not have gone on
        const bool continues = open && line.depth == depth && !line.text.empty() && line.text != "-- ";
        if (!continues) {
            if (open) out += '\n';
            out.append(line.depth, '>');
            if (line.depth > 0) out += ' ';
        }
        if (line.goes_on && delete_blank) line.text.remove_suffix(1);
        out += line.text;
        if (!line.goes_on && end < text.size()) out += '\n';
        open = line.goes_on;
        depth = line.depth;
    }
    return out;
}

}  // namespace mailbox
