#include "mail/template.hpp"

#include "base/random.hpp"
#include "base/strings.hpp"
#include "ui/markdown.hpp"

#include <functional>

namespace host::mail {
namespace {

// Calls on_text and on_placeholder in turn; a "{{" that is not closed is text for the first and its own placeholder "".
void walk(std::string_view text, const std::function<void(std::string_view)>& on_text,
          const std::function<void(std::string_view name, std::string_view written)>& on_placeholder) {
    while (!text.empty()) {
        const auto open = text.find("{{");
        on_text(text.substr(0, open));
        if (open == std::string_view::npos) return;
        const auto close = text.find("}}", open);
        const auto end = close == std::string_view::npos ? text.size() : close + 2;
        const auto written = text.substr(open, end - open);
        on_placeholder(close == std::string_view::npos ? std::string_view{} : base::trim(written.substr(2, written.size() - 4)), written);
        text.remove_prefix(end);
    }
}

std::string_view value_of(const Values& values, std::string_view name) {
    const auto it = values.find(name);
    return it == values.end() ? std::string_view{} : std::string_view{it->second};
}

std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    return std::string{base::trim(out)};
}

std::string filled(std::string_view text, const Values& values) {
    std::string out;
    walk(text, [&](auto literal) { out += literal; }, [&](auto name, auto) { out += value_of(values, name); });
    return out;
}

void escape(std::string_view text, bool with_breaks, std::string& out) {
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (c == '\n' && with_breaks) out += "<br>\n";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out += c;
    }
}

// Stands for the n-th placeholder while Markdown is formatted: letters and digits, which mean nothing there, and nobody knows them.
class Marks {
public:
    Marks() : secret_{"mark" + base::hex(base::random_bytes(8))} {}
    std::string add(std::string_view name) {
        names_.emplace_back(name);
        return secret_ + std::to_string(names_.size() - 1) + "x";
    }
    bool has(std::string_view text) const { return text.find(secret_) != text.npos; }
    // Marks become values, escaped for where they stand: text, the whole of an attribute, or a part of one.
    std::string replace(std::string_view html, const Values& values) const {
        std::string out;
        bool in_tag = false;
        while (!html.empty()) {
            const auto at = std::min(html.find(secret_), html.size());
            for (const char c : html.substr(0, at)) in_tag = c == '<' || (in_tag && c != '>');
            out += html.substr(0, at);
            html.remove_prefix(at);
            if (html.empty()) break;
            const auto end = html.find('x', secret_.size());
            const auto& name = names_.at(std::stoul(std::string{html.substr(secret_.size(), end - secret_.size())}));
            html.remove_prefix(end + 1);
            if (names_markdown(name) && !in_tag) put_formatted(value_of(values, name), html, out);
            else put(value_of(values, name), in_tag, out);
        }
        return out;
    }

private:
    static void put(std::string_view value, bool in_tag, std::string& out) {
        if (!in_tag) return escape(value, true, out);
        if (out.ends_with("href=\"")) escape(value, false, out);
        else base::percent_encode(value, out);
    }
    // Paragraphs of its own, in the place of the one that it was.
    static void put_formatted(std::string_view value, std::string_view& rest, std::string& out) {
        constexpr std::string_view kBegin = "<p>", kEnd = "</p>";
        const bool alone = out.ends_with(kBegin) && rest.starts_with(kEnd);
        if (alone) out.resize(out.size() - kBegin.size());
        if (alone) rest.remove_prefix(kEnd.size());
        out += ui::markdown_to_html(value);
    }
    std::string secret_;
    std::vector<std::string> names_;
};

// Of addresses that are values. A quote in text is written &quot;, so this is the attribute of links and nothing else.
std::string with_safe_links(std::string html) {
    constexpr std::string_view kAttribute = "href=\"";
    for (auto at = html.find(kAttribute); at != std::string::npos; at = html.find(kAttribute, at)) {
        at += kAttribute.size();
        const auto end = html.find('"', at);
        if (!ui::is_web_address(std::string_view{html}.substr(at, end - at))) html.replace(at, end - at, "#");
    }
    return html;
}

std::string to_html(std::string_view body, const Values& values) {
    Marks marks;
    std::string markdown;
    walk(body, [&](auto literal) { markdown += literal; }, [&](auto name, auto) { markdown += marks.add(name); });
    const auto may_link = [&](std::string_view address) { return marks.has(address) || ui::is_web_address(address); };
    return with_safe_links(marks.replace(ui::markdown_to_html(markdown, may_link), values));
}

// Without the paragraphs that give an address which there is not.
std::string without_dead_links(std::string_view body, const Values& values) {
    constexpr std::string_view kBetween = "\n\n";
    std::string out;
    while (!body.empty()) {
        const auto end = std::min(body.find(kBetween), body.size());
        bool dead = false;
        walk(body.substr(0, end), [](auto) {}, [&](auto name, auto) { dead |= names_address(name) && value_of(values, name).empty(); });
        if (!dead) out.append(out.empty() ? "" : kBetween).append(body.substr(0, end));
        body.remove_prefix(std::min(end + kBetween.size(), body.size()));
    }
    return out;
}

}  // namespace

base::Result<TemplateText> parse_template(std::string_view text) {
    constexpr std::string_view kSubject = "Subject:";
    const auto line = text.substr(0, text.find('\n'));
    if (!line.starts_with(kSubject) || base::trim(line.substr(kSubject.size())).empty())
        return base::Problem{"template.subject", "the first line is \"Subject: \" and the subject", ""};
    const auto rest = text.substr(std::min(line.size() + 1, text.size()));
    const auto second = rest.substr(0, rest.find('\n'));
    const auto body = base::trim(rest);
    if (!base::trim(second).empty() || body.empty()) return base::Problem{"template.body", "the body comes after the subject and an empty line", ""};
    return TemplateText{std::string{base::trim(line.substr(kSubject.size()))}, std::string{body} + "\n"};
}

bool names_address(std::string_view placeholder) { return placeholder == "url" || placeholder.ends_with("_url"); }

bool names_markdown(std::string_view placeholder) { return placeholder.ends_with("_markdown"); }

std::vector<std::string> unknown_placeholders(std::string_view text, const std::map<std::string, std::string>& allowed) {
    std::vector<std::string> unknown;
    walk(text, [](auto) {}, [&](auto name, auto written) {
        if (!allowed.contains(std::string{name})) unknown.emplace_back(written.substr(0, 60));
    });
    return unknown;
}

Rendered render(const TemplateText& source, const Values& values) {
    const auto body = without_dead_links(source.body, values);
    return {one_line(filled(source.subject, values)), filled(body, values), to_html(body, values)};
}

}  // namespace host::mail
