#include "body.hpp"

#include "charset.hpp"
#include "file_name.hpp"
#include "flowed.hpp"
#include "header.hpp"
#include "html.hpp"
#include "html_guard.hpp"
#include "tnef.hpp"

#include <algorithm>
#include <memory>
#include <set>

namespace mailbox {
namespace {

// mail.md 3.7
constexpr int kDeepest = 30;
constexpr std::size_t kMostParts = 500;
constexpr std::size_t kMostAttachments = 50;
constexpr std::size_t kMostBytes = 60u << 20;
constexpr std::size_t kMostHtml = 2u << 20;
constexpr std::size_t kMostReturnedText = 64u << 10;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string string_of(const char* text) { return text ? text : ""; }

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::string type_of(GMimeObject* object) {
    auto* type = g_mime_object_get_content_type(object);
    return lower(string_of(g_mime_content_type_get_media_type(type)) + '/' + string_of(g_mime_content_type_get_media_subtype(type)));
}

std::string disposition_of(GMimeObject* object) { return lower(string_of(g_mime_object_get_disposition(object))); }

std::string bytes_of(GMimeStream* stream) {
    auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    return {reinterpret_cast<const char*>(array->data), array->len};
}

std::string raw_of(GMimeObject* object) {
    const Owned<GMimeStream> stream{g_mime_stream_mem_new()};
    g_mime_object_write_to_stream(object, nullptr, stream.get());
    return bytes_of(stream.get());
}

std::string parameter_of(GMimePart* leaf, const char* name) {
    return lower(string_of(g_mime_object_get_content_type_parameter(GMIME_OBJECT(leaf), name)));
}

std::string declared_charset_of(GMimePart* leaf) {
    return string_of(g_mime_object_get_content_type_parameter(GMIME_OBJECT(leaf), "charset"));
}

// What is no type at all is text (RFC 2045 5.2).
bool has_unusable_type(GMimePart* leaf) {
    auto* header = g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(leaf)), "Content-Type");
    return header && string_of(g_mime_header_get_raw_value(header)).find('/') == std::string::npos;
}

bool has_name(GMimePart* leaf) { return g_mime_part_get_filename(leaf) != nullptr; }

bool is_report_part(const std::string& type) {
    return type == "message/delivery-status" || type == "message/global-delivery-status" || type == "message/disposition-notification" ||
           type == "message/global-disposition-notification" || type == "message/feedback-report";
}

std::vector<Headers> blocks_of(std::string_view text) {
    std::vector<Headers> blocks;
    while (!text.empty()) {
        std::size_t end = 0;
        auto fields = decode_headers(read_fields(text, &end));
        if (!fields.empty()) blocks.push_back(std::move(fields));
        if (end == 0 || blocks.size() > kMostParts) break;
        text.remove_prefix(end);
    }
    return blocks;
}

}  // namespace

void Body::read(GMimeObject* root) { part(root, 0); }

void Body::count(std::size_t bytes) {
    bytes_ += bytes;
    if (bytes_ > kMostBytes) throw TooMuch{"more than 60 MiB when it is decoded"};
}

std::string Body::content_of(GMimePart* leaf) {
    auto* wrapper = g_mime_part_get_content(leaf);
    if (!wrapper) return {};
    const Owned<GMimeStream> stream{g_mime_stream_mem_new()};
    g_mime_data_wrapper_write_to_stream(wrapper, stream.get());
    auto content = bytes_of(stream.get());
    count(content.size());
    return content;
}

void Body::part(GMimeObject* object, int depth) {
    if (depth > kDeepest) throw TooMuch{"parts nested more than 30 deep"};
    if (++parts_ > kMostParts) throw TooMuch{"more than 500 parts"};
    if (GMIME_IS_MULTIPART(object)) multipart(GMIME_MULTIPART(object), depth);
    else if (GMIME_IS_MESSAGE_PART(object)) embedded(GMIME_MESSAGE_PART(object));
    else if (GMIME_IS_PART(object)) leaf(GMIME_PART(object));
}

