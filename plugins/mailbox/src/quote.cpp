#include "quote.hpp"

#include "text_scan.hpp"

#include <cstddef>
#include <optional>

namespace mailbox {
namespace {

constexpr std::size_t kLongestText = 1u << 20;  // what is longer is no letter, and is shown as it is
constexpr std::size_t kLookedAt = 400;          // bytes of a line
constexpr std::size_t kIntroductionLines = 5;   // "Le … a écrit :" over several lines
constexpr std::size_t kHeaderLines = 6;         // De, Envoyé, À, Cc, Objet (mail.md 3.6)
constexpr std::size_t kSignatureLines = 12;
constexpr std::size_t kClosingLines = 8;  // what follows "Cordialement,"
constexpr std::size_t kLongestSignatureLine = 120;

using Lines = std::vector<std::string_view>;

struct Range {
    std::size_t begin, end;
};

bool is_blank(std::string_view line) {
    const bool visible = !line.empty() && line.front() > ' ' && line.front() < 0x7f;  // nearly always
    return !visible && trim_blanks(line).empty();
}
bool is_quoted(std::string_view line) { return line.starts_with('>') || trim_blanks(line.substr(0, 8)).starts_with('>'); }

// Small letters, one kind of apostrophe and of blank, no bold marks, nothing before a colon.
std::string plain(std::string_view line) {
    const auto text = to_lower(trim_blanks(line.substr(0, kLookedAt)));
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto rest = std::string_view{text}.substr(i);
        if (rest.starts_with("\u00a0")) out += ' ', i += 1;
        else if (rest.starts_with("\u202f")) out += ' ', i += 2;
        else if (rest.starts_with("\u2019")) out += '\'', i += 2;
        else if (rest.front() == '*') continue;
        else {
            while (rest.front() == ':' && out.ends_with(' ')) out.pop_back();
            out += rest.front();
        }
    }
    return std::string{trim_blanks(out)};
}

// "-----Message d'origine-----", "---------- Forwarded message ---------"
bool is_ruled_separator(const std::string& text) {
    const auto begin = text.find_first_not_of("-_=> ");
    if (begin == text.npos || begin < 3) return false;
    const auto end = text.find_last_not_of("-_=< :");
    const auto words = std::string_view{text}.substr(begin, end - begin + 1);
    return starts_with_any(words, {"message d'origine", "message original",  "original message",        "message transféré",
                                   "forwarded message", "courriel original", "mail original",           "message initial",
                                   "message précédent", "message réexpédié", "mail transféré",          "courriel transféré",
                                   "e-mail d'origine",  "original email",    "ursprüngliche nachricht", "weitergeleitete nachricht",
                                   "mensaje original",  "mensaje reenviado", "messaggio originale",     "oorspronkelijk bericht"});
}

bool is_separator(const std::string& text) {
    return is_ruled_separator(text) ||
           starts_with_any(text,
                           {"début du message réexpédié", "début du message transféré", "begin forwarded message", "-------- courriel"}) ||
           contains_any(text, {"répondez au-dessus de cette ligne", "répondre au-dessus de cette ligne", "reply above this line",
                               "please type your reply above"});
}

enum class Label { none, from, sent, to, copy, subject };

Label label_of(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == text.npos || colon > 16) return Label::none;
    const auto word = text.substr(0, colon);
    const auto is = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::find(words, std::string_view{word}) != words.end();
    };
    if (is({"from", "de", "von", "da", "expéditeur"})) return Label::from;
    if (is({"sent", "envoyé", "envoyé le", "date", "gesendet", "enviado", "inviato", "le"})) return Label::sent;
    if (is({"to", "à", "a", "an", "para", "destinataire", "pour"})) return Label::to;
    if (is({"cc", "copie", "copie à", "cci", "bcc"})) return Label::copy;
    if (is({"subject", "objet", "sujet", "betreff", "asunto", "oggetto"})) return Label::subject;
    return Label::none;
}

class Splitter {
public:
    explicit Splitter(std::string_view text) : lines_{split_lines(text)} {}

    Parts run() {
        const auto quote = find_quote();
        Lines visible{lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(quote.begin)};
        Lines after{lines_.begin() + static_cast<std::ptrdiff_t>(quote.end), lines_.end()};
        Lines quoted{lines_.begin() + static_cast<std::ptrdiff_t>(quote.begin), lines_.begin() + static_cast<std::ptrdiff_t>(quote.end)};
        visible.insert(visible.end(), after.begin(), after.end());
        const auto signature_at = find_signature(visible);
        Lines signature{visible.begin() + static_cast<std::ptrdiff_t>(signature_at), visible.end()};
        visible.resize(signature_at);
        return never_empty({join(visible), join(quoted), join(signature)});
    }

private:
    static std::string join(const Lines& lines) {
        std::size_t begin = 0, end = lines.size();
        while (begin < end && is_blank(lines[begin])) ++begin;
        while (end > begin && is_blank(lines[end - 1])) --end;
        std::string out;
        for (auto i = begin; i < end; ++i) {
            if (i > begin) out += '\n';
            out += lines[i];
        }
        return out;
    }
    Parts never_empty(Parts parts) const {
        if (!parts.text.empty()) return parts;
        if (parts.quote.empty()) return {join(lines_), "", ""};
        if (!parts.signature.empty()) return {parts.signature, parts.quote, ""};
        return {join(lines_), "", ""};
    }

