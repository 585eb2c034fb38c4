// Mutated templates: whatever they say, parsing ends and what is accepted can be rendered.
#include "support.hpp"

#include <random>

namespace {

const std::vector<std::string> kSeeds{
    R"(<form method="post" action="{{ url("/t/{id}", t.id) }}" hx-vals='{{ json(t) }}'>{{ csrf() }}{% for o in list %}<option value="{{ o.value }}"{% if o.selected %} selected{% end %}>{{ o.label | default:"–" }}</option>{% else %}{{ "None" | tr }}{% end %}</form>)",
    R"({% set a = n + 1 %}{% if a > 2 && !b || c == "x" %}<a class="x{% if b %} y{% end %}" href="{{ query("a", a) }}">{{ n | plural:"%1 a","%1 b" }}</a>{% elif t %}<textarea>{{ t.text | lines }}</textarea>{% end %}{# note #})",
    R"(<!doctype html><title>{{ title }}</title><script src="{{ asset("a.js") }}"></script>{% include "p.html" with x=(a ? b : c), y=icon("a") %}{% slot "s.t" with a=list %}{% for k, v in t %}{{ loop.index }}{{ k }}{{ v | datetime }}{% end %})",
};
const std::vector<std::string> kPieces{"{{",       "}}",       "{%",
                                       "%}",       "{#",       "#}",
                                       "<",        ">",        "\"",
                                       "'",        "=",        " ",
                                       "/",        "if ",      "for ",
                                       "end",      "else",     "elif ",
                                       "in ",      "set ",     "json(",
                                       "url(",     ")",        "(",
                                       "|",        ":",        ",",
                                       ".",        "-",        "--",
                                       "!",        "script",   "style",
                                       "onclick=", "href=",    "javascript:",
                                       "tr",       "default:", "\\",
                                       "loop",     "site",     "9999999999999999999",
                                       "\xc3\xa9", "\xff",     std::string(1, '\0'),
                                       "\n",       "&",        "textarea"};

std::string mutate(std::string text, std::mt19937& random) {
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    for (std::size_t changes = 1 + below(6); changes > 0; --changes) {
        const std::size_t at = below(text.size() + 1);
        const std::size_t length = std::min(below(12), text.size() - at);
        switch (below(4)) {
            case 0:
                text.erase(at, length);
                break;
            case 1:
                text.insert(at, kPieces[below(kPieces.size())]);
                break;
            case 2:
                text.insert(at, text.substr(below(text.size() + 1), below(40)));
                break;
            default:
                text.replace(at, length, kPieces[below(kPieces.size())]);
                break;
        }
    }
    return text;
}

TEST(Fuzz, ParsingEndsAndWhatIsAcceptedRenders) {
    test::Arena arena;
    const auto* data =
        host::base::parse_json(
            arena, R"({"t": {"id": 7, "text": "<b>\n"}, "list": [{"value": 1, "selected": true, "label": ""}, {"value": "<\"'"}],
        "n": 2, "b": "<script>", "c": "x", "title": "</title><script>", "site": {"a": 1}})")
            .value();
    const test::Environment environment;
    std::mt19937 random{20261122};
    std::size_t accepted = 0;
    for (int i = 0; i < 8'000; ++i) {
        const std::string source = mutate(kSeeds[static_cast<std::size_t>(i) % kSeeds.size()], random);
        const auto set = host::ui::TemplateSet::parse("tickets", {{"t.html", source}, {"p.html", "{{ x }}<p title='{{ y }}'>"}}, nullptr);
        if (!set) {
            ASSERT_FALSE(set.problems().empty());
            continue;
        }
        ++accepted;
        std::string out;
        (*set)->render("t.html", *data, environment, out);
        EXPECT_EQ(out.find("<script>"), out.npos) << source;  // only from data
    }
    EXPECT_GT(accepted, 200u);
}

TEST(Fuzz, LongTemplatesAreReadInLinearTime) {
    for (const char* piece : {"{% if a %}", "{{ a", "{# ", "{% \"", "<a ", "<!--", "\n  {% set a = 1 %}\n", "{{ a ? ", "<textarea><",
                              "{% end %}", "{{ (((( }}"}) {
        std::string source;
        while (source.size() < 100'000) source += piece;
        EXPECT_LE(test::refusal(source).size(), 1000u);
    }
}

}  // namespace
