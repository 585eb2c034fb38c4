#include "charset.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>

namespace mailbox {
namespace {

constexpr const char* kFallback = "windows-1252";

std::string normalise_label(std::string_view label) {
    std::string out;
    for (const char c : label) {
        if (c == ' ' || c == '\t' || c == '"' || c == '\'' || c == '\r' || c == '\n') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out.substr(0, out.find('*'));  // a language may follow in an encoded word (RFC 2231 5)
}

// Where browsers, and so the senders' programs, mean another charset than the name says, and names that ICU does not know.
const char* converter_name(const std::string& label) {
    static const std::map<std::string, const char*, std::less<>> kNames{{"iso-8859-1", kFallback},
                                                                        {"iso8859-1", kFallback},
                                                                        {"iso_8859-1", kFallback},
                                                                        {"iso88591", kFallback},
                                                                        {"latin1", kFallback},
                                                                        {"latin-1", kFallback},
                                                                        {"l1", kFallback},
                                                                        {"us-ascii", kFallback},
                                                                        {"ascii", kFallback},
                                                                        {"ansi_x3.4-1968", kFallback},
                                                                        {"cp1252", kFallback},
                                                                        {"cp-1252", kFallback},
                                                                        {"x-cp1252", kFallback},
                                                                        {"windows1252", kFallback},
                                                                        {"win-1252", kFallback},
                                                                        {"iso-8859-9", "windows-1254"},
                                                                        {"iso-8859-11", "windows-874"},
                                                                        {"tis-620", "windows-874"},
                                                                        {"gb2312", "gb18030"},
                                                                        {"gb_2312-80", "gb18030"},
                                                                        {"gbk", "gb18030"},
                                                                        {"cp936", "gb18030"},
                                                                        {"x-gbk", "gb18030"},
                                                                        {"ks_c_5601-1987", "windows-949"},
                                                                        {"ks_c_5601-1989", "windows-949"},
                                                                        {"euc-kr", "windows-949"},
                                                                        {"korean", "windows-949"},
                                                                        {"shift_jis", "windows-31j"},
                                                                        {"shift-jis", "windows-31j"},
                                                                        {"sjis", "windows-31j"},
                                                                        {"x-sjis", "windows-31j"},
                                                                        {"big5", "windows-950"},
                                                                        {"iso-2022-jp-ms", "iso-2022-jp"},
                                                                        {"utf8", "utf-8"},
                                                                        {"utf_8", "utf-8"},
                                                                        {"unicode-1-1-utf-8", "utf-8"},
                                                                        {"cp-850", "cp850"},
                                                                        {"iso-8859-8-i", "iso-8859-8"},
                                                                        {"unicode-1-1-utf-7", "utf-7"},
                                                                        {"macintosh", "macintosh"},
                                                                        {"x-mac-roman", "macintosh"},
                                                                        {"latin9", "iso-8859-15"},
                                                                        {"iso8859-15", "iso-8859-15"}};
    const auto it = kNames.find(label);
    return it == kNames.end() ? label.c_str() : it->second;
}

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// "" in ok: false when the charset is unknown or does not fit.
std::string convert(std::string_view bytes, const char* name, bool strict, bool& ok) {
    ok = false;
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, CloseConverter> converter{ucnv_open(name, &error)};
    if (U_FAILURE(error) || bytes.size() > INT32_MAX / 4) return {};
    if (strict) ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    icu::UnicodeString text;
    const char* from = bytes.data();
    const char* const end = from + bytes.size();
    char16_t chunk[4096];
    do {
        error = U_ZERO_ERROR;
        char16_t* to = chunk;
        ucnv_toUnicode(converter.get(), &to, chunk + std::size(chunk), &from, end, nullptr, true, &error);
        text.append(chunk, static_cast<std::int32_t>(to - chunk));
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(error)) return {};
    ok = true;
    std::string out;
    return text.toUTF8String(out);
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// A text that was cut in the middle of a character is still UTF-8.
std::string_view without_cut_character(std::string_view bytes) {
    auto begin = bytes.size();
    while (begin > 0 && bytes.size() - begin < 3 && is_continuation(bytes[begin - 1])) --begin;
    if (begin == 0) return bytes;
    const auto lead = static_cast<unsigned char>(bytes[--begin]);
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    return bytes.size() - begin < length ? bytes.substr(0, begin) : bytes;
}

bool is_ascii(std::string_view bytes) {
    return std::ranges::none_of(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == 0x1b; });
}

std::string normalise(const std::string& utf8) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(error);
    std::string out;
    icu::StringByteSink<std::string> sink{&out, static_cast<std::int32_t>(utf8.size())};
    if (U_SUCCESS(error)) nfc->normalizeUTF8(0, utf8, sink, nullptr, error);
    return U_SUCCESS(error) ? out : utf8;
}

bool is_dropped(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f; }

}  // namespace

bool is_utf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto c = static_cast<unsigned char>(bytes[i]);
        if (c < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
        if (c < 0xc2 || c > 0xf4 || i + length > bytes.size()) return false;
        const auto next = static_cast<unsigned char>(bytes[i + 1]);
        if ((c == 0xe0 && next < 0xa0) || (c == 0xed && next > 0x9f) || (c == 0xf0 && next < 0x90) || (c == 0xf4 && next > 0x8f))
            return false;
        for (std::size_t k = 1; k < length; ++k)
            if (!is_continuation(bytes[i + k])) return false;
        i += length;
    }
    return true;
}

std::string to_utf8(std::string_view bytes, std::string_view label, bool* lossy) {
    const auto declared = normalise_label(label);
    const std::string name = declared.empty() ? std::string{} : converter_name(declared);
    if (is_ascii(bytes) && !name.starts_with("utf-16") && !name.starts_with("utf-32") && name != "utf-7" && name != "hz-gb-2312")
        return std::string{bytes};
    // Some programs declare Latin 1 for whatever they send; text in it is UTF-8 by chance only when it has no accents.
    const bool undeclared = name.empty() || name == kFallback || name == "utf-8";
    if (undeclared && is_utf8(without_cut_character(bytes))) return std::string{without_cut_character(bytes)};
    bool ok = false;
    if (!undeclared || name == kFallback)
        if (auto text = convert(bytes, name.c_str(), true, ok); ok) return text;
    if (lossy) *lossy = !declared.empty();
    if (is_utf8(without_cut_character(bytes))) return std::string{without_cut_character(bytes)};
    return convert(bytes, kFallback, false, ok);
}

std::string clean_text(std::string_view utf8) {
    if (utf8.starts_with("\xef\xbb\xbf")) utf8.remove_prefix(3);
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (utf8[i] == '\r') {
            if (i + 1 == utf8.size() || utf8[i + 1] != '\n') out += '\n';
        } else if (!is_dropped(utf8[i])) out += utf8[i];
    }
    return is_ascii(out) ? out : normalise(out);
}

std::string clean_line(std::string_view utf8) {
    auto text = clean_text(utf8);
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
    const auto begin = text.find_first_not_of(' ');
    return begin == text.npos ? std::string{} : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

}  // namespace mailbox