    std::size_t next_filled(std::size_t i) const {
        while (i < lines_.size() && is_blank(lines_[i])) ++i;
        return i;
    }
    bool quoted_at(std::size_t i) const { return i < lines_.size() && is_quoted(lines_[i]); }

    Range find_quote() const {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (is_blank(lines_[i]) || is_quoted(lines_[i])) continue;
            const auto end = introduction_end(i);
            if (end > i) return with_end(i, end);
        }
        return {trailing_quote(), lines_.size()};
    }

    // Behind the lines that introduce a quote; i when none begins here.
    std::size_t introduction_end(std::size_t i) const {
        const auto& text = plain_at(i);
        if (is_separator(text)) return i + 1;
        if (text.size() >= 10 && text.find_first_not_of("_-") == text.npos && header_end(next_filled(i + 1)) > 0) return i + 1;
        if (header_end(i) > 0) return header_end(i);
        return attribution_end(i, text);
    }

    // Of every line, which are asked for again and again.
    const std::string& plain_at(std::size_t i) const {
        if (plain_.empty()) plain_.resize(lines_.size());
        if (!plain_[i]) plain_[i] = plain(lines_[i]);
        return *plain_[i];
    }
    Label label_at(std::size_t i) const { return label_of(plain_at(i)); }

    // Behind "De, Envoyé, À, Objet": all four, with what is wrapped between them. 0: no such header.
    std::size_t header_end(std::size_t i) const {
        if (i >= lines_.size() || label_at(i) != Label::from) return 0;
        bool sent = false, to = false, subject = false;
        for (std::size_t k = i + 1, filled = 1; k < lines_.size() && filled < 2 * kHeaderLines; ++k) {
            if (is_blank(lines_[k])) continue;
            ++filled;
            const auto label = label_at(k);
            sent = sent || label == Label::sent;
            to = to || label == Label::to;
            subject = subject || label == Label::subject;
            if (sent && to && subject) return k + 1;
            if (label == Label::none && filled > kHeaderLines) return 0;
        }
        return 0;
    }

    // "Le … a écrit :", "On … wrote:"; without a date only when quoted lines follow.
    std::size_t attribution_end(std::size_t i, const std::string& first) const {
        const bool dated = starts_with_any(
            first, {"le ", "on ", "am ", "el ", "il ", "op ", "en date de", "dans un e-mail daté du", "dans un courriel daté du"});
        if (dated && first.find_first_of("0123456789") == first.npos) return i;
        std::string joined;
        for (auto k = i; k < std::min(i + (dated ? kIntroductionLines : 2), lines_.size()); ++k) {
            if (is_blank(lines_[k]) || (k > i && is_quoted(lines_[k]))) break;
            joined += (joined.empty() ? "" : " ") + plain_at(k);
            if (!joined.ends_with(':')) continue;
            const bool wrote = ends_with_verb(joined);
            if (dated && wrote) return k + 1;
            const bool names_somebody = wrote || starts_with_any(joined, {"selon ", "quoting "}) || joined.ends_with(">:");
            return names_somebody && quoted_at(next_filled(k + 1)) ? k + 1 : i;
        }
        return i;
    }
    static bool ends_with_verb(std::string_view text) {
        for (const std::string_view verb : {"écrit:", "ecrit:", "wrote:", "écrivait:", "écrivit:", "a dit:", "escribió:", "ha scritto:",
                                            "schreef:", "schrieb:", "writes:"})
            if (text.ends_with(verb)) return true;
        return text.find(" schrieb ") != text.npos;
    }

    // What the introduction introduces: lines with ">", or all the rest when there are none.
    Range with_end(std::size_t begin, std::size_t introduced) const {
        auto at = next_filled(introduced);
        if (!quoted_at(at)) return {begin, lines_.size()};
        const auto end = quoted_end(at);
        if (next_filled(end) == lines_.size()) return {begin, lines_.size()};
        if (!any_quoted(end)) return {begin, end};
        // Answers in between: what is quoted belongs to them.
        return {trailing_quote(), lines_.size()};
    }
    std::size_t quoted_end(std::size_t i) const {
        auto end = i;
        for (; i < lines_.size() && (is_quoted(lines_[i]) || is_blank(lines_[i])); ++i)
            if (is_quoted(lines_[i])) end = i + 1;
        return end;
    }
    // Quoted lines before the last thing that is written.
    bool any_quoted(std::size_t i) const {
        const auto end = trailing_quote();
        for (; i < end; ++i)
            if (is_quoted(lines_[i])) return true;
        return false;
    }
    std::size_t trailing_quote() const {
        auto begin = lines_.size();
        for (auto i = lines_.size(); i > 0 && (is_quoted(lines_[i - 1]) || is_blank(lines_[i - 1])); --i)
            if (is_quoted(lines_[i - 1])) begin = i - 1;
        return begin;
    }

    static bool is_device_line(const std::string& text) {
        return starts_with_any(text, {"envoyé de mon", "envoyé depuis", "envoyé à partir d", "envoyé avec", "envoyé par mon", "envoyé via",
                                      "télécharger outlook", "obtenir outlook", "provenance: courrier", "sent from", "sent with",
                                      "sent via", "get outlook for", "téléchargez l'application", "von meinem"});
    }
    static bool is_closing(const std::string& text) {
        return text.size() <= 50 && starts_with_any(text, {"cordialement",
                                                           "bien cordialement",
                                                           "très cordialement",
                                                           "bien à vous",
                                                           "bien à toi",
                                                           "cdlt",
                                                           "cdt",
                                                           "salutations",
                                                           "sincères salutations",
                                                           "meilleures salutations",
                                                           "respectueusement",
                                                           "amicalement",
                                                           "best regards",
                                                           "kind regards",
                                                           "warm regards",
                                                           "regards",
                                                           "sincerely",
                                                           "yours sincerely",
                                                           "yours faithfully",
                                                           "best,",
                                                           "kind wishes",
                                                           "cordiales salutations"});
    }

    // The first line of the signature; the number of lines when there is none.
    static std::size_t find_signature(const Lines& lines) {
        auto end = lines.size();
        while (end > 0 && is_blank(lines[end - 1])) --end;
        const auto dashes = dashes_before(lines, end);
        if (dashes < end) return dashes;
        const auto device = device_before(lines, end);
        return closing_before(lines, device);
    }
    static std::size_t dashes_before(const Lines& lines, std::size_t end) {
        for (auto i = end; i > 0 && end - i <= kSignatureLines; --i) {
            auto line = lines[i - 1];
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (line == "-- " || line == "--" || line == "--\u00a0") return i - 1;
        }
        return end;
    }
    static std::size_t device_before(const Lines& lines, std::size_t end) {
        for (auto i = end, filled = std::size_t{0}; i > 0 && filled < 3; --i) {
            if (is_blank(lines[i - 1])) continue;
            ++filled;
            if (is_device_line(plain(lines[i - 1]))) return i - 1;
        }
        return end;
    }
    // "Cordialement," with a short block after it.
    static std::size_t closing_before(const Lines& lines, std::size_t end) {
        std::size_t filled = 0;
        for (auto i = end; i > 0 && filled <= kClosingLines; --i) {
            if (is_blank(lines[i - 1])) continue;
            if (is_closing(plain(lines[i - 1]))) return filled > 0 ? i - 1 : end;
            if (lines[i - 1].size() > kLongestSignatureLine) return end;
            ++filled;
        }
        return end;
    }

    Lines lines_;
    mutable std::vector<std::optional<std::string>> plain_;
};

bool has_words(std::string_view text) { return text.find_first_not_of(" \n\t>") != text.npos; }

Parts split_html(const Message& message) {
    const auto [begin, end] = *message.html_quote;
    const std::string_view all = message.html_text;
    const auto before = all.substr(0, begin), quote = all.substr(begin, end - begin), after = all.substr(end);
    if (!has_words(before) && !has_words(after)) return split_text(all);
    auto parts = split_text(std::string{before} + (has_words(before) && has_words(after) ? "\n" : "") + std::string{after});
    parts.quote += (parts.quote.empty() ? "" : "\n") + std::string{trim_blanks(quote)};
    return parts;
}

}  // namespace

Parts split_text(std::string_view text) {
    if (text.size() > kLongestText) return {std::string{text}, "", ""};
    return Splitter{text}.run();
}

Parts split(const Message& message) {
    if (message.text.empty()) return message.html_quote ? split_html(message) : split_text(message.html_text);
    auto parts = split_text(message.text);
    if (parts.quote.empty() && message.html_quote) {
        auto html = split_html(message);
        if (!html.quote.empty()) return html;
    }
    return parts;
}

}  // namespace mailbox