void Body::multipart(GMimeMultipart* multipart, int depth) {
    const auto type = type_of(GMIME_OBJECT(multipart));
    const int parts = g_mime_multipart_get_count(multipart);
    if (static_cast<std::size_t>(parts) > kMostParts) throw TooMuch{"more than 500 parts"};
    if (parts == 0) {
        // A boundary that never comes: the whole is text.
        const auto* text = g_mime_multipart_get_prologue(multipart);
        warnings_.push_back("a multipart without parts");
        if (text) sections_.push_back({clean_text(to_utf8(text, "")), "", true, false});
        return;
    }
    if (type == "multipart/alternative") return alternative(multipart, depth);
    if (type == "multipart/report") return report(multipart, depth);
    if (type == "multipart/encrypted") warnings_.push_back("encrypted");
    for (int i = 0; i < parts; ++i) part(g_mime_multipart_get_part(multipart, i), depth + 1);
}

// All of its texts are one section; what is no text is attached (invitations).
void Body::alternative(GMimeMultipart* multipart, int depth) {
    Section section;
    auto* outer = std::exchange(alternative_, alternative_ ? alternative_ : &section);
    for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) part(g_mime_multipart_get_part(multipart, i), depth + 1);
    alternative_ = outer;
    if (!outer && (section.has_text || section.has_html)) sections_.push_back(std::move(section));
}

void Body::report(GMimeMultipart* multipart, int depth) {
    const int parts = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < parts; ++i) {
        auto* object = g_mime_multipart_get_part(multipart, i);
        const auto type = type_of(object);
        if (is_report_part(type) && GMIME_IS_PART(object)) read_report(type, content_of(GMIME_PART(object)));
        else if ((type == "text/rfc822-headers" || type == "message/rfc822-headers" || type == "message/global-headers") &&
                 GMIME_IS_PART(object))
            returned_headers_ = decode_headers(read_fields(content_of(GMIME_PART(object))));
        else part(object, depth + 1);
    }
}

void Body::read_report(const std::string& type, const std::string& content) {
    report_.type = type.substr(type.find("global-") == type.npos ? 8 : 15);
    report_.blocks = blocks_of(content);
}

void Body::embedded(GMimeMessagePart* part) {
    auto* message = g_mime_message_part_get_message(part);
    if (!message) return;
    auto raw = raw_of(GMIME_OBJECT(message));
    count(raw.size());
    std::size_t body_at = 0;
    const auto headers = decode_headers(read_fields(raw, &body_at));
    if (returned_headers_.empty()) {
        returned_headers_ = headers;
        returned_text_ = clean_text(to_utf8(std::string_view{raw}.substr(body_at, kMostReturnedText), ""));
    }
    const auto* filename = g_mime_object_get_content_disposition_parameter(GMIME_OBJECT(part), "filename");
    const auto* subject = find_header(headers, "Subject");
    const auto name = filename ? decode_words(filename) : subject && !subject->empty() ? subject->substr(0, 80) + ".eml" : "";
    attach({name, type_of(GMIME_OBJECT(part)), "", false, std::move(raw)});
}

