#include "header.hpp"

#include "charset.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

namespace mailbox {
namespace {

constexpr std::size_t kMostAddresses = 1000;
constexpr std::ptrdiff_t kMostGroups = 100;      // GMime reads a group in a group by calling itself
constexpr std::size_t kLongestWord = 16 * 1024;  // 75 are allowed; what is looked at again and again must be short

struct Word {
    std::string_view charset;
    char encoding = 0;
    std::string_view text;
    std::size_t length = 0;  // of all of it
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_blank(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return is_blank(c); });
}

// "=?charset?Q?text?=" at the beginning of text. Blanks inside the text are not allowed, and sent all the same.
bool read_word(std::string_view text, Word& word) {
    text = text.substr(0, kLongestWord);
    if (!text.starts_with("=?")) return false;
    const auto first = text.find('?', 2);
    if (first == text.npos || first == 2 || first > 60 || first + 2 >= text.size() || text[first + 2] != '?') return false;
    const char encoding = static_cast<char>(text[first + 1] & ~0x20);
    if (encoding != 'Q' && encoding != 'B') return false;
    const auto end = text.find("?=", first + 3);
    if (end == text.npos) return false;
    word = {text.substr(2, first - 2), encoding, text.substr(first + 3, end - first - 3), end + 2};
    return word.charset.find_first_of(" \t\"<>@,;") == text.npos;
}

std::string decode_bytes(const Word& word) {
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, word.encoding == 'B' ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    std::string text{word.text};
    if (word.encoding == 'Q') std::ranges::replace(text, '_', ' ');
    std::string out(g_mime_encoding_outlen(&state, text.size()) + 8, '\0');
    auto size = g_mime_encoding_step(&state, text.data(), text.size(), out.data());
    size += g_mime_encoding_flush(&state, "", 0, out.data() + size);
    out.resize(size);
    return out;
}

// Calls on_text with what stands between encoded words, on_word with each run of them in UTF-8. A character may be cut between two words
// of one charset, so those are put together first.
template <class OnText, class OnWord>
void each_piece(std::string_view raw, OnText on_text, OnWord on_word) {
    std::string bytes, words;
    std::string_view charset;
    const auto flush_charset = [&] {
        words += to_utf8(bytes, charset);
        bytes.clear();
    };
    bool after_word = false;
    std::size_t text_at = 0;
    const auto end_words = [&] {
        flush_charset();
        if (!words.empty()) on_word(words);
        words.clear();
    };
    for (std::size_t at = raw.find("=?"); at != raw.npos;) {
        Word word;
        if (!read_word(raw.substr(at), word)) {
            at = raw.find("=?", at + 2);
            continue;
        }
        const auto between = raw.substr(text_at, at - text_at);
        if (!after_word || !is_blank(between)) {
            if (after_word) end_words();
            on_text(between);
        }
        if (after_word && word.charset != charset) flush_charset();
        charset = word.charset;
        bytes += decode_bytes(word);
        after_word = true;
        text_at = at + word.length;
        at = raw.find("=?", text_at);
    }
    if (after_word) end_words();
    on_text(raw.substr(text_at));
}

std::string base64(std::string_view text) {
    const std::unique_ptr<char, decltype(&g_free)> out{g_base64_encode(reinterpret_cast<const guchar*>(text.data()), text.size()), &g_free};
    return out.get();
}

// Some programs separate by ";" what is no group.
std::string with_commas(std::string_view raw) {
    std::string out{raw};
    bool quoted = false, angle = false;
    int comment = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char c = out[i];
        if (c == '\\') ++i;
        else if (c == '"') quoted = !quoted;
        else if (quoted) continue;
        else if (c == '(') ++comment;
        else if (c == ')') comment -= comment > 0;
        else if (comment > 0) continue;
        else if (c == '<' || c == '>') angle = c == '<';
        else if (c == ':' && !angle) return std::string{raw};  // a group
        else if (c == ';' && !angle) out[i] = ',';
    }
    return out;
}

