// What templates can say.
#include "support.hpp"

namespace {

using test::Environment;
using test::expect_refusals;
using test::parse_all;
using test::refusal;
using test::render;
using test::show;

TEST(Expression, Variables) {
    EXPECT_EQ(show("{{ a }}", R"({"a": "x"})"), "x");
    EXPECT_EQ(show("{{a}}", R"({"a": "x"})"), "x");
    EXPECT_EQ(show("{{ a.b.c }}", R"({"a": {"b": {"c": 12}}})"), "12");
    EXPECT_EQ(show("[{{ none }}{{ none.b }}{{ a.b }}]", R"({"a": "text"})"), "[]");
    EXPECT_EQ(show("{{ a }} {{ b }} {{ c }} {{ d }}", R"({"a": true, "b": -3, "c": 1.5, "d": null})"), "true -3 1.5 ");
    EXPECT_EQ(show("[{{ a }}{{ b }}]", R"({"a": [1], "b": {"c": 1}})"), "[]");
}

TEST(Expression, Literals) {
    EXPECT_EQ(show(R"({{ "a \"q\" \\ }} %} é" }})"), R"(a &quot;q&quot; \ }} %} é)");
    EXPECT_EQ(show("{{ 12 }}{{ -12 }}{{ true }}{{ null }}"), "12-12true");
}

TEST(Expression, Operators) {
    const auto value = [](const std::string& expression) {
        return show("{{ " + expression + " }}", R"({"n": 5, "r": 5.0, "s": "b", "t": "", "list": [1], "empty": [], "o": {}})");
    };
    EXPECT_EQ(value("n == 5"), "true");
    EXPECT_EQ(value("n == r"), "true");
    EXPECT_EQ(value("n != 6"), "true");
    EXPECT_EQ(value("n < 6 && n <= 5 && n > 4 && n >= 5"), "true");
    EXPECT_EQ(value("n < 5"), "false");
    EXPECT_EQ(value("s > \"a\""), "true");
    EXPECT_EQ(value("s == 5"), "false");
    EXPECT_EQ(value("s < 5"), "false");
    EXPECT_EQ(value("none < 5"), "false");
    EXPECT_EQ(value("none == null"), "true");
    EXPECT_EQ(value("n == null"), "false");
    EXPECT_EQ(value("true == true"), "true");
    EXPECT_EQ(value("list == list"), "false");
    EXPECT_EQ(value("n + 2 - 1"), "6");
    EXPECT_EQ(value("n - -1"), "6");
    EXPECT_EQ(value("n - 1 == 4"), "true");
    EXPECT_EQ(value("s + 1"), "");
    EXPECT_EQ(value("9223372036854775807 + 1"), "");
    EXPECT_EQ(value("!n"), "false");
    EXPECT_EQ(value("!t"), "true");
    EXPECT_EQ(value("!!list"), "true");
    EXPECT_EQ(value("!empty"), "true");
    EXPECT_EQ(value("!o"), "true");
    EXPECT_EQ(value("t || s"), "b");
    EXPECT_EQ(value("n && s"), "b");
    EXPECT_EQ(value("t && s"), "");
    EXPECT_EQ(value("t || none || n && s"), "b");
    EXPECT_EQ(value("(t || n) == 5"), "true");
    EXPECT_EQ(value("n > 4 ? \"big\" : \"small\""), "big");
    EXPECT_EQ(value("n > 5 ? \"a\" : n > 4 ? \"b\" : \"c\""), "b");
    EXPECT_EQ(value("(n ? s : t) == \"b\""), "true");
}

TEST(Expression, FiltersBindTightly) {
    Environment environment;
    environment.texts = {{"tickets/A", "Un"}, {"tickets/B", "Deux"}};
    EXPECT_EQ(show(R"({{ x ? "A" | tr : "B" | tr }})", R"({"x": 1})", environment), "Un");
    EXPECT_EQ(show(R"({{ x ? "A" | tr : "B" | tr }})", "{}", environment), "Deux");
    EXPECT_EQ(show(R"({{ (x ? "A" : "B") | tr }})", "{}", environment), "Deux");
    EXPECT_EQ(show(R"({{ x | default:"A" | tr }})", "{}", environment), "Un");
    EXPECT_EQ(show(R"({{ x ? y | date : "B" | tr }})", "{}", environment), "Deux");
    EXPECT_EQ(show(R"({{ !x | default:1 }})", R"({"x": 1})"), "1");
}

