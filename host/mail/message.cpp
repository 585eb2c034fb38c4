#include "mail/message.hpp"

#include "base/sha256.hpp"

#include <gmime/gmime.h>

#include <memory>

namespace host::mail {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct FreeText {
    void operator()(char* text) const { g_free(text); }
};

void start_gmime() {
    [[maybe_unused]] static const bool once = [] {
        g_mime_init();
        return true;
    }();
}

// Some servers refuse what is longer, and References grow with every answer.
constexpr std::size_t kMostReferences = 11;

Owned<GMimeObject> content_part(const char* type, const char* subtype, const std::string& content, GMimeContentEncoding encoding) {
    Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(content.data(), content.size())};
    Owned<GMimeDataWrapper> data{g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)};
    Owned<GMimeObject> part{GMIME_OBJECT(g_mime_part_new_with_type(type, subtype))};
    g_mime_part_set_content(GMIME_PART(part.get()), data.get());
    g_mime_part_set_content_encoding(GMIME_PART(part.get()), encoding);
    return part;
}

Owned<GMimeObject> text_part(const char* subtype, const std::string& text) {
    auto part = content_part("text", subtype, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_object_set_content_type_parameter(part.get(), "charset", "utf-8");
    return part;
}

// GMime writes what a name holds, line breaks too.
std::string without_controls(const std::string& text) {
    std::string out;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
    return out;
}

// The METHOD of a calendar object; "" when it has none.
std::string calendar_method(const std::string& calendar) {
    constexpr std::string_view kName = "\nMETHOD:";
    const auto at = calendar.find(kName);
    if (at == std::string::npos || at > calendar.find("\nBEGIN:")) return {};
    const auto value = calendar.substr(at + kName.size(), 20);
    return value.substr(0, value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ-"));
}

Owned<GMimeObject> attached_part(const Attachment& attachment) {
    const auto slash = attachment.type.find('/');
    const bool known = slash != std::string::npos && !attachment.type.starts_with("multipart/") && !attachment.type.starts_with("message/");
    const auto type = known ? attachment.type.substr(0, slash) : "application";
    const auto subtype = known ? attachment.type.substr(slash + 1) : "octet-stream";
    auto part = content_part(type.c_str(), subtype.c_str(), attachment.content, GMIME_CONTENT_ENCODING_BASE64);
    if (attachment.type == "text/calendar") {  // RFC 6047, 2.4: without its method it is no invitation
        g_mime_object_set_content_type_parameter(part.get(), "charset", "utf-8");
        if (const auto method = calendar_method(attachment.content); !method.empty())
            g_mime_object_set_content_type_parameter(part.get(), "method", method.c_str());
    }
    g_mime_object_set_disposition(part.get(), GMIME_DISPOSITION_ATTACHMENT);
    g_mime_part_set_filename(GMIME_PART(part.get()), without_controls(attachment.name).c_str());
    return part;
}

Owned<GMimeObject> multipart(const char* subtype, const std::string& seed, std::vector<Owned<GMimeObject>> parts) {
    Owned<GMimeObject> out{GMIME_OBJECT(g_mime_multipart_new_with_subtype(subtype))};
    g_mime_multipart_set_boundary(GMIME_MULTIPART(out.get()), ("=_" + base::sha256_hex(seed + subtype).substr(0, 40)).c_str());
    for (const auto& part : parts) g_mime_multipart_add(GMIME_MULTIPART(out.get()), part.get());
    return out;
}

Owned<GMimeObject> body(const Message& m) {
    std::vector<Owned<GMimeObject>> both;
    both.push_back(text_part("plain", m.text));
    both.push_back(text_part("html", m.html));
    auto alternative = multipart("alternative", m.message_id, std::move(both));
    if (m.attachments.empty()) return alternative;
    std::vector<Owned<GMimeObject>> all;
    all.push_back(std::move(alternative));
    for (const auto& attachment : m.attachments) all.push_back(attached_part(attachment));
    return multipart("mixed", m.message_id, std::move(all));
}

const char* name_or_null(const std::string& name) { return name.empty() ? nullptr : name.c_str(); }

std::string references(const std::vector<std::string>& ids) {
    std::string out;
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (i == 0 || i + kMostReferences > ids.size()) out += (out.empty() ? "<" : " <") + ids[i] + ">";
    return out;
}

std::string with_crlf(GMimeObject* object) {
    Owned<GMimeStream> out{g_mime_stream_mem_new()};
    Owned<GMimeStream> filtered{g_mime_stream_filter_new(out.get())};
    Owned<GMimeFilter> crlf{g_mime_filter_unix2dos_new(FALSE)};
    g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered.get()), crlf.get());
    g_mime_object_write_to_stream(object, nullptr, filtered.get());
    g_mime_stream_flush(filtered.get());
    const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

}  // namespace

std::string to_mime(const Message& m) {
    start_gmime();
    Owned<GMimeMessage> mime{g_mime_message_new(TRUE)};
    g_mime_message_add_mailbox(mime.get(), GMIME_ADDRESS_TYPE_FROM, name_or_null(m.from_name), m.from_address.c_str());
    g_mime_message_add_mailbox(mime.get(), GMIME_ADDRESS_TYPE_TO, name_or_null(m.to_name), m.to_address.c_str());
    if (!m.reply_to.empty()) g_mime_message_add_mailbox(mime.get(), GMIME_ADDRESS_TYPE_REPLY_TO, nullptr, m.reply_to.c_str());
    g_mime_message_set_subject(mime.get(), m.subject.c_str(), "utf-8");
    std::unique_ptr<GDateTime, void (*)(GDateTime*)> date{g_date_time_new_from_unix_utc(m.date_us / 1'000'000), g_date_time_unref};
    g_mime_message_set_date(mime.get(), date.get());
    g_mime_message_set_message_id(mime.get(), m.message_id.c_str());
    auto* object = GMIME_OBJECT(mime.get());
    if (!m.in_reply_to.empty()) g_mime_object_set_header(object, "In-Reply-To", ("<" + m.in_reply_to + ">").c_str(), nullptr);
    if (const auto refs = references(m.references); !refs.empty()) g_mime_object_set_header(object, "References", refs.c_str(), nullptr);
    for (const auto& [name, value] : m.headers) g_mime_object_set_header(object, name.c_str(), value.c_str(), "utf-8");
    g_mime_message_set_mime_part(mime.get(), body(m).get());
    return with_crlf(object);
}

}  // namespace host::mail
