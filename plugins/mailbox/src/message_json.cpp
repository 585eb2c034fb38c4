#include "message_json.hpp"

#include <boost/json.hpp>

namespace mailbox {
namespace {

namespace json = boost::json;

json::array of(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::array of(const Headers& headers) {
    json::array out;
    for (const auto& header : headers) out.push_back(json::array{header.name, header.value});
    return out;
}

json::array of(const std::vector<Address>& addresses) {
    json::array out;
    for (const auto& address : addresses) out.push_back(json::array{address.name, address.address});
    return out;
}

std::string text(const json::value& value) { return std::string{value.as_string()}; }

std::vector<std::string> texts(const json::value& value) {
    std::vector<std::string> out;
    for (const auto& entry : value.as_array()) out.push_back(text(entry));
    return out;
}

template <class T>
std::vector<T> pairs(const json::value& value) {
    std::vector<T> out;
    for (const auto& entry : value.as_array()) out.push_back({text(entry.at(0)), text(entry.at(1))});
    return out;
}

}  // namespace

std::string to_json(const Message& m) {
    json::object out{{"headers", of(m.headers)},
                     {"from", of(m.from)},
                     {"reply_to", of(m.reply_to)},
                     {"to", of(m.to)},
                     {"cc", of(m.cc)},
                     {"several_senders", m.several_senders},
                     {"subject", m.subject},
                     {"message_id", m.message_id},
                     {"in_reply_to", of(m.in_reply_to)},
                     {"references", of(m.references)},
                     {"text", m.text},
                     {"html", m.html},
                     {"html_text", m.html_text},
                     {"report", m.report.type},
                     {"returned_headers", of(m.returned_headers)},
                     {"returned_text", m.returned_text},
                     {"warnings", of(m.warnings)}};
    if (m.date) out["date"] = *m.date;
    if (m.html_quote) out["html_quote"] = {m.html_quote->first, m.html_quote->second};
    json::array blocks, attachments;
    for (const auto& block : m.report.blocks) blocks.push_back(of(block));
    for (const auto& a : m.attachments)
        attachments.push_back(
            {{"name", a.name}, {"type", a.type}, {"cid", a.content_id}, {"inline", a.is_inline}, {"bytes", a.content.size()}});
    out["blocks"] = std::move(blocks);
    out["attachments"] = std::move(attachments);
    return json::serialize(out);
}

std::optional<Message> from_json(std::string_view document, std::string_view contents) try {
    const auto in = json::parse(document).as_object();
    Message m;
    m.headers = pairs<Header>(in.at("headers"));
    m.from = pairs<Address>(in.at("from"));
    m.reply_to = pairs<Address>(in.at("reply_to"));
    m.to = pairs<Address>(in.at("to"));
    m.cc = pairs<Address>(in.at("cc"));
    m.several_senders = in.at("several_senders").as_bool();
    m.subject = text(in.at("subject"));
    m.message_id = text(in.at("message_id"));
    m.in_reply_to = texts(in.at("in_reply_to"));
    m.references = texts(in.at("references"));
    m.text = text(in.at("text"));
    m.html = text(in.at("html"));
    m.html_text = text(in.at("html_text"));
    m.report.type = text(in.at("report"));
    for (const auto& block : in.at("blocks").as_array()) m.report.blocks.push_back(pairs<Header>(block));
    m.returned_headers = pairs<Header>(in.at("returned_headers"));
    m.returned_text = text(in.at("returned_text"));
    m.warnings = texts(in.at("warnings"));
    if (const auto* date = in.if_contains("date")) m.date = date->to_number<std::int64_t>();
    if (const auto* quote = in.if_contains("html_quote")) {
        m.html_quote = {quote->at(0).to_number<std::size_t>(), quote->at(1).to_number<std::size_t>()};
        if (m.html_quote->first > m.html_quote->second || m.html_quote->second > m.html_text.size()) return std::nullopt;
    }
    for (const auto& entry : in.at("attachments").as_array()) {
        const auto size = entry.at("bytes").to_number<std::size_t>();
        if (size > contents.size()) return std::nullopt;
        m.attachments.push_back({text(entry.at("name")), text(entry.at("type")), text(entry.at("cid")), entry.at("inline").as_bool(),
                                 std::string{contents.substr(0, size)}});
        contents.remove_prefix(size);
    }
    return contents.empty() ? std::optional{std::move(m)} : std::nullopt;
} catch (const std::exception&) {
    return std::nullopt;  // only a child that was taken over answers like that
}

}  // namespace mailbox