void Body::leaf(GMimePart* leaf) {
    const auto type = has_unusable_type(leaf) ? "text/plain" : type_of(GMIME_OBJECT(leaf));
    const bool attached = disposition_of(GMIME_OBJECT(leaf)) == "attachment";
    const bool text = type == "text/plain" || type == "text/html" || type == "text/enriched" || type == "text/text" || type == "text/";
    const bool has_body = alternative_ ? false : !sections_.empty();
    if (text && !attached && !(has_name(leaf) && has_body)) return text_leaf(leaf, type == "text/html");
    auto content = content_of(leaf);
    if (type == "text/calendar") content = to_utf8(content, declared_charset_of(leaf));  // the charset of files of calendars (RFC 5545 8.1)
    if (is_report_part(type) && report_.type.empty()) read_report(type, content);
    const auto name = lower(decode_words(string_of(g_mime_part_get_filename(leaf))));
    if (type == "application/ms-tnef" || type == "application/vnd.ms-tnef" || name == "winmail.dat") return tnef(std::move(content), name);
    if (type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime")
        warnings_.push_back("S/MIME: its content is in the attachment");
    attach(leaf, std::move(content));
}

// Null when it can be read.
const char* Body::why_not_html(std::string_view bytes) const {
    if (bytes.size() > kMostHtml) return "HTML larger than 2 MiB";
    if (!is_reasonable_html(bytes)) return "HTML nested more than 1000 deep";
    return effort_ == Effort::careful ? "HTML that broke the reader" : nullptr;
}

void Body::text_leaf(GMimePart* leaf, bool html) {
    const auto bytes = content_of(leaf);
    if (const auto* why = html ? why_not_html(bytes) : nullptr) {
        warnings_.push_back(std::string{why} + ": kept as a file");
        return attach({"message.html", "text/html", "", false, bytes});
    }
    auto charset = declared_charset_of(leaf);
    if (html && charset.empty()) charset = declared_charset(bytes);
    bool lossy = false;
    auto text = clean_text(to_utf8(bytes, charset, &lossy));
    if (lossy) warnings_.push_back("the text is not in the charset " + clean_line(to_utf8(charset, "")) + " that it declares");
    if (!html && parameter_of(leaf, "format") == "flowed") text = unflow(text, parameter_of(leaf, "delsp") == "yes");
    if (!alternative_) sections_.push_back({});
    auto& section = alternative_ ? *alternative_ : sections_.back();
    auto& to = html ? section.html : section.text;
    if (!to.empty() && !text.empty()) to += '\n';
    to += text;
    (html ? section.has_html : section.has_text) = true;
}

void Body::tnef(std::string content, const std::string& name) {
    auto unpacked = effort_ == Effort::full ? read_tnef(content) : std::nullopt;
    if (!unpacked) {
        warnings_.push_back("winmail.dat cannot be read: kept as it is");
        return attach({name.empty() ? "winmail.dat" : name, "application/ms-tnef", "", false, std::move(content)});
    }
    for (auto& file : unpacked->files) {
        count(file.content.size());
        attach({std::move(file.name), "", "", false, std::move(file.content)});
    }
    const bool empty =
        std::ranges::all_of(sections_, [](const Section& s) { return s.text.find_first_not_of(" \n\t") == s.text.npos && !s.has_html; });
    if (!empty || (unpacked->text.empty() && unpacked->html.empty())) return;
    sections_ = {{clean_text(unpacked->text), clean_text(unpacked->html), !unpacked->text.empty(), !unpacked->html.empty()}};
}

void Body::attach(GMimePart* leaf, std::string content) {
    const auto id = string_of(g_mime_object_get_content_id(GMIME_OBJECT(leaf)));
    attach({decode_words(string_of(g_mime_part_get_filename(leaf))), type_of(GMIME_OBJECT(leaf)), clean_line(to_utf8(id, "")), false,
            std::move(content)});
}

void Body::attach(Attachment attachment) {
    if (attachments_.size() == kMostAttachments) throw TooMuch{"more than 50 attachments"};
    name_file(attachment, attachments_.size() + 1);
    attachments_.push_back(std::move(attachment));
}

void Body::write_html(Message& message) {
    std::string all;
    for (const auto& section : sections_) all += section.has_html ? section.html + '\n' : text_to_html(section.text);
    auto content = read_html(all);
    message.html = std::move(content.html);
    message.html_text = std::move(content.text);
    message.html_quote = content.quote;
    for (auto& picture : content.pictures) {
        count(picture.content.size());
        attach({"", picture.type, picture.content_id, false, std::move(picture.content)});
    }
    if (content.dropped_pictures > 0) warnings_.push_back(std::to_string(content.dropped_pictures) + " embedded pictures left out");
    // of several parts with one id the first is meant
    std::set<std::string> wanted{content.content_ids.begin(), content.content_ids.end()};
    for (auto& attachment : attachments_) attachment.is_inline = wanted.erase(attachment.content_id) > 0;
}

void Body::write_to(Message& message) {
    const bool html = std::ranges::any_of(sections_, [](const Section& s) { return s.has_html; });
    const bool text =
        std::ranges::any_of(sections_, [](const Section& s) { return s.has_text && s.text.find_first_not_of(" \n\t") != s.text.npos; });
    const bool mixed = std::ranges::any_of(sections_, [](const Section& s) { return s.has_html && !s.has_text; });
    if (html) write_html(message);
    // where a section has no plain text, the text of all of the HTML is the complete one
    if (text && !mixed)
        for (const auto& section : sections_) message.text += (message.text.empty() ? "" : "\n") + section.text;
    message.attachments = std::move(attachments_);
    message.report = std::move(report_);
    message.returned_headers = std::move(returned_headers_);
    message.returned_text = std::move(returned_text_);
    message.warnings.insert(message.warnings.end(), warnings_.begin(), warnings_.end());
}

}  // namespace mailbox
