#include "reader.hpp"

#include "body.hpp"
#include "charset.hpp"
#include "header.hpp"

#include <gmime/gmime.h>
#include <iconv.h>
#include <unicode/uclean.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace mailbox {
namespace {

constexpr std::size_t kMostFields = 1000;  // mail.md 3.7
constexpr std::size_t kMostHeaderBytes = 256u << 10;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && g_ascii_strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// Mailbox files begin with "From somebody date"; empty lines before the first field are sent by broken programs.
std::string_view without_envelope(std::string_view raw) {
    raw.remove_prefix(std::min(raw.find_first_not_of("\r\n"), raw.size()));
    if (raw.starts_with("From ") || raw.starts_with(">From ")) raw.remove_prefix(std::min(raw.find('\n'), raw.size() - 1) + 1);
    return raw;
}

class HeaderReader {
public:
    HeaderReader(std::vector<RawHeader> fields, Message& message) : fields_{std::move(fields)}, message_{message} {}

    void run() {
        message_.headers = decode_headers(fields_);
        message_.from = addresses("From");
        if (message_.from.empty() && first("Sender")) {
            message_.from = addresses("Sender");
            message_.warnings.push_back("no From that can be read: the Sender counts");
        }
        message_.reply_to = addresses("Reply-To");
        message_.to = addresses("To");
        message_.cc = addresses("Cc");
        message_.several_senders = count("From") > 1 || count("Sender") > 1 || message_.from.size() > 1;
        if (count("From") > 1) message_.warnings.push_back("more than one From: the first counts");
        if (const auto* subject = find_header(message_.headers, "Subject")) message_.subject = *subject;
        if (const auto* date = first("Date")) read_date(*date);
        read_message_id();
        if (const auto* ids = first("In-Reply-To")) message_.in_reply_to = read_ids(*ids);
        if (const auto* ids = first("References")) message_.references = read_ids(*ids);
    }

private:
    const std::string* first(std::string_view name) const {
        const auto it = std::ranges::find_if(fields_, [&](const RawHeader& f) { return same_name(f.name, name); });
        return it == fields_.end() ? nullptr : &it->value;
    }
    std::ptrdiff_t count(std::string_view name) const {
        return std::ranges::count_if(fields_, [&](const RawHeader& f) { return same_name(f.name, name); });
    }
    // From: of the first; of others all, since some programs write one To for each.
    std::vector<Address> addresses(std::string_view name) const {
        if (name == "From") return first(name) ? read_addresses(*first(name)) : std::vector<Address>{};
        std::vector<Address> out;
        for (const auto& field : fields_)
            if (same_name(field.name, name))
                for (auto& address : read_addresses(field.value)) out.push_back(std::move(address));
        return out;
    }
    void read_date(const std::string& text) {
        auto* time = g_mime_utils_header_decode_date(text.c_str());
        if (!time) return message_.warnings.push_back("a date that cannot be read");
        message_.date = g_date_time_to_unix(time);
        g_date_time_unref(time);
    }
    void read_message_id() {
        const auto* raw = first("Message-ID");
        if (!raw) return;
        const auto ids = read_ids(*raw);
        if (!ids.empty()) message_.message_id = ids.front();
        else if (const auto bare = clean_line(to_utf8(*raw, "")); !bare.empty() && bare.find_first_of(" <>") == bare.npos)
            message_.message_id = '<' + bare + '>';
        if (count("Message-ID") > 1) message_.warnings.push_back("more than one Message-ID: the first counts");
    }

    std::vector<RawHeader> fields_;
    Message& message_;
};

// Some programs end lines by a carriage return only (RFC 7103 7.1.2).
std::string with_line_feeds(const std::string& raw) {
    std::string out = raw;
    if (out.find('\n') == out.npos) std::ranges::replace(out, '\r', '\n');
    return out;
}

void check_header(const std::vector<RawHeader>& fields, std::size_t bytes) {
    if (fields.size() > kMostFields) throw TooMuch{"more than 1000 header fields"};
    if (bytes > kMostHeaderBytes) throw TooMuch{"a header of more than 256 KiB"};
}

}  // namespace

// GMime decodes file names by iconv, which loads a module for each charset: those that are loaded stay.
void prepare_reading() {
    g_mime_init();
    for (const char* charset : {"ISO-8859-1", "ISO-8859-2", "ISO-8859-15", "CP1250", "CP1251", "CP1252", "KOI8-R", "UTF-16", "UTF-7",
                                "ISO-2022-JP", "SHIFT_JIS", "EUC-JP", "GB2312", "GBK", "GB18030", "BIG5", "EUC-KR"})
        iconv_open("UTF-8", charset);
    to_utf8("\xe9t\xe9", "iso-8859-15");
    clean_text("e\u0301");
}

Message read_message(const std::string& raw, Effort effort) {
    const auto lines = with_line_feeds(raw);
    const auto text = without_envelope(lines);
    std::size_t body_at = 0;
    auto fields = read_fields(text.substr(0, kMostHeaderBytes + 1), &body_at);
    check_header(fields, body_at);
    Message message;
    HeaderReader{std::move(fields), message}.run();
    if (effort == Effort::careful) message.warnings.push_back("read a second time without what broke the reader");

    const std::unique_ptr<GMimeStream, Unref> stream{g_mime_stream_mem_new_with_buffer(text.data(), text.size())};
    const std::unique_ptr<GMimeParser, Unref> parser{g_mime_parser_new_with_stream(stream.get())};
    const auto* parsed = g_mime_parser_construct_message(parser.get(), nullptr);  // not freed: the process ends with it
    Body body{effort};
    if (parsed && parsed->mime_part) body.read(parsed->mime_part);
    body.write_to(message);
    if (text.empty()) message.warnings.push_back("an empty message");
    return message;
}

}  // namespace mailbox
