#include "signals.hpp"

#include "ascii.hpp"

#include <algorithm>
#include <initializer_list>

namespace mailbox {
namespace {

constexpr std::size_t kMostIds = 200;
constexpr std::size_t kLongestTag = 40;

template <class T>
void add_once(std::vector<T>& to, const T& value) {
    if (std::ranges::find(to, value) == to.end()) to.push_back(value);
}

// The address in "Delivered-To: <a@b>" or "a@b".
std::string bare_address(std::string_view value) {
    const auto open = value.find('<');
    if (open != value.npos) value = value.substr(open + 1, value.find('>', open) - open - 1);
    const auto begin = value.find_first_not_of(" \t");
    if (begin == value.npos) return {};
    return lower_case(value.substr(begin, value.find_last_not_of(" \t") - begin + 1));
}

// "TICK-2608-0021" after "[#"; letters, digits, and what masks of numbers put between them.
void find_tags(std::string_view subject, std::vector<std::string>& tags) {
    for (auto at = subject.find("[#"); at != subject.npos; at = subject.find("[#", at + 2)) {
        const auto end = subject.find(']', at);
        if (end == subject.npos) return;
        const auto tag = subject.substr(at + 2, end - at - 2);
        const bool usable = !tag.empty() && tag.size() <= kLongestTag && std::ranges::all_of(tag, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '/' ||
                   c == '.';
        });
        if (usable) add_once(tags, std::string{tag});
    }
}

struct Prefix {
    std::string_view text;
    bool forward;
};
// What programs put before a subject, in the languages that arrive here. The longer of two that begin alike comes first.
constexpr Prefix kPrefixes[] = {{"re", false}, {"ré", false}, {"rép", false}, {"réf", false}, {"aw", false}, {"antw", false},
                                {"sv", false}, {"vs", false}, {"rif", false}, {"res", false}, {"fwd", true}, {"fw", true},
                                {"tr", true},  {"wg", true},  {"rv", true},   {"enc", true},  {"vl", true},  {"doorst", true}};

// The length of "Re :", "Re[2]:", "RE:" at the beginning; 0 when there is none.
std::size_t prefix_length(std::string_view subject, bool& forward) {
    const auto text = lower_case(subject.substr(0, 24));
    for (const auto& prefix : kPrefixes) {
        if (!text.starts_with(prefix.text)) continue;
        std::size_t at = prefix.text.size();
        if (at < text.size() && (text[at] == '[' || text[at] == '(')) {
            const auto close = text.find_first_of("])", at);
            if (close == text.npos) continue;
            at = close + 1;
        }
        for (const std::string_view blank : {" ", "\u00a0", "\u202f"})
            if (text.compare(at, blank.size(), blank) == 0) at += blank.size();
        if (at >= text.size() || text[at] != ':') continue;
        forward = prefix.forward;
        return at + 1;
    }
    return 0;
}

std::string_view skip_blanks(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view blank : {" ", "\u00a0", "\u202f"})
            if (text.starts_with(blank)) text.remove_prefix(blank.size()), again = true;
    }
    return text;
}

// "[#…]" and the tags of mailing lists stay in front of "Re:" with some programs.
std::string_view skip_tags(std::string_view text) {
    while (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == text.npos || close > 60) break;
        text = skip_blanks(text.substr(close + 1));
    }
    return text;
}

void read_subject(const std::string& subject, Signals& signals) {
    find_tags(subject, signals.subject_tags);
    auto rest = skip_blanks(subject);
    bool outermost = true;
    for (;;) {
        const auto inner = skip_tags(rest);
        bool forward = false;
        const auto length = prefix_length(inner, forward);
        if (length == 0) break;
        if (outermost) signals.forwarded = forward;
        outermost = false;
        rest = skip_blanks(inner.substr(length));
    }
    if (const auto inner = skip_tags(rest); !inner.empty()) rest = inner;
    signals.subject = rest;
}

}  // namespace

std::vector<std::string> recipients(const Message& message) {
    std::vector<std::string> out;
    for (const char* name : {"delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to"})
        for (const auto& header : message.headers)
            if (lower_case(header.name) == name)
                if (const auto address = bare_address(header.value); !address.empty()) add_once(out, address);
    for (const auto* list : {&message.to, &message.cc})
        for (const auto& address : *list) add_once(out, lower_case(address.address));
    return out;
}

Signals find_signals(const Message& message) {
    Signals signals;
    for (const auto& address : recipients(message))
        if (auto token = find_address_token(address))
            (token->kind == Token::Kind::reply ? signals.addresses : signals.return_paths).push_back(*std::move(token));
    for (const auto& id : message.in_reply_to)
        if (signals.ids.size() < kMostIds) add_once(signals.ids, id);
    for (auto it = message.references.rbegin(); it != message.references.rend() && signals.ids.size() < kMostIds; ++it)
        add_once(signals.ids, *it);
    for (const auto& id : signals.ids)
        if (auto token = find_message_id_token(id)) signals.tokens.push_back(*std::move(token));
    read_subject(message.subject, signals);
    return signals;
}

}  // namespace mailbox
