#include "import_file.hpp"

#include <algorithm>
#include <array>

namespace directory {
namespace {

constexpr std::size_t kBlock = std::size_t{4} << 20;
constexpr std::string_view kUnknown = "\xef\xbf\xbd";  // U+FFFD

// 0x80 to 0x9f; the others are those of Unicode.
constexpr std::array<char32_t, 32> kWindows1252 = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                                   0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                                   0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xc0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3f));
    } else {
        out += static_cast<char>(0xe0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (c & 0x3f));
    }
}

// Bytes of the character that begins here; 0 when it is not UTF-8.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
    const auto first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first < 0xf0) {
        const bool overlong = first == 0xe0 && byte(1) < 0xa0, surrogate = first == 0xed && byte(1) >= 0xa0;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first < 0xf0 || first > 0xf4) return 0;
    const bool out_of_range = (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) >= 0x90);
    return follows(1) && follows(2) && follows(3) && !out_of_range ? 4 : 0;
}

// The last character may be cut.
bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto n = character(text);
        if (n == 0) return text.size() < 4 && static_cast<unsigned char>(text[0]) >= 0xc2;
        text.remove_prefix(n);
    }
    return true;
}

std::string_view first_line(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (!quoted && (text[i] == '\n' || text[i] == '\r')) return text.substr(0, i);
    }
    return text;
}

}  // namespace

CsvFormat detect_format(std::string_view beginning) {
    CsvFormat out{.windows_1252 = !is_utf8(beginning)};
    const auto head = first_line(beginning);
    for (const char separator : {',', '\t'})
        if (std::ranges::count(head, separator) > std::ranges::count(head, out.separator)) out.separator = separator;
    return out;
}

std::string to_utf8(std::string_view bytes, const CsvFormat& format) {
    std::string out;
    while (!bytes.empty()) {
        const auto byte = static_cast<unsigned char>(bytes[0]);
        const auto n = format.windows_1252 ? 1 : character(bytes);
        if (byte == 0 || n == 0) out += kUnknown;
        else if (format.windows_1252) append(out, byte >= 0x80 && byte < 0xa0 ? kWindows1252[byte - 0x80u] : char32_t{byte});
        else out += bytes.substr(0, n);
        bytes.remove_prefix(std::max<std::size_t>(n, 1));
    }
    return out;
}

bool ImportFile::next(std::vector<std::string>& cells) {
    for (bool again = false;; again = true) {
        if (!reader_) load();
        if (reader_->next(cells) && (last_ || reader_->offset() < block_.size())) break;
        if (last_) return false;
        // the row goes on behind the block: it is read again at the beginning of the next one
        if (again) throw guichet::Error{GUICHET_E_INVALID, "A line of the file is too long."};
        reader_.reset();
    }
    if (reader_->open_quote()) throw guichet::Error{GUICHET_E_INVALID, "A quotation mark in the file is never closed."};
    line_ = block_at_.line + reader_->line() - 1;
    next_ = {block_at_.byte + reader_->offset(), block_at_.line + reader_->next_line() - 1};
    for (auto& cell : cells) cell = to_utf8(guichet::csv_text(cell), format_);
    return true;
}

void ImportFile::load() {
    block_at_ = next_;
    block_ = ctx_.read_file(file_id_, block_at_.byte, kBlock);
    last_ = block_.size() < kBlock;
    reader_.emplace(block_, format_.separator);
}

}  // namespace directory
