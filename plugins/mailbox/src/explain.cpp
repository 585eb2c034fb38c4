#include "explain.hpp"

#include "classify.hpp"
#include "frame.hpp"
#include "parse.hpp"
#include "quote.hpp"
#include "signals.hpp"

#include <boost/json.hpp>

#include <ctime>
#include <filesystem>
#include <fstream>

namespace mailbox {
namespace {

namespace json = boost::json;

json::object of(const Address& address) { return {{"name", address.name}, {"address", address.address}}; }

json::array recipients_of(const Message& message) {
    json::array out;
    const auto add = [&](const std::vector<Address>& addresses, const char* kind) {
        for (const auto& address : addresses) {
            auto entry = of(address);
            entry["kind"] = kind;
            out.push_back(std::move(entry));
        }
    };
    add(message.to, "to");
    add(message.cc, "cc");
    return out;
}

json::array attachments_of(const Message& message) {
    json::array out;
    for (const auto& a : message.attachments)
        out.push_back({{"name", a.name}, {"type", a.type}, {"bytes", a.content.size()}, {"inline", a.is_inline}});
    return out;
}

json::array of(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::array of(const std::vector<Token>& tokens) {
    json::array out;
    for (const auto& token : tokens)
        out.push_back(token.kind == Token::Kind::bounce ? json::object{{"mail", token.mail}, {"key", token.key}}
                                                        : json::object{{"ticket", token.ticket}, {"key", token.key}});
    return out;
}

// What is decided, and the signals as they are.
json::object thread_of(const Message& message, const Decision& decision) {
    const auto signals = find_signals(message);
    json::object out{{"decision", !decision.verdict ? "unknown"
                                  : decision.ticket ? "ticket"
                                                    : "new"},
                     {"why", decision.why},
                     {"address_tokens", of(signals.addresses)},
                     {"message_id_tokens", of(signals.tokens)},
                     {"references", of(signals.ids)},
                     {"subject_tags", of(signals.subject_tags)},
                     {"forwarded", signals.forwarded}};
    if (decision.ticket) out["ticket"] = decision.ticket;
    if (decision.hint) out["hint"] = decision.hint;
    return out;
}

json::value of(const std::optional<Bounce>& bounce) {
    if (!bounce) return nullptr;
    constexpr const char* kKinds[] = {"delivery", "disposition", "complaint"};
    return json::object{{"kind", kKinds[static_cast<int>(bounce->kind)]},
                        {"action", bounce->action},
                        {"status", bounce->status},
                        {"final_recipient", bounce->final_recipient},
                        {"diagnostic", bounce->diagnostic},
                        {"original_message_id", bounce->original_message_id},
                        {"return_path", bounce->return_path}};
}

std::string rfc3339(std::int64_t seconds) {
    const auto time = static_cast<std::time_t>(seconds);
    std::tm fields{};
    char text[40] = "";
    if (::gmtime_r(&time, &fields)) std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &fields);
    return text;
}

json::object describe(const Message& message, const Decision& decision) {
    const auto verdict = decision.verdict ? *decision.verdict : classify(message);
    auto parts = split(message);
    json::object out{{"class", name_of(verdict.kind)},
                     {"why", verdict.why},
                     {"suppress_answer", verdict.suppress_answer},
                     {"suppress_why", verdict.suppress_why},
                     {"thread", thread_of(message, decision)},
                     {"sender", message.from.empty() ? of(Address{}) : of(message.from.front())},
                     {"several_senders", message.several_senders},
                     {"recipients", recipients_of(message)},
                     {"subject", message.subject},
                     {"date", nullptr},
                     {"message_id", message.message_id},
                     {"text", std::move(parts.text)},
                     {"quote", std::move(parts.quote)},
                     {"signature", std::move(parts.signature)},
                     {"html", !message.html.empty()},
                     {"attachments", attachments_of(message)},
                     {"bounce", of(verdict.bounce)},
                     {"warnings", of(message.warnings)}};
    if (message.date) out["date"] = rfc3339(*message.date);
    return out;
}

json::object describe(const Unreadable& unreadable) {
    auto out = describe(Message{}, {});
    out["class"] = "unreadable";
    out["why"] = unreadable.why;
    return out;
}

std::variant<std::string, Unreadable> read_file(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return Unreadable{error ? error.message() : "not a file"};
    if (std::filesystem::file_size(path, error) > kLargestRaw) return Unreadable{"larger than 35 MiB"};
    std::ifstream in{path, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (!in && !in.eof()) return Unreadable{"cannot be read"};
    return bytes;
}

}  // namespace

Explained explain_file(Parser& parser, const std::string& file, const Decide& decide) {
    const auto raw = read_file(file);
    const auto* bytes = std::get_if<std::string>(&raw);
    const auto parsed = bytes ? parser.parse(*bytes) : Parsed{std::get<Unreadable>(raw)};
    const auto* message = std::get_if<Message>(&parsed);
    json::object line{{"file", file}};
    auto said = message ? describe(*message, decide(*message)) : describe(std::get<Unreadable>(parsed));
    line.insert(said.begin(), said.end());
    return {json::serialize(line), message != nullptr};
}

}  // namespace mailbox
