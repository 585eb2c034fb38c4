#include "file_name.hpp"

#include "charset.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace mailbox {
namespace {

constexpr std::size_t kLongest = 200;

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".heic", "image/heic"},
    {".tif", "image/tiff"},
    {".bmp", "image/bmp"},
    {".pdf", "application/pdf"},
    {".eml", "message/rfc822"},
    {".ics", "text/calendar"},
    {".vcf", "text/vcard"},
    {".vcf", "text/x-vcard"},
    {".txt", "text/plain"},
    {".html", "text/html"},
    {".csv", "text/csv"},
    {".zip", "application/zip"},
    {".doc", "application/msword"},
    {".xls", "application/vnd.ms-excel"},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".mp3", "audio/mpeg"},
    {".mp4", "video/mp4"},
    {".p7s", "application/pkcs7-signature"},
    {".p7s", "application/x-pkcs7-signature"},
    {".p7m", "application/pkcs7-mime"},
    {".asc", "application/pgp-signature"},
    {".asc", "application/pgp-keys"},
    {".log", "text/x-log"}};

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// Invisible characters and those that turn the direction of what follows: "invoice<RLO>fdp.exe".
bool is_hidden(std::string_view character) {
    constexpr std::string_view kHidden[] = {"\u200b", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d",
                                            "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff"};
    return std::ranges::find(kHidden, character) != std::end(kHidden);
}

std::string visible(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        std::size_t end = at + 1;
        while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) ++end;
        if (const auto character = utf8.substr(at, end - at); !is_hidden(character)) out += character;
        at = end;
    }
    return out;
}

// The end with its extension stays.
std::string shortened(std::string name) {
    if (name.size() <= kLongest) return name;
    const auto dot = name.rfind('.');
    const auto extension = dot != name.npos && name.size() - dot <= 10 ? name.substr(dot) : std::string{};
    auto end = kLongest - extension.size();
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
    return name.substr(0, end) + extension;
}

}  // namespace

void name_file(Attachment& attachment, std::size_t number) {
    auto name = clean_line(visible(attachment.name));
    name = name.substr(name.find_last_of("/\\") + 1);
    name.erase(0, name.find_first_not_of(". ") == name.npos ? name.size() : name.find_first_not_of(". "));
    const auto known = std::ranges::find_if(kTypes, [&](const auto& type) { return type.second == attachment.type; });
    if (name.empty()) name = "attachment-" + std::to_string(number) + (known == std::end(kTypes) ? "" : std::string{known->first});
    if (attachment.type.empty()) {
        const auto guessed = std::ranges::find_if(kTypes, [&](const auto& type) { return lower(name).ends_with(type.first); });
        attachment.type = guessed == std::end(kTypes) ? "application/octet-stream" : std::string{guessed->second};
    }
    attachment.name = shortened(std::move(name));
}

}  // namespace mailbox
