#include "support.hpp"

#include <stdexcept>

namespace {

using test::Environment;
using test::parse_all;
using test::Sources;
using test::TemplateSet;

std::string show(const TemplateSet& set, const std::string& json, const Environment& environment = {}) {
    test::Arena arena;
    return test::render(set, "t.html", *host::base::parse_json(arena, json).value(), environment);
}

std::string refusal(const Sources& sources) {
    const auto set = TemplateSet::parse("tickets", sources, nullptr);
    return set ? "" : host::base::to_text(set.problems());
}

TEST(Include, WithSeesOnlyWhatItIsGivenAndTheSite) {
    const auto set =
        parse_all({{"t.html", R"({% include "p.html" with a=x, b=x + 1 %})"}, {"p.html", "[{{ a }}{{ b }}{{ x }}{{ site.name }}]"}});
    EXPECT_EQ(show(*set, R"({"x": 1, "site": {"name": "S"}})"), "[12S]");
}

TEST(Include, WithoutWithSeesTheSameData) {
    const auto set = parse_all({{"t.html", R"({% set y = 2 %}{% for z in list %}{% include "p.html" %}{% end %})"},
                                {"p.html", "[{{ x }}{{ y }}{{ z }}{{ site.name }}]"}});
    EXPECT_EQ(show(*set, R"({"x": 1, "list": [1], "site": {"name": "S"}})"), "[1S]");
}

TEST(Include, InsideOfLoopsAndOfIncludes) {
    const auto set = parse_all({{"t.html", R"({% for v in list %}{% include "a.html" with v=v, last=loop.last %}{% end %}{{ v }})"},
                                {"a.html", R"({% set w = v + 10 %}<p>{% include "b.html" with x=w %}{% include "c.html" %}{{ w }}</p>)"},
                                {"b.html", R"({% for i in site.list %}{{ i }}{{ x }},{% end %})"},
                                {"c.html", R"({{ last ? "." : ";" }}{{ w }})"}});
    EXPECT_EQ(show(*set, R"({"list": [1, 2], "v": "v", "site": {"list": [7, 8]}})"), "<p>711,811,;11</p><p>712,812,.12</p>v");
}

TEST(Include, OfTheHostKeepsItsDomain) {
    const auto host = parse_all({{"partials/p.html", R"({{ "Save" | tr }} {{ asset("a.css") }} {% include "partials/q.html" %})"},
                                 {"partials/q.html", "q"},
                                 {"r.html", R"({% include "core:partials/q.html" %})"}},
                                "core");
    const auto set = parse_all({{"t.html", R"({% include "core:partials/p.html" with a=1 %} {{ "Save" | tr }})"}}, "tickets", host);
    Environment environment;
    environment.texts = {{"core/Save", "Sauver"}, {"tickets/Save", "Enregistrer"}};
    EXPECT_EQ(show(*set, "{}", environment), "Sauver /assets/1a/core/a.css q Enregistrer");
}

TEST(Include, TheSetKeepsTheTemplatesOfTheHost) {
    auto host = parse_all({{"p.html", "shared"}}, "core");
    const auto set = parse_all({{"t.html", R"({% include "core:p.html" %})"}}, "tickets", host);
    host.reset();
    EXPECT_EQ(show(*set, "{}"), "shared");
}

TEST(Include, UnknownTemplates) {
    EXPECT_EQ(refusal({{"t.html", "a\n {% include \"p.html\" %}"}}), "t.html:2:2: there is no template p.html [template.refused]\n");
    EXPECT_NE(refusal({{"t.html", "{% include \"core:p.html\" %}"}}), "");
    EXPECT_NE(refusal({{"t.html", "{% include name %}"}}), "");
}

TEST(Include, Cycles) {
    EXPECT_NE(refusal({{"t.html", R"({% include "t.html" %})"}}).find("t.html:1:1: this include of t.html comes back to itself"),
              std::string::npos);
    const std::string three = refusal(
        {{"a.html", R"({% include "b.html" %})"}, {"b.html", R"(x{% include "c.html" %})"}, {"c.html", R"({% include "a.html" %})"}});
    EXPECT_NE(three.find("c.html:1:1: this include of a.html comes back to itself"), std::string::npos) << three;
    EXPECT_EQ(refusal({{"a.html", R"({% include "b.html" %}{% include "b.html" %}{% include "c.html" %})"},
                       {"b.html", R"({% include "c.html" %})"},
                       {"c.html", ""}}),
              "");
}

Sources chain(int length) {
    Sources sources{{"n" + std::to_string(length) + ".html", "end"}};
    for (int i = 0; i < length; ++i)
        sources["n" + std::to_string(i) + ".html"] = "{% include \"n" + std::to_string(i + 1) + ".html\" with a=1 %}";
    sources["t.html"] = "{% include \"n0.html\" %}";
    return sources;
}

TEST(Include, AtMost64Deep) {
    EXPECT_EQ(show(*parse_all(chain(62)), "{}"), "end");
    EXPECT_THROW(show(*parse_all(chain(63)), "{}"), std::runtime_error);
}

TEST(Slot, GetsTheDataOfWith) {
    Environment environment;
    environment.slot_html = "<i>widget</i>";
    const auto set = parse_all(
        {{"t.html",
          R"(<div>{% for a in list %}{% slot "directory.account.main" with account=a, n=a.id + 1, s="x", t=none, b=true %}{% end %}{% slot "empty" %}</div>)"}});
    EXPECT_EQ(show(*set, R"({"list": [{"id": 1}, {"id": 2}]})", environment), "<div><i>widget</i><i>widget</i><i>widget</i></div>");
    EXPECT_EQ(environment.slots,
              (std::vector<std::string>{R"(directory.account.main {"account":{"id":1},"n":2,"s":"x","t":null,"b":true})",
                                        R"(directory.account.main {"account":{"id":2},"n":3,"s":"x","t":null,"b":true})", "empty {}"}));
}

TEST(Slot, KeepsTimesAndHtml) {
    Environment environment;
    test::Arena arena;
    auto* data = test::Value::object(arena);
    data->set("t", test::Value::time(arena, 0));
    data->set("h", test::Value::html(arena, "<b>"));
    test::render(*parse_all({{"t.html", R"({% slot "s" with t=t, h=h %})"}}), "t.html", *data, environment);
    EXPECT_EQ(environment.slots, std::vector<std::string>{R"(s {"t":"1970-01-01T00:00:00Z","h":"<b>"})"});
}

}  // namespace
