#include "file/names.hpp"

#include "base/strings.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace host::file {
namespace {

constexpr std::int32_t kLongestName = 150;
constexpr std::int32_t kLongestExtension = 20;

bool is_invisible(UChar32 c) {
    switch (u_charType(c)) {
        case U_CONTROL_CHAR:
        case U_FORMAT_CHAR:
        case U_LINE_SEPARATOR:
        case U_PARAGRAPH_SEPARATOR:
        case U_SURROGATE:
        case U_PRIVATE_USE_CHAR:
        case U_UNASSIGNED: return true;
        default: return false;
    }
}

icu::UnicodeString normalised(std::string_view sent) {
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece{sent.data(), static_cast<std::int32_t>(sent.size())});
    UErrorCode error = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(error);
    const auto out = U_SUCCESS(error) ? nfc->normalize(text, error) : text;
    return U_SUCCESS(error) ? out : text;
}

// Characters that have a meaning in a path of some system.
UChar32 harmless(UChar32 c) { return icu::UnicodeString{"<>:\"|?*"}.indexOf(c) >= 0 ? '_' : c; }

icu::UnicodeString last_component(const icu::UnicodeString& path) {
    icu::UnicodeString out;
    for (std::int32_t i = 0; i < path.length(); i = path.moveIndex32(i, 1)) {
        const auto c = path.char32At(i);
        if (c == '/' || c == '\\') out.remove();
        else if (!is_invisible(c)) out.append(harmless(c));
    }
    return out;
}

bool is_dot_or_blank(UChar32 c) { return c == '.' || u_isUWhiteSpace(c); }

void strip_ends(icu::UnicodeString& name) {
    while (!name.isEmpty() && is_dot_or_blank(name.char32At(0))) name.remove(0, name.moveIndex32(0, 1));
    while (!name.isEmpty() && is_dot_or_blank(name.char32At(name.length() - 1))) name.truncate(name.moveIndex32(name.length(), -1));
}

void shorten(icu::UnicodeString& name) {
    if (name.countChar32() <= kLongestName) return;
    const auto dot = name.lastIndexOf(u'.');
    icu::UnicodeString extension;
    if (dot > 0 && name.length() - dot <= kLongestExtension) extension = name.tempSubString(dot);
    name.truncate(name.moveIndex32(0, kLongestName - extension.countChar32()));
    name.append(extension);
}

// Device names of Windows, whatever follows the first dot.
bool is_device(const icu::UnicodeString& name) {
    static constexpr std::string_view kDevices[] = {"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
                                                    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};
    std::string text;
    name.toUTF8String(text);
    const auto stem = base::lower_ascii(text.substr(0, text.find('.')));
    return std::ranges::find(kDevices, stem) != std::end(kDevices);
}

}  // namespace

std::string clean_name(std::string_view sent) {
    auto name = last_component(normalised(sent.substr(0, 64 * 1024)));
    strip_ends(name);
    shorten(name);
    if (is_device(name)) name.insert(0, '_');
    std::string out;
    name.toUTF8String(out);
    return out.empty() ? "file" : out;
}

std::string content_disposition(std::string_view clean_name, bool display_inline) {
    std::string ascii;
    for (std::size_t i = 0; i < clean_name.size();) {
        const auto length = std::max<std::size_t>(base::utf8_sequence_length(clean_name.substr(i)), 1);
        const char c = clean_name[i];
        ascii += length > 1 || c == '"' || c == '\\' || c == '%' || c < 0x20 || c == 0x7f ? '_' : c;
        i += length;
    }
    std::string out = display_inline ? "inline" : "attachment";
    out += "; filename=\"" + ascii + "\"";
    if (ascii != clean_name) {
        out += "; filename*=UTF-8''";
        base::percent_encode(clean_name, out);
    }
    return out;
}

}  // namespace host::file
