// Nothing that a value contains is read as markup, an address of a script, or a script; what could be is refused.
#include "support.hpp"

namespace {

using test::Environment;
using test::parse_all;
using test::refusal;
using test::Value;

const std::vector<std::string> kPayloads{
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>", "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus", R"(</textarea><script>alert(1)</script>)", R"(</title><script>)", R"(--><script>alert(1)</script>)",
    R"(javascript:alert(1))",       R"(&lt;script&gt;)",                 R"({{ 7 + 7 }}{% include "x" %})", R"(<!--)", "`onload=alert(1)", "]]>",
};

std::string show(const std::string& source, const Value* value, test::Arena& arena) {
    auto* data = Value::object(arena);
    data->set("x", value);
    return test::render(*parse_all({{"t.html", source}}), "t.html", *data);
}

std::string show(const std::string& source, const std::string& text) {
    test::Arena arena;
    return show(source, Value::string(arena, text), arena);
}

// Written down apart from the engine: the five characters, one by one.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

TEST(Escaping, EveryPayloadInEveryPlace) {
    for (const auto& payload : kPayloads) {
        const std::string safe = escaped(payload);
        EXPECT_EQ(safe.find_first_of("<>\"'"), std::string::npos);
        EXPECT_EQ(show("<p>{{ x }}</p>", payload), "<p>" + safe + "</p>");
        EXPECT_EQ(show(R"(<p title="{{ x }}">)", payload), R"(<p title=")" + safe + R"(">)");
        EXPECT_EQ(show("<p title='{{ x }}'>", payload), "<p title='" + safe + "'>");
        EXPECT_EQ(show("<p class='a {{ x }} b'>", payload), "<p class='a " + safe + " b'>");
        EXPECT_EQ(show("<textarea>{{ x }}</textarea>", payload), "<textarea>" + safe + "</textarea>");
        EXPECT_EQ(show("<title>{{ x }}</title>", payload), "<title>" + safe + "</title>");
        EXPECT_EQ(show(R"(<a href="{{ x }}">)", payload), R"(<a href="#">)");
        EXPECT_EQ(show(R"(<a href="/a?b={{ x }}">)", payload), R"(<a href="/a?b=)" + safe + R"(">)");
        EXPECT_EQ(show(R"(<p>{{ "%1" | tr:x }}</p>)", payload), "<p>" + safe + "</p>");
        EXPECT_EQ(show(R"({{ x | tr }})", payload), safe);
        EXPECT_EQ(show(R"({{ n | default:x }})", payload), safe);
        EXPECT_EQ(show(R"({{ x | lines }})", payload), safe);
        EXPECT_EQ(show(R"({{ x | date }}{{ x | number }}{{ x | bytes }})", payload), safe + safe + safe);
        test::Arena arena;
        EXPECT_EQ(show("<a data-x='{{ json(x) }}'>", payload), "<a data-x='" + escaped(host::base::to_json(*Value::string(arena, payload))) + "'>");
        EXPECT_EQ(show(R"t({{ url("/{x}", x) }})t", payload).find_first_of("<>\"'&:"), std::string::npos);
        EXPECT_EQ(show("{{ icon(x) }}", payload), "");
    }
}

TEST(Escaping, TranslationsAreNotTrusted) {
    Environment environment;
    environment.texts = {{"tickets/Save", "<b onclick='x'>"}};
    EXPECT_EQ(test::show(R"({{ "Save" | tr }}<p title="{{ "Save" | tr }}">)", "{}", environment),
              R"(&lt;b onclick=&#39;x&#39;&gt;<p title="&lt;b onclick=&#39;x&#39;&gt;">)");
}

TEST(Escaping, HtmlIsRawInTextOnly) {
    test::Arena arena;
    const Value* html = Value::html(arena, R"(<b title="a">x</b>)");
    EXPECT_EQ(show("<p>{{ x }}</p>", html, arena), R"(<p><b title="a">x</b></p>)");
    EXPECT_EQ(show("<p>{{ x | lines }}</p>", html, arena), R"(<p><b title="a">x</b></p>)");
    EXPECT_EQ(show(R"(<p title="{{ x }}">)", html, arena), R"(<p title="&lt;b title=&quot;a&quot;&gt;x&lt;/b&gt;">)");
    EXPECT_EQ(show("<textarea>{{ x }}</textarea>", html, arena), "<textarea>&lt;b title=&quot;a&quot;&gt;x&lt;/b&gt;</textarea>");
    EXPECT_EQ(show("{{ x | tr }}", html, arena), "&lt;b title=&quot;a&quot;&gt;x&lt;/b&gt;");
    EXPECT_EQ(show(R"({{ "%1" | tr:x }})", html, arena), "&lt;b title=&quot;a&quot;&gt;x&lt;/b&gt;");
    EXPECT_EQ(show(R"(<a href="{{ x }}">)", html, arena), R"(<a href="#">)");
}

TEST(Address, CheckedWhenItBeginsWithAValue) {
    const auto link = [](const std::string& url) {
        const std::string out = show(R"(<a href="{{ x }}">)", url);
        return out.substr(9, out.size() - 11);
    };
    for (const char* good : {"/", "/tickets/1?a=b#c", "/a//b", "?a=1", "#top", "http://a.test/", "https://a.test", "HTTPS://a.test", "mailto:a@b.test", "tel:+33123456789"})
        EXPECT_EQ(link(good), good);
    for (const char* bad : {"", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
                            "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.test", "/\\evil.test", "/\t/evil.test", "/\n/evil.test", "\\\\evil.test",
                            "evil.test", "tickets/1", "ftp://a.test", "http", ":", "https\t://a.test", "https://a.test/\n"})
        EXPECT_EQ(link(bad), "#") << bad;
    test::Arena arena;
    EXPECT_EQ(show(R"(<a href="{{ x }}">)", Value::integer(arena, 5), arena), R"(<a href="#">)");
    EXPECT_EQ(show(R"(<a href="{{ none }}">)", ""), R"(<a href="#">)");
}

TEST(Address, EveryAddressAttribute) {
    for (const char* attribute : {"href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-push-url",
                                  "hx-replace-url", "data-hx-get", "hx-get:inherited", "poster", "cite", "HREF", "Hx-Get", "data", "background", "ping"}) {
        EXPECT_EQ(show(std::string{"<a "} + attribute + "='{{ x }}'>", "javascript:alert(1)"), std::string{"<a "} + attribute + "='#'>");
        EXPECT_NE(refusal(std::string{"<a "} + attribute + "='javascript:alert(1)'>"), "") << attribute;
    }
}

TEST(Address, OfAScriptIsOfThisSite) {
    EXPECT_EQ(show(R"(<script src="{{ x }}" defer></script>)", "/assets/a.js"), R"(<script src="/assets/a.js" defer></script>)");
    for (const char* bad : {"https://evil.test/a.js", "//evil.test/a.js", "?a.js", "#", "data:,alert(1)", "/\\evil.test"})
        EXPECT_EQ(show(R"(<script src="{{ x }}"></script>)", bad), R"(<script src="#"></script>)") << bad;
}

TEST(Address, AMissingAssetIsNotABeginningForWhatFollows) {
    EXPECT_EQ(show(R"t(<a href="{{ asset("missing.css") }}{{ x }}">)t", "javascript:alert(1)"), R"t(<a href="#javascript:alert(1)">)t");
}

TEST(Address, ValuesBehindTheBeginning) {
    EXPECT_EQ(show(R"(<a href="mailto:{{ x }}">)", "a@b.test"), R"(<a href="mailto:a@b.test">)");
    EXPECT_EQ(show(R"(<a href="#f-{{ x }}">)", "name"), R"(<a href="#f-name">)");
    EXPECT_EQ(show(R"(<a href="/t/{{ x }}">)", "1"), R"(<a href="/t/1">)");
    EXPECT_EQ(show(R"(<a href="{{ x }}{{ x }}">)", "/a"), R"(<a href="/a/a">)");
    EXPECT_NE(refusal(R"(<a href="java{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<a href="/{{ x }}">)"), "");
    EXPECT_NE(refusal("<a href=\"/\t{{ x }}\">"), "");
    EXPECT_NE(refusal(R"(<a href="\{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<a href=" j{{ x }}">)"), "");
    EXPECT_EQ(show(R"(<a href=" {{ x }}">)", "javascript:alert(1)"), R"(<a href=" #">)");
}

TEST(Address, LiteralSchemes) {
    for (const char* good : {"/a", "https://a.test/:x", "mailto:a@b.test", "tel:1", "?a:b", "#a:b", "page.html", "true", ""})
        EXPECT_EQ(refusal(std::string{"<a href=\""} + good + "\">"), "") << good;
    for (const char* bad : {"javascript:x", "JAVASCRIPT:x", " javascript:x", "java\tscript:x", "data:text/html,x", "vbscript:x", "&#106;avascript:x", "javascript&colon;x", ":x"})
        EXPECT_NE(refusal(std::string{"<a href=\""} + bad + "\">"), "") << bad;
    EXPECT_NE(refusal("<a href=javascript:x>"), "");
}

TEST(Address, BranchesInside) {
    EXPECT_EQ(show(R"(<a href="{% if x %}{{ x }}{% else %}/none{% end %}">)", "/a"), R"(<a href="/a">)");
    EXPECT_EQ(show(R"(<a href="/a{% if x %}?x={{ x }}{% end %}">)", "1"), R"(<a href="/a?x=1">)");
    // The end may stand at the beginning of the address when the branch is not taken, so it is checked.
    EXPECT_EQ(show(R"(<a href="{% if n %}/a{% end %}{{ x }}">)", "javascript:alert(1)"), R"(<a href="#">)");
    EXPECT_NE(refusal(R"(<a href="{% if n %}java{% end %}{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<a href="{% if n %}java{% end %}script:x">)"), "");
    EXPECT_NE(refusal(R"(<a href="{% if n %}/{% end %}{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<a href="{% if n %}a{% end %}/{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<a href="/{% if n %}a{% end %}{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<a href="{% for y in x %}{{ y }}{% end %}">)"), "");
}

TEST(Refusal, PlacesForValues) {
    EXPECT_EQ(refusal("<a title={{ x }}>"), "1:10 put quotes around the value of the attribute title");
    EXPECT_EQ(refusal("<a title=a{{ x }}>"), "1:11 put quotes around the value of the attribute title");
    EXPECT_EQ(refusal("<{{ x }}>"), "1:2 a value cannot be the name of a tag: choose between whole tags with {% if %}");
    EXPECT_EQ(refusal("<h{{ x }}>"), "1:3 a value cannot be the name of a tag: choose between whole tags with {% if %}");
    EXPECT_EQ(refusal("</{{ x }}>"), "1:3 a value cannot be the name of a tag: choose between whole tags with {% if %}");
    const std::string attribute = " a value cannot be an attribute or its name: write the attribute, inside of {% if %} when it is optional";
    EXPECT_EQ(refusal("<a {{ x }}>"), "1:4" + attribute);
    EXPECT_EQ(refusal("<a data-{{ x }}=\"1\">"), "1:9" + attribute);
    EXPECT_EQ(refusal("<a b {{ x }}>"), "1:6" + attribute);
    EXPECT_EQ(refusal("<a b=\"\"{{ x }}>"), "1:8" + attribute);
    EXPECT_EQ(refusal("<!-- {{ x }} -->"), "1:6 values are refused inside of comments: write comments as {# ... #}");
    EXPECT_EQ(refusal("<!doctype {{ x }}>"), "1:11 values are refused inside of comments: write comments as {# ... #}");
    EXPECT_EQ(refusal("<script src=\"/a.js\">{{ x }}</script>"), "1:21 values are refused inside of <script>: give them as data- attributes");
    EXPECT_EQ(refusal("<iframe src=\"/a\">{{ x }}</iframe>"), "1:18 values are refused inside of <iframe>: give them as data- attributes");
}

TEST(Refusal, Attributes) {
    const std::string script = " is refused: put the script into an asset and listen for the event there";
    EXPECT_EQ(refusal("<a onclick='x()'>"), "1:4 the attribute onclick" + script);
    EXPECT_EQ(refusal(R"(<a OnClick="{{ x }}">)"), "1:4 the attribute onclick" + script);
    EXPECT_EQ(refusal("<a onfoo>"), "1:4 the attribute onfoo" + script);
    EXPECT_EQ(refusal("<a hx-on:click='x()'>"), "1:4 the attribute hx-on:click" + script);
    EXPECT_EQ(refusal("<a data-hx-on--load='x()'>"), "1:4 the attribute data-hx-on--load" + script);
    EXPECT_EQ(refusal(R"(<a style="color: red">)"), "1:4 the attribute style is refused: use classes");
    EXPECT_EQ(refusal(R"(<a style="color: {{ x }}">)"), "1:4 the attribute style is refused: use classes");
    EXPECT_EQ(refusal(R"(<iframe srcdoc="{{ x }}">)"), "1:9 the attribute srcdoc is refused: show a page of its own with src");
    EXPECT_EQ(refusal(R"(<a hx-vars="a:1">)"), "1:4 the attribute hx-vars is refused: use hx-vals with {{ json(...) }}");
    EXPECT_NE(refusal(R"(<a hx-trigger="{{ x }}">)"), "");
    EXPECT_EQ(refusal(R"(<a hx-trigger="click">)"), "");
    EXPECT_NE(refusal(R"(<img srcset="{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<meta http-equiv="{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<meta http-equiv="refresh" content="0;url={{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<meta content="0;url={{ x }}" http-equiv="refresh">)"), "");
    EXPECT_EQ(refusal(R"(<meta name="a" content="{{ x }}"><meta http-equiv="refresh" content="10">)"), "");
    EXPECT_NE(refusal(R"(<script src="/a.js" type="{{ x }}"></script>)"), "");
    EXPECT_EQ(refusal(R"(<a hx-target="#t-{{ x }}" hx-swap="outerHTML" hx-include="js:x">)"), "1:47 scripts in attributes are refused: put the script into an asset");
    EXPECT_NE(refusal(R"(<a hx-vals=" JS:{a: 1}">)"), "");
    EXPECT_NE(refusal(R"(<a hx-headers='javascript:f()'>)"), "");
}

TEST(Refusal, JsonIsAWholeValue) {
    EXPECT_EQ(refusal(R"(<a hx-vals="{{ json(x) }}" hx-headers='{{ json(x) }}' data-a="{{ json(x) }}" data-b="{{ x }}" hx-vals='{"a": 1}'>)"), "");
    EXPECT_NE(refusal(R"(<a hx-vals='{"a": "{{ x }}"}'>)"), "");
    EXPECT_NE(refusal(R"(<a hx-vals="{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<a hx-vals="{{ json(x) }} ">)"), "");
    EXPECT_NE(refusal(R"(<a hx-vals=" {{ json(x) }}">)"), "");
    EXPECT_NE(refusal(R"(<a hx-vals="{{ json(x) }}{{ json(x) }}">)"), "");
    EXPECT_NE(refusal(R"(<a data-a="{{ json(x) }}{{ x }}">)"), "");
    EXPECT_NE(refusal(R"(<a hx-vals="{% if x %}{{ json(x) }}{% end %}">)"), "");
    EXPECT_NE(refusal(R"(<a title="{{ json(x) }}">)"), "");
    EXPECT_NE(refusal("{{ json(x) }}"), "");
    EXPECT_NE(refusal(R"(<a data-a="{{ json(x) | tr }}">)"), "");
    EXPECT_NE(refusal(R"(<a data-a="{{ y ? json(x) : 1 }}">)"), "");
    EXPECT_NE(refusal("<textarea>{{ json(x) }}</textarea>"), "");
}

TEST(Refusal, MarkupOfFunctionsStandsInText) {
    for (const char* markup : {"icon(\"a\")", "csrf()", "idempotency()", "x | lines"}) {
        EXPECT_EQ(refusal(std::string{"<p>{{ "} + markup + " }}</p>"), "");
        EXPECT_NE(refusal(std::string{"<p title=\"{{ "} + markup + " }}\">"), "");
        EXPECT_NE(refusal(std::string{"<title>{{ "} + markup + " }}</title>"), "");
    }
}

TEST(Refusal, Elements) {
    EXPECT_NE(refusal("<script>alert(1)</script>"), "");
    EXPECT_NE(refusal("<SCRIPT>alert(1)</SCRIPT>"), "");
    EXPECT_NE(refusal(R"(<script src="/a.js">alert(1)</script>)"), "");
    EXPECT_NE(refusal(R"(<script{% if x %} src="/a.js"{% end %}></script>)"), "");
    EXPECT_EQ(refusal("<script src=\"/a.js\" defer>\n</script><p>{{ x }}</p>"), "");
    EXPECT_EQ(refusal(R"t(<script src="{{ asset("a.js") }}"></script>)t"), "");
    EXPECT_EQ(refusal("<style>p { color: red }</style>"), "1:7 <style> is refused: the content security policy blocks style elements: put the rules into an asset");
    for (const char* element : {"base", "object", "embed", "applet", "xmp", "plaintext", "noembed", "noframes", "frameset", "animate", "set"})
        EXPECT_NE(refusal(std::string{"<"} + element + ">"), "") << element;
}

TEST(Refusal, MarkupThatBrowsersReadDifferently) {
    EXPECT_NE(refusal("a < b"), "");
    EXPECT_EQ(refusal("a &lt; b > c"), "");
    EXPECT_NE(refusal("<textarea><b></textarea>"), "");
    EXPECT_NE(refusal("<textarea></textareas>"), "");
    EXPECT_EQ(refusal("<textarea>a</TEXTAREA ><p>{{ x }}</p>"), "");
    EXPECT_NE(refusal("<a title=\"a\"b>"), "");
    EXPECT_NE(refusal("<a title=a\"b>"), "");
    EXPECT_NE(refusal("<a \"b\">"), "");
    EXPECT_NE(refusal("<a =b>"), "");
    EXPECT_NE(refusal("<a b=>"), "");
    EXPECT_NE(refusal("<a <b>"), "");
    EXPECT_NE(refusal("<![CDATA[x]]>"), "");
    EXPECT_NE(refusal("<?php x ?>"), "");
    EXPECT_NE(refusal("<!-- a --!> -->"), "");
    EXPECT_EQ(refusal("<!--><p>{{ x }}</p><!---><p>{{ x }}</p><!-- - -- > --><p>{{ x }}</p>"), "");
    EXPECT_EQ(refusal("<!DOCTYPE html><html lang=\"{{ x }}\"><br/><input disabled><p class=a id='b' />"), "");
}

TEST(Refusal, EndsInsideOfSomething) {
    EXPECT_EQ(refusal("<p>\n<a"), "2:3 the template ends inside of a tag");
    EXPECT_EQ(refusal("<a title=\"x"), "1:12 the template ends inside of a tag");
    EXPECT_EQ(refusal("<!-- x"), "1:7 the template ends inside of a comment");
    EXPECT_EQ(refusal("<textarea>x"), "1:12 the template ends inside of <textarea>");
    EXPECT_EQ(refusal("x <"), "1:4 the template ends inside of a tag");
}

TEST(Branches, MayStandInTagsAndValues) {
    EXPECT_EQ(show("<option {% if x %}selected{% end %}>", "1"), "<option selected>");
    EXPECT_EQ(show("<option value=\"1\"{% if x %} selected{% end %}>", "1"), "<option value=\"1\" selected>");
    EXPECT_EQ(show("<option value=\"{{ x }}\" {% if x %}selected{% end %}>", "1"), "<option value=\"1\" selected>");
    EXPECT_EQ(show("<a{% if x %} title=\"{{ x }}\"{% else %} hidden{% end %} id=\"b\">", "1"), "<a title=\"1\" id=\"b\">");
    EXPECT_EQ(show("<a class=\"a{% if x %} b{% elif y %} c{% end %} d\">", "1"), "<a class=\"a b d\">");
    EXPECT_EQ(show("<a title=\"{% for y in z %}{{ y }}{% else %}none{% end %}\">", "1"), "<a title=\"none\">");
    EXPECT_EQ(show("<a{% for y in z %} data-a=\"{{ y }}\"{% end %}>", "1"), "<a>");
    EXPECT_EQ(show("<title>{% if x %}{{ x }} · {% end %}Guichet</title>", "1"), "<title>1 · Guichet</title>");
    EXPECT_EQ(show("{% if x %}<p>{% else %}<div>{% end %}", "1"), "<p>");
}

TEST(Branches, LeaveTheMarkupAsTheyFoundIt) {
    const std::string why = " this branch leaves the markup elsewhere than it found it: close inside of it what it opens, and nothing else";
    EXPECT_EQ(refusal("{% if x %}<a title=\"{% end %}\">"), "1:21" + why);
    EXPECT_EQ(refusal("<a {% if x %}title=\"{% end %}\">"), "1:21" + why);
    EXPECT_EQ(refusal("<a title=\"{% if x %}\"{% end %}>"), "1:22" + why);
    EXPECT_EQ(refusal("<a {% if x %}>{% else %}hidden{% end %}>"), "1:15" + why);
    EXPECT_EQ(refusal("{% if x %}<{% end %}a>"), "1:12" + why);
    EXPECT_EQ(refusal("{% if x %}<a {% else %}<b {% end %}>"), "1:14" + why);
    EXPECT_EQ(refusal("<a title=\"{% if x %}\" class=\"{% end %}\">"), "1:30" + why);
    EXPECT_EQ(refusal("{% for y in x %}<!-- {% end %}-->"), "1:22" + why);
    EXPECT_EQ(refusal("<textarea>{% if x %}</textarea>{% end %}"), "1:32" + why);
}

TEST(Branches, AttributesKeepApart) {
    EXPECT_NE(refusal("<a {% if x %}hidden{% end %}id>"), "");
    EXPECT_NE(refusal("<a{% if x %}hidden{% end %}>"), "");
    EXPECT_NE(refusal("<a {% for y in x %}data-a=\"1\"{% end %}>"), "");
    EXPECT_NE(refusal("<a b {% if x %}=\"1\"{% end %}>"), "");
    EXPECT_NE(refusal("<a b={% if x %}\"1\"{% end %}>"), "");
    EXPECT_NE(refusal("<a b=c{% if x %}d{% end %}>"), "");
    EXPECT_NE(refusal("<!-- {% if x %}a{% end %} -->"), "");
    EXPECT_NE(refusal("<script src=\"/a\">{% if x %}{% end %}</script>"), "");
}

TEST(Parts, StandBetweenTags) {
    for (const char* part : {"{% include \"p.html\" %}", "{% slot \"a.b\" %}"}) {
        const auto accepted = [&](const std::string& before, const std::string& after) {
            return test::TemplateSet::parse("t", {{"t.html", before + part + after}, {"p.html", "x"}}, nullptr).ok();
        };
        EXPECT_TRUE(accepted("<p>", "</p>"));
        EXPECT_FALSE(accepted("<p title=\"", "\">"));
        EXPECT_FALSE(accepted("<p ", ">"));
        EXPECT_FALSE(accepted("<textarea>", "</textarea>"));
        EXPECT_FALSE(accepted("<!--", "-->"));
    }
}

}  // namespace
