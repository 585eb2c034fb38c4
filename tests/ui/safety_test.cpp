// Nothing that a value contains is read as markup, an address of a script, or a script; what could be is refused.
#include "support.hpp"

namespace {

using test::Environment;
using test::expect_accepted;
using test::expect_refusals;
using test::expect_refused;
using test::parse_all;
using test::refusal;
using test::Value;

const std::vector<std::string> kPayloads{
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus",
    R"(</textarea><script>alert(1)</script>)",
    R"(</title><script>)",
    R"(--><script>alert(1)</script>)",
    R"(javascript:alert(1))",
    R"(&lt;script&gt;)",
    R"({{ 7 + 7 }}{% include "x" %})",
    R"(<!--)",
    "`onload=alert(1)",
    "]]>",
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
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
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
        EXPECT_EQ(show("<a data-x='{{ json(x) }}'>", payload),
                  "<a data-x='" + escaped(host::base::to_json(*Value::string(arena, payload))) + "'>");
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
    for (const char* good : {"/", "/tickets/1?a=b#c", "/a//b", "?a=1", "#top", "http://a.test/", "https://a.test", "HTTPS://a.test",
                             "mailto:a@b.test", "tel:+33123456789"})
        EXPECT_EQ(link(good), good);
    for (const char* bad : {"",
                            "javascript:alert(1)",
                            "JaVaScRiPt:alert(1)",
                            " javascript:alert(1)",
                            "java\nscript:alert(1)",
                            "\x01javascript:alert(1)",
                            "data:text/html,x",
                            "vbscript:x",
                            "file:///etc/passwd",
                            "//evil.test",
                            "/\\evil.test",
                            "/\t/evil.test",
                            "/\n/evil.test",
                            "\\\\evil.test",
                            "evil.test",
                            "tickets/1",
                            "ftp://a.test",
                            "http",
                            ":",
                            "https\t://a.test",
                            "https://a.test/\n"})
        EXPECT_EQ(link(bad), "#") << bad;
    test::Arena arena;
    EXPECT_EQ(show(R"(<a href="{{ x }}">)", Value::integer(arena, 5), arena), R"(<a href="#">)");
    EXPECT_EQ(show(R"(<a href="{{ none }}">)", ""), R"(<a href="#">)");
}

TEST(Address, EveryAddressAttribute) {
    for (const char* attribute : {"href",   "src",      "action",    "formaction",  "xlink:href",     "hx-get",      "hx-post",
                                  "hx-put", "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url", "data-hx-get", "hx-get:inherited",
                                  "poster", "cite",     "HREF",      "Hx-Get",      "data",           "background",  "ping"}) {
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

TEST(Address, PicturesMayStandInThePage) {
    EXPECT_EQ(show(R"(<img src="data:image/png;base64,{{ x }}" alt="">)", "iVBO+/=="), R"(<img src="data:image/png;base64,iVBO+/==" alt="">)");
    EXPECT_EQ(show(R"(<img src="data:image/svg+xml;base64,{{ x }}" alt="">)", "\"><script>"),
              R"(<img src="data:image/svg+xml;base64,&quot;&gt;&lt;script&gt;" alt="">)");
    expect_refused({
        R"(<img src="data:{{ x }}" alt="">)",
        R"(<img src="data:image/{{ x }};base64,AAAA" alt="">)",
        R"(<img src="data:image/png;base64{{ x }}" alt="">)",
        R"(<img src="data:text/html,{{ x }}" alt="">)",
        R"(<img src="data:text/html;base64,{{ x }}" alt="">)",
        R"(<img src="da{{ x }}" alt="">)",
        R"(<a href="data:image/png;base64,{{ x }}">)",
        R"(<iframe src="data:image/svg+xml;base64,{{ x }}"></iframe>)",
        R"(<img src="{% if x %}data:{% end %}{{ x }}" alt="">)",
    });
}

TEST(Address, ValuesBehindTheBeginning) {
    EXPECT_EQ(show(R"(<a href="mailto:{{ x }}">)", "a@b.test"), R"(<a href="mailto:a@b.test">)");
    EXPECT_EQ(show(R"(<a href="#f-{{ x }}">)", "name"), R"(<a href="#f-name">)");
    EXPECT_EQ(show(R"(<a href="/t/{{ x }}">)", "1"), R"(<a href="/t/1">)");
    EXPECT_EQ(show(R"(<a href="{{ x }}{{ x }}">)", "/a"), R"(<a href="/a/a">)");
    expect_refused({
        R"(<a href="java{{ x }}">)",
        R"(<a href="/{{ x }}">)",
        "<a href=\"/\t{{ x }}\">",
        R"(<a href="\{{ x }}">)",
        R"(<a href=" j{{ x }}">)",
    });
    EXPECT_EQ(show(R"(<a href=" {{ x }}">)", "javascript:alert(1)"), R"(<a href=" #">)");
}

TEST(Address, LiteralSchemes) {
    for (const char* good : {"/a", "https://a.test/:x", "mailto:a@b.test", "tel:1", "?a:b", "#a:b", "page.html", "true", ""})
        EXPECT_EQ(refusal(std::string{"<a href=\""} + good + "\">"), "") << good;
    for (const char* bad : {"javascript:x", "JAVASCRIPT:x", " javascript:x", "java\tscript:x", "data:text/html,x", "vbscript:x",
                            "&#106;avascript:x", "javascript&colon;x", ":x"})
        EXPECT_NE(refusal(std::string{"<a href=\""} + bad + "\">"), "") << bad;
    EXPECT_NE(refusal("<a href=javascript:x>"), "");
}

TEST(Address, BranchesInside) {
    EXPECT_EQ(show(R"(<a href="{% if x %}{{ x }}{% else %}/none{% end %}">)", "/a"), R"(<a href="/a">)");
    EXPECT_EQ(show(R"(<a href="/a{% if x %}?x={{ x }}{% end %}">)", "1"), R"(<a href="/a?x=1">)");
    // The end may stand at the beginning of the address when the branch is not taken, so it is checked.
    EXPECT_EQ(show(R"(<a href="{% if n %}/a{% end %}{{ x }}">)", "javascript:alert(1)"), R"(<a href="#">)");
    expect_refused({
        R"(<a href="{% if n %}java{% end %}{{ x }}">)",
        R"(<a href="{% if n %}java{% end %}script:x">)",
        R"(<a href="{% if n %}/{% end %}{{ x }}">)",
        R"(<a href="{% if n %}a{% end %}/{{ x }}">)",
        R"(<a href="/{% if n %}a{% end %}{{ x }}">)",
        R"(<a href="{% for y in x %}{{ y }}{% end %}">)",
    });
}

TEST(Refusal, PlacesForValues) {
    expect_refusals({
        {"<a title={{ x }}>", "1:10 put quotes around the value of the attribute title"},
        {"<a title=a{{ x }}>", "1:11 put quotes around the value of the attribute title"},
        {"<{{ x }}>", "1:2 a value cannot be the name of a tag: choose between whole tags with {% if %}"},
        {"<h{{ x }}>", "1:3 a value cannot be the name of a tag: choose between whole tags with {% if %}"},
        {"</{{ x }}>", "1:3 a value cannot be the name of a tag: choose between whole tags with {% if %}"},
    });
    const std::string attribute =
        " a value cannot be an attribute or its name: write the attribute, inside of {% if %} when it is optional";
    expect_refusals({
        {"<a {{ x }}>", "1:4" + attribute},
        {"<a data-{{ x }}=\"1\">", "1:9" + attribute},
        {"<a b {{ x }}>", "1:6" + attribute},
        {"<a b=\"\"{{ x }}>", "1:8" + attribute},
        {"<!-- {{ x }} -->", "1:6 values are refused inside of comments: write comments as {# ... #}"},
        {"<!doctype {{ x }}>", "1:11 values are refused inside of comments: write comments as {# ... #}"},
        {"<script src=\"/a.js\">{{ x }}</script>", "1:21 values are refused inside of <script>: give them as data- attributes"},
        {"<iframe src=\"/a\">{{ x }}</iframe>", "1:18 values are refused inside of <iframe>: give them as data- attributes"},
    });
}

TEST(Refusal, Attributes) {
    const std::string script = " is refused: put the script into an asset and listen for the event there";
    expect_refusals({
        {"<a onclick='x()'>", "1:4 the attribute onclick" + script},
        {R"(<a OnClick="{{ x }}">)", "1:4 the attribute onclick" + script},
        {"<a onfoo>", "1:4 the attribute onfoo" + script},
        {"<a hx-on:click='x()'>", "1:4 the attribute hx-on:click" + script},
        {"<a data-hx-on--load='x()'>", "1:4 the attribute data-hx-on--load" + script},
        {R"(<a style="color: red">)", "1:4 the attribute style is refused: use classes"},
        {R"(<a style="color: {{ x }}">)", "1:4 the attribute style is refused: use classes"},
        {R"(<iframe srcdoc="{{ x }}">)", "1:9 the attribute srcdoc is refused: show a page of its own with src"},
        {R"(<a hx-vars="a:1">)", "1:4 the attribute hx-vars is refused: use hx-vals with {{ json(...) }}"},
    });
    EXPECT_NE(refusal(R"(<a hx-trigger="{{ x }}">)"), "");
    EXPECT_EQ(refusal(R"(<a hx-trigger="click">)"), "");
    expect_refused({
        R"(<img srcset="{{ x }}">)",
        R"(<meta http-equiv="{{ x }}">)",
        R"(<meta http-equiv="refresh" content="0;url={{ x }}">)",
        R"(<meta content="0;url={{ x }}" http-equiv="refresh">)",
    });
    EXPECT_EQ(refusal(R"(<meta name="a" content="{{ x }}"><meta http-equiv="refresh" content="10">)"), "");
    EXPECT_NE(refusal(R"(<script src="/a.js" type="{{ x }}"></script>)"), "");
    EXPECT_EQ(refusal(R"(<a hx-target="#t-{{ x }}" hx-swap="outerHTML" hx-include="js:x">)"),
              "1:47 scripts in attributes are refused: put the script into an asset");
    expect_refused({
        R"(<a hx-vals=" JS:{a: 1}">)",
        R"(<a hx-headers='javascript:f()'>)",
    });
}

TEST(Refusal, JsonIsAWholeValue) {
    EXPECT_EQ(
        refusal(R"(<a hx-vals="{{ json(x) }}" hx-headers='{{ json(x) }}' data-a="{{ json(x) }}" data-b="{{ x }}" hx-vals='{"a": 1}'>)"),
        "");
    expect_refused({
        R"(<a hx-vals='{"a": "{{ x }}"}'>)",
        R"(<a hx-vals="{{ x }}">)",
        R"(<a hx-vals="{{ json(x) }} ">)",
        R"(<a hx-vals=" {{ json(x) }}">)",
        R"(<a hx-vals="{{ json(x) }}{{ json(x) }}">)",
        R"(<a data-a="{{ json(x) }}{{ x }}">)",
        R"(<a hx-vals="{% if x %}{{ json(x) }}{% end %}">)",
        R"(<a title="{{ json(x) }}">)",
        "{{ json(x) }}",
        R"(<a data-a="{{ json(x) | tr }}">)",
        R"(<a data-a="{{ y ? json(x) : 1 }}">)",
        "<textarea>{{ json(x) }}</textarea>",
    });
}

TEST(Refusal, MarkupOfFunctionsStandsInText) {
    for (const char* markup : {"icon(\"a\")", "csrf()", "idempotency()", "x | lines", "x | markdown"}) {
        EXPECT_EQ(refusal(std::string{"<p>{{ "} + markup + " }}</p>"), "");
        EXPECT_NE(refusal(std::string{"<p title=\"{{ "} + markup + " }}\">"), "");
        EXPECT_NE(refusal(std::string{"<title>{{ "} + markup + " }}</title>"), "");
    }
}

TEST(Refusal, Elements) {
    expect_refused({
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        R"(<script src="/a.js">alert(1)</script>)",
        R"(<script{% if x %} src="/a.js"{% end %}></script>)",
    });
    expect_accepted({
        "<script src=\"/a.js\" defer>\n</script><p>{{ x }}</p>",
        R"t(<script src="{{ asset("a.js") }}"></script>)t",
    });
    EXPECT_EQ(refusal("<style>p { color: red }</style>"),
              "1:7 <style> is refused: the content security policy blocks style elements: put the rules into an asset");
    for (const char* element :
         {"base", "object", "embed", "applet", "xmp", "plaintext", "noembed", "noframes", "frameset", "animate", "set"})
        EXPECT_NE(refusal(std::string{"<"} + element + ">"), "") << element;
}

TEST(Refusal, MarkupThatBrowsersReadDifferently) {
    EXPECT_NE(refusal("a < b"), "");
    EXPECT_EQ(refusal("a &lt; b > c"), "");
    expect_refused({
        "<textarea><b></textarea>",
        "<textarea></textareas>",
    });
    EXPECT_EQ(refusal("<textarea>a</TEXTAREA ><p>{{ x }}</p>"), "");
    expect_refused({
        "<a title=\"a\"b>",
        "<a title=a\"b>",
        "<a \"b\">",
        "<a =b>",
        "<a b=>",
        "<a <b>",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "<!-- a --!> -->",
    });
    expect_accepted({
        "<!--><p>{{ x }}</p><!---><p>{{ x }}</p><!-- - -- > --><p>{{ x }}</p>",
        "<!DOCTYPE html><html lang=\"{{ x }}\"><br/><input disabled><p class=a id='b' />",
    });
}

TEST(Refusal, EndsInsideOfSomething) {
    expect_refusals({
        {"<p>\n<a", "2:3 the template ends inside of a tag"},
        {"<a title=\"x", "1:12 the template ends inside of a tag"},
        {"<!-- x", "1:7 the template ends inside of a comment"},
        {"<textarea>x", "1:12 the template ends inside of <textarea>"},
        {"x <", "1:4 the template ends inside of a tag"},
    });
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
    expect_refusals({
        {"{% if x %}<a title=\"{% end %}\">", "1:21" + why},
        {"<a {% if x %}title=\"{% end %}\">", "1:21" + why},
        {"<a title=\"{% if x %}\"{% end %}>", "1:22" + why},
        {"<a {% if x %}>{% else %}hidden{% end %}>", "1:15" + why},
        {"{% if x %}<{% end %}a>", "1:12" + why},
        {"{% if x %}<a {% else %}<b {% end %}>", "1:14" + why},
        {"<a title=\"{% if x %}\" class=\"{% end %}\">", "1:30" + why},
        {"{% for y in x %}<!-- {% end %}-->", "1:22" + why},
        {"<textarea>{% if x %}</textarea>{% end %}", "1:32" + why},
    });
}

TEST(Branches, AttributesKeepApart) {
    expect_refused({
        "<a {% if x %}hidden{% end %}id>",
        "<a{% if x %}hidden{% end %}>",
        "<a {% for y in x %}data-a=\"1\"{% end %}>",
        "<a b {% if x %}=\"1\"{% end %}>",
        "<a b={% if x %}\"1\"{% end %}>",
        "<a b=c{% if x %}d{% end %}>",
        "<!-- {% if x %}a{% end %} -->",
        "<script src=\"/a\">{% if x %}{% end %}</script>",
    });
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