// Of what follows no grammar ("Jean" jean@example.org): the last word with an @, not out of quotes or encoded words.
std::string lone_address(const std::string& text) {
    std::string found, word;
    bool quoted = false;
    for (const char c : text + ' ') {
        if (c == '"') quoted = !quoted;
        if (!quoted && c != '"' && std::string_view{" <>()[],;:"}.find(c) == std::string_view::npos) {
            word += c;
            continue;
        }
        const auto at = word.find('@');
        if (at != word.npos && at > 0 && at + 1 < word.size() && !word.starts_with("=?")) found = word;
        word.clear();
    }
    return found;
}

void add_mailboxes(InternetAddressList* list, std::vector<Address>& out) {
    for (int i = 0; i < internet_address_list_length(list) && out.size() < kMostAddresses; ++i) {
        auto* address = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(address)) add_mailboxes(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), out);
        else if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
            const auto* name = internet_address_get_name(address);
            const auto* mailbox = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
            Address entry{name ? clean_line(to_utf8(name, "")) : "", mailbox ? decode_words(mailbox) : ""};
            if (entry.name == entry.address || entry.name == '\'' + entry.address + '\'') entry.name.clear();
            if (!entry.address.empty()) out.push_back(std::move(entry));
        }
    }
}

}  // namespace

std::vector<RawHeader> read_fields(std::string_view text, std::size_t* body_at) {
    std::vector<RawHeader> fields;
    std::size_t at = 0;
    bool skipping = true;  // what continues a line that is no field
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        at = std::min(end + 1, text.size());
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) break;
        if (is_blank(line.front())) {
            if (!skipping) fields.back().value += line;
            continue;
        }
        const auto colon = line.find(':');
        const auto name = line.substr(0, colon == line.npos ? 0 : line.find_last_not_of(" \t", colon ? colon - 1 : 0) + 1);
        skipping = colon == line.npos || colon == 0 || name.empty() || name.find_first_of(" \t") != name.npos;
        if (skipping) continue;
        auto value = line.substr(colon + 1);
        if (const auto begin = value.find_first_not_of(" \t"); begin != value.npos) value.remove_prefix(begin);
        fields.push_back({name, std::string{value}});
    }
    if (body_at) *body_at = at;
    return fields;
}

std::string decode_words(std::string_view raw) {
    std::string out;
    each_piece(
        raw, [&](std::string_view text) { out += to_utf8(text, ""); }, [&](const std::string& words) { out += words; });
    return clean_line(out);
}

std::string unify_words(std::string_view raw) {
    std::string out;
    each_piece(
        raw, [&](std::string_view text) { out += to_utf8(text, ""); },
        [&](const std::string& words) { out += "=?utf-8?B?" + base64(clean_line(words)) + "?="; });
    return out;
}

Headers decode_headers(const std::vector<RawHeader>& fields) {
    Headers out;
    for (const auto& field : fields) out.push_back({std::string{to_utf8(field.name, "")}, decode_words(field.value)});
    return out;
}

std::vector<Address> read_addresses(std::string_view raw) {
    std::vector<Address> out;
    if (std::ranges::count(raw, ':') > kMostGroups) return out;
    const auto text = with_commas(unify_words(raw));
    if (auto* list = internet_address_list_parse(nullptr, clean_line(text).c_str())) {
        add_mailboxes(list, out);
        g_object_unref(list);
    }
    if (out.empty())
        if (auto address = lone_address(clean_line(text)); !address.empty()) out.push_back({"", std::move(address)});
    return out;
}

std::vector<std::string> read_ids(std::string_view raw) {
    constexpr std::string_view kBlanks = " \t\r\n,";
    std::vector<std::string> out;
    for (std::size_t at = 0; at < raw.size();) {
        at = raw.find_first_not_of(kBlanks, at);
        if (at == raw.npos) break;
        const bool bracketed = raw[at] == '<';
        auto end = bracketed ? raw.find('>', at) : raw.find_first_of(" \t\r\n,<", at + 1);
        if (end == raw.npos) end = raw.size();
        auto id = clean_line(to_utf8(raw.substr(at + bracketed, end - at - bracketed), ""));
        if (bracketed ? !id.empty() : id.find('@') != id.npos) out.push_back('<' + id + '>');
        at = end + (bracketed ? 1 : 0);
    }
    return out;
}

}  // namespace mailbox