TEST(Expression, Mistakes) {
    expect_refusals({
        {"{{ }}", "1:4 expected a value"},
        {"{{ a b }}", "1:6 expected the end of the tag, or an operator, not b"},
        {"{{ a = b }}", "1:6 expected the end of the tag, or an operator, not ="},
        {"{{ (a }}", "1:7 expected )"},
        {"{{ a ? b }}", "1:10 expected :"},
        {"{{ 'a' }}", "1:4 write texts between double quotes"},
        {"{{ a @ b }}", "1:6 this character has no meaning here"},
        {"{{ \"a }}", "1:4 this text has no end: close it with \""},
        {"{{ \"a\\t\" }}", "1:6 only \\\", \\\\ and \\n may follow a backslash"},
        {"{{ a", "1:1 this tag has no end: close it with }}"},
        {"{% set a = 1", "1:1 this tag has no end: close it with %}"},
        {"{# a", "1:1 this comment has no end: close it with #}"},
        {"{{ a %}", "1:6 this character has no meaning here"},
        {"{{ 99999999999999999999 }}", "1:4 this number is too large, not 99999999999999999999"},
        {"{{ a. }}", "1:7 expected the name of a member"},
    });
    EXPECT_EQ(refusal("{{ a | nope }}"),
              "1:8 there is no filter nope: use tr, plural, date, datetime, full, relative, iso_local, number, bytes, lines, markdown or "
              "default");
    expect_refusals({
        {"{{ a | default }}", "1:16 default takes a value: x | default:\"–\""},
        {"{{ a | default : 1 }}", "1:16 default takes a value: x | default:\"–\", not :"},
        {"{{ a | date:1 }}", "1:12 the : of a filter's arguments follows its name directly, and only tr, plural and default take any"},
        {"{{ raw(a) }}", "1:4 there is no function raw: use url, query, json, icon, csrf, idempotency, asset or can"},
    });
    EXPECT_EQ(refusal("{{ " + std::string(100, '(') + "a" + std::string(100, ')') + " }}").substr(5),
              "this expression is nested too deeply, not (");
    EXPECT_NE(refusal("{{ " + std::string(100'000, '!') + "a }}"), "");
    EXPECT_EQ(refusal("\xff"), "1:1 the template is not UTF-8 text");
    EXPECT_EQ(refusal(std::string("a\0b", 3)), "1:1 the template is not UTF-8 text");
}

TEST(Statement, If) {
    const std::string source = "{% if a == 1 %}one{% elif a == 2 %}two{% elif a %}many{% else %}none{% end %}.";
    EXPECT_EQ(show(source, R"({"a": 1})"), "one.");
    EXPECT_EQ(show(source, R"({"a": 2})"), "two.");
    EXPECT_EQ(show(source, R"({"a": 3})"), "many.");
    EXPECT_EQ(show(source), "none.");
    EXPECT_EQ(show("{% if a %}x{% end %}.", "{}"), ".");
    EXPECT_EQ(show("{% if a %}{% if b %}x{% else %}y{% end %}{% end %}.", R"({"a": 1})"), "y.");
}

TEST(Statement, For) {
    const std::string list = R"({"list": ["a", "b", "c"], "empty": [], "o": {"k": "v", "l": "w"}, "s": "text"})";
    EXPECT_EQ(show("{% for x in list %}{{ x }}{{ loop.last ? \"\" : \", \" }}{% end %}", list), "a, b, c");
    EXPECT_EQ(show("{% for x in list %}{{ loop.index }}{{ loop.first }} {% end %}", list), "1true 2false 3false ");
    EXPECT_EQ(show("{% for x in empty %}x{% else %}nothing{% end %}", list), "nothing");
    EXPECT_EQ(show("{% for x in list %}{{ x }}{% else %}nothing{% end %}", list), "abc");
    EXPECT_EQ(show("[{% for x in none %}x{% end %}{% for x in s %}x{% end %}]", list), "[]");
    EXPECT_EQ(show("{% for k, v in o %}{{ k }}={{ v }};{% end %}", list), "k=v;l=w;");
    EXPECT_EQ(show("{% for i, v in list %}{{ i }}{{ v }};{% end %}", list), "0a;1b;2c;");
    EXPECT_EQ(show("{% for x in list %}{% for y in list %}{{ x }}{{ y }}{{ loop.index }} {% end %}{{ loop.index }}|{% end %}",
                   R"({"list": ["a", "b"]})"),
              "aa1 ab2 1|ba1 bb2 2|");
    EXPECT_EQ(show("{% for x in list %}{{ x }}{% end %}{{ x }}", R"({"list": [1, 2], "x": "outer"})"), "12outer");
    EXPECT_EQ(show("{{ loop }}", R"({"loop": "data"})"), "data");
}

TEST(Statement, Set) {
    EXPECT_EQ(show("{% set a = 1 %}{{ a }}"), "1");
    EXPECT_EQ(show("{{ a }}{% set a = a + 1 %}{{ a }}", R"({"a": 1})"), "12");
    EXPECT_EQ(show("{% if no %}{% set a = 2 %}{% end %}{{ a }}", R"({"a": 1})"), "1");
    EXPECT_EQ(show("{% if yes %}{% set a = 2 %}{% end %}{{ a }}", R"({"a": 1, "yes": 1})"), "2");
    EXPECT_EQ(show("{% set n = 0 %}{% for x in list %}{% set n = n + x %}{% end %}{{ n }}", R"({"list": [1, 2, 3]})"), "6");
    EXPECT_EQ(show("{% for x in list %}{% set x = x + 1 %}{{ x }}{% end %}{{ x }}", R"({"list": [1, 2]})"), "23");
}

TEST(Statement, Mistakes) {
    expect_refusals({
        {"{% if a %}x", "1:1 this statement has no {% end %}"},
        {"{% end %}", "1:1 there is no {% if %} or {% for %} that this belongs to"},
        {"{% if a %}{% else %}{% else %}{% end %}", "1:21 nothing but {% end %} can follow {% else %}"},
        {"{% for a in b %}{% elif c %}{% end %}", "1:17 a {% for %} has {% else %}, but no {% elif %}"},
        {"{% while a %}", "1:4 there is no statement while: use if, for, set, include or slot"},
        {"{% %}", "1:4 expected if, for, set, include or slot"},
        {"{% for loop in b %}{% end %}", "1:8 choose another name: loop has a meaning of its own"},
        {"{% set site = b %}", "1:8 choose another name: site has a meaning of its own"},
        {"{% for a of b %}{% end %}", "1:13 expected in, not b"},
        {"{% for a in b %}{{ loop.length }}{% end %}", "1:25 expected index, first or last, not length"},
        {"{% if %}x{% end %}", "1:7 expected a value"},
    });
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "{% if a %}";
    EXPECT_NE(refusal(deep).find("statements are nested too deeply"), std::string::npos);
}

TEST(Whitespace, LinesWithNothingButAStatementAreLeftOut) {
    EXPECT_EQ(show("a\n  {% if x %}\n  b\n  {% end %}  \nc\n", R"({"x": 1})"), "a\n  b\nc\n");
    EXPECT_EQ(show("{# note\n on two lines #}\na {# b #} c"), "a  c");
    EXPECT_EQ(show("a\r\n{% set x = 1 %}\r\nb"), "a\r\nb");
    EXPECT_EQ(show("a {% if x %} b {% end %}\n", R"({"x": 1})"), "a  b \n");
    EXPECT_EQ(show("{% set x = 1 %} {{ x }}\n"), " 1\n");
    EXPECT_EQ(show("  {% set x = 1 %}"), "");
}

TEST(Filter, TranslationUsesTheDomainOfTheTemplate) {
    Environment environment;
    environment.texts = {
        {"tickets/Save", "Enregistrer"}, {"core/Save", "Sauver"}, {"tickets/Hello %1, you have %2.", "Bonjour %1, %2 pour vous (%1)."}};
    EXPECT_EQ(show(R"({{ "Save" | tr }})", "{}", environment), "Enregistrer");
    EXPECT_EQ(show(R"({{ msgid | tr }})", R"({"msgid": "Save"})", environment), "Enregistrer");
    EXPECT_EQ(show(R"({{ none | tr }})", "{}", environment), "");
    EXPECT_EQ(show(R"({{ "Hello %1, you have %2." | tr:name,n }})", R"({"name": "<b>", "n": 3})", environment),
              "Bonjour &lt;b&gt;, 3 pour vous (&lt;b&gt;).");
}

TEST(Filter, ValuesOfATranslationAreNotReadAgain) {
    EXPECT_EQ(show(R"({{ "%1 and %2" | tr:a,b }})", R"({"a": "%2", "b": "%1"})"), "%2 and %1");
    EXPECT_EQ(show(R"({{ "100 % of %1 %" | tr:a }})", R"({"a": 1})"), "100 % of 1 %");
}

TEST(Filter, TranslationPlaceholdersMustHaveValues) {
    expect_refusals({
        {R"({{ "%1 of %2" | tr:a }})", "1:22 there is no value for %2: give it after the filter, tr:first,second"},
        {R"({{ "Hello %1" | tr }})", "1:20 there is no value for %1: give it after the filter, tr:first,second"},
    });
    EXPECT_EQ(refusal(R"({{ "100 %" | tr }})"), "");
}

TEST(Filter, Plural) {
    Environment environment;
    environment.texts = {{"tickets/one ticket", "un ticket"},
                         {"tickets/many tickets", "des tickets"},
                         {"tickets/%1 of %2", "%1 sur %2"},
                         {"tickets/%1 all of %2", "%1 en tout sur %2"}};
    const std::string words = R"({{ n | plural:"one ticket","many tickets" }})";
    EXPECT_EQ(show(words, R"({"n": 0})", environment), "un ticket");
    EXPECT_EQ(show(words, R"({"n": 2})", environment), "des tickets");
    const std::string numbers = R"({{ n | plural:"%1 of %2","%1 all of %2",total }})";
    EXPECT_EQ(show(numbers, R"({"n": 1, "total": 7})", environment), "1 sur 7");
    EXPECT_EQ(show(numbers, R"({"n": 12345, "total": "<"})", environment), "12\u202f345 en tout sur &lt;");
    environment.language_ = "en";
    environment.texts.clear();
    EXPECT_EQ(show(words, R"({"n": 0})", environment), "many tickets");
    EXPECT_EQ(show(numbers, R"({"n": 12345, "total": 7})", environment), "12,345 all of 7");
    EXPECT_EQ(show(words, R"({"n": "x"})", environment), "");
    expect_refusals({
        {R"({{ n | plural:"one" }})", "1:21 plural takes two literal texts: n | plural:\"%1 ticket\",\"%1 tickets\""},
        {R"({{ n | plural:a,b }})", "1:15 plural takes two literal texts: n | plural:\"%1 ticket\",\"%1 tickets\", not a"},
        {R"({{ n | plural:"%1","%2" }})", "1:25 there is no value for %2: give it after the filter, tr:first,second"},
    });
}

std::string show_time(const std::string& filter, const std::string& language) {
    Environment environment;
    environment.language_ = language;
    test::Arena arena;
    auto* data = test::Value::object(arena);
    data->set("t", test::Value::time(arena, Environment::kNow - 3 * 60'000'000));
    return render(*parse_all({{"t.html", "{{ t | " + filter + " }}"}}), "t.html", *data, environment);
}

TEST(Filter, Times) {
    EXPECT_EQ(show_time("date", "fr"), "22/11/2026");
    EXPECT_EQ(show_time("datetime", "fr"), "22/11/2026 18:59");
    EXPECT_EQ(show_time("full", "fr"), "dimanche 22 novembre 2026 à 18:59");
    EXPECT_EQ(show_time("relative", "fr"), "il y a 3\u00a0min");
    EXPECT_EQ(show_time("iso_local", "fr"), "2026-11-22T18:59");
    EXPECT_EQ(show_time("date", "en"), "22 Nov 2026");
    EXPECT_EQ(show_time("datetime", "en"), "22 Nov 2026, 18:59");
    EXPECT_EQ(show_time("full", "en"), "Sunday 22 November 2026 at 18:59");
    EXPECT_EQ(show_time("relative", "en"), "3 min. ago");
    EXPECT_EQ(show_time("iso_local", "en"), "2026-11-22T18:59");
    EXPECT_EQ(show_time("default:1", "fr"), "2026-11-22T17:59:40Z");
    EXPECT_EQ(show("{{ none | date }}{{ text | date }}", R"({"text": "<"})"), "&lt;");
}

TEST(Filter, Numbers) {
    Environment english;
    english.language_ = "en";
    const std::string data = R"({"n": 12345, "size": 1400000, "s": "x"})";
    EXPECT_EQ(show("{{ n | number }}|{{ size | bytes }}|{{ s | number }}", data), "12\u202f345|1,4\u202fMo|x");
    EXPECT_EQ(show("{{ n | number }}|{{ size | bytes }}|{{ s | bytes }}", data, english), "12,345|1.4 MB|x");
}

TEST(Filter, Default) {
    EXPECT_EQ(show(R"([{{ a | default:"–" }}{{ b | default:"–" }}{{ c | default:0 }}])", R"({"a": "", "b": "x"})"), "[–x0]");
    EXPECT_EQ(show(R"({{ a | default:(b | default:"c") }})"), "c");
}

TEST(Filter, Lines) {
    EXPECT_EQ(show("{{ t | lines }}", R"({"t": "a<\r\nb\n\nc\rd"})"), "a&lt;<br>b<br><br>c<br>d");
    EXPECT_EQ(show("{{ t | lines }}", "{}"), "");
}

TEST(Function, Url) {
    EXPECT_EQ(show(R"({{ url("/tickets") }})"), "/tickets");
    EXPECT_EQ(show(R"({{ url("/tickets/{id}/m/{m}", id, "a b/ç?&#") }})", R"({"id": 12})"), "/tickets/12/m/a%20b%2F%C3%A7%3F%26%23");
    EXPECT_EQ(show(R"({{ url("/a/{x}/b/{y}/c/{z}", "..", ".", "...") }})"), "/a//b//c/...");
    expect_refusals({
        {R"({{ url("tickets") }})", "1:4 the path of url() begins with one /"},
        {R"({{ url("//evil.test/{a}", a) }})", "1:4 the path of url() begins with one /"},
        {R"({{ url("/{a}") }})", "1:4 the path has 1 {values}, but 0 are given"},
        {R"({{ url("/", a) }})", "1:4 the path has 0 {values}, but 1 are given"},
        {R"({{ url("/}{", a) }})", "1:4 a { of the path is not closed by }"},
        {R"({{ url(path) }})", "1:8 expected a path like \"/tickets/{id}\" between quotes, not path"},
    });
}

TEST(Function, Query) {
    Environment environment;
    environment.query_string_ = "status=open&sort=-updated&after=12&status=late&q=a%26b";
    const auto link = [&](const std::string& arguments) { return show("{{ query(" + arguments + ") }}", R"({"n": 3})", environment); };
    EXPECT_EQ(link(R"("sort", "title")"), "/tickets?status=open&amp;sort=title&amp;after=12&amp;status=late&amp;q=a%26b");
    EXPECT_EQ(link(R"("status", "done")"), "/tickets?status=done&amp;sort=-updated&amp;after=12&amp;q=a%26b");
    EXPECT_EQ(link(R"("after", "", "status", null)"), "/tickets?sort=-updated&amp;q=a%26b");
    EXPECT_EQ(link(R"("page", n)"), "/tickets?status=open&amp;sort=-updated&amp;after=12&amp;status=late&amp;q=a%26b&amp;page=3");
    environment.query_string_ = "";
    environment.path_ = "/a b/ç";
    EXPECT_EQ(link(R"("q", "x&y=1")"), "/a%20b/%C3%A7?q=x%26y%3D1");
    EXPECT_EQ(link(R"("q", "")"), "/a%20b/%C3%A7");
    EXPECT_EQ(refusal(R"({{ query("a") }})"), "1:4 query takes names and values: query(\"status\", \"open\")");
}

TEST(Function, Icon) {
    const std::string ticket = R"(<svg class="icon" aria-hidden="true"><use href="/assets/1a/core/icons.svg#tabler-ticket"></use></svg>)";
    EXPECT_EQ(show(R"({{ icon("ticket") }})"), ticket);
    EXPECT_EQ(show(R"({{ icon(icon) }}{{ icon(other) }})", R"({"icon": "ticket", "other": "x\"><script>"})"), ticket);
    expect_refusals({
        {R"({{ icon("Ticket") }})", "1:9 the name of an icon consists of a-z, 0-9 and -"},
        {R"({{ icon() }})", "1:9 icon takes a name: icon(\"ticket\")"},
    });
}

TEST(Function, HiddenFields) {
    EXPECT_EQ(
        show("<form>{{ csrf() }}{{ idempotency() }}</form>"),
        R"(<form><input type="hidden" name="_csrf" value="tok&quot;en"><input type="hidden" name="_idempotency" value="key"></form>)");
    EXPECT_EQ(refusal("{{ csrf(1) }}"), "1:4 csrf takes nothing between its parentheses");
}

TEST(Function, Asset) {
    EXPECT_EQ(show(R"({{ asset("app.css") }} {{ asset("core:guichet.css") }})"), "/assets/1a/tickets/app.css /assets/1a/core/guichet.css");
    EXPECT_EQ(refusal("{{ asset(name) }}"), "1:10 expected an asset like \"app.css\" or \"core:guichet.css\" between quotes, not name");
}

TEST(Function, Can) {
    EXPECT_EQ(show(R"({% if can("tickets.read") %}yes{% end %}{% if can("tickets.update") %}no{% end %}{% if can(none) %}no{% end %})"),
              "yes");
    EXPECT_EQ(refusal("{{ can() }}"), "1:4 can takes a permission: can(\"tickets.ticket.update\")");
}

TEST(Function, Json) {
    const std::string data = R"({"o": {"a": "<'\">", "n": [1, null]}, "s": "it's"})";
    EXPECT_EQ(show("<a hx-vals='{{ json(o) }}'>", data),
              "<a hx-vals='{&quot;a&quot;:&quot;&lt;&#39;\\&quot;&gt;&quot;,&quot;n&quot;:[1,null]}'>");
    EXPECT_EQ(show(R"(<a data-x="{{ json(s) }}">)", data), R"(<a data-x="&quot;it&#39;s&quot;">)");
    EXPECT_EQ(show(R"(<a data-x="{{ json(none) }}">)", data), R"(<a data-x="null">)");
}

TEST(TemplateSet, UnknownNames) {
    const auto set = parse_all({{"t.html", "x"}});
    EXPECT_TRUE(set->has("t.html"));
    EXPECT_FALSE(set->has("u.html"));
    test::Arena arena;
    EXPECT_THROW(render(*set, "u.html", *test::Value::object(arena)), std::out_of_range);
}

TEST(TemplateSet, RenderAppends) {
    test::Arena arena;
    std::string out = "before ";
    parse_all({{"t.html", "x"}})->render("t.html", *test::Value::object(arena), Environment{}, out);
    EXPECT_EQ(out, "before x");
}

TEST(TemplateSet, EveryProblemOfEveryTemplateIsReported) {
    const auto set =
        test::TemplateSet::parse("tickets", {{"a.html", "{{ }}\n<p style=\"x\">{{ b | nope }}"}, {"b.html", "é{{ 'x' }}"}}, nullptr);
    ASSERT_FALSE(set.ok());
    std::vector<std::string> places;
    for (const auto& problem : set.problems()) places.push_back(problem.path);
    EXPECT_EQ(places, (std::vector<std::string>{"a.html:1:4", "a.html:2:4", "a.html:2:21", "b.html:1:5"}));
}

TEST(TemplateSet, ReportsAtMostTwentyProblemsOfATemplate) {
    std::string source;
    for (int i = 0; i < 100; ++i) source += "{{ }}";
    EXPECT_EQ(test::TemplateSet::parse("tickets", {{"a.html", source}}, nullptr).problems().size(), 20u);
}

}  // namespace
