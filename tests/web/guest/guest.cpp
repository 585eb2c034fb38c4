// Adds to the pages of others, and misbehaves: throws, sleeps in the database, writes without end.
#include <guichet/sdk/plugin.hpp>

namespace {

using guichet::Cells;
using guichet::Ctx;
using guichet::Html;
using guichet::Request;
using guichet::Value;

class Guest {
public:
    explicit Guest(Ctx) {}

    void bind(guichet::Binder& b) {
        b.route<&Guest::page>("page");
        b.route<&Guest::visit>("visit");
        b.route<&Guest::mark>("mark");
        b.badge<&Guest::badge>("badge");
        b.badge<&Guest::broken_badge>("badge.broken");
        b.slot<&Guest::good>("good");
        b.slot<&Guest::throws>("throws");
        b.slot<&Guest::sleeps>("sleeps");
        b.slot<&Guest::many>("many");
        b.slot<&Guest::huge>("huge");
        b.slot<&Guest::open>("open");
        b.slot<&Guest::closed>("closed");
        b.slot<&Guest::secret>("secret");
        b.slot<&Guest::later>("later");
        b.slot<&Guest::tab_one>("tab.one");
        b.slot<&Guest::tab_two>("tab.two");
        b.slot<&Guest::link>("link");
        b.slot<&Guest::field>("field");
        b.slot<&Guest::tile>("tile");
        b.slot<&Guest::of_account>("of_account");
        b.column<&Guest::column>("column");
        b.column<&Guest::broken_column>("column.broken");
        b.search<&Guest::find>("find");
        b.search<&Guest::find_nothing>("find.broken");
        b.search<&Guest::find_slowly>("find.slowly");
    }

    void page(Ctx ctx, Request request) {
        auto wishes = ctx.object().set("guest", ctx.object().set("wish", "a <b>chair</b>")).set("other", ctx.object().set("wish", "not mine"));
        auto errors = ctx.object().set("guest.wish", "Wish for less.").set("other.wish", "Not mine.");
        auto data = ctx.object().set("title", "Guest").set("status", request.query("status").value_or("open")).set("number", 2);
        request.page("page.html", data.set("values", wishes).set("errors", errors));
    }
    void visit(Ctx ctx, Request request) { request.page("link.html", ctx.object().set("title", "Visit").set("id", request.id())); }
    void mark(Ctx ctx, Request request) {
        auto results = ctx.array();
        for (std::size_t i = 0; const auto typed = request.form("ids", i); ++i) {
            const auto id = guichet::to_integer(*typed).value_or(0);
            const auto account = ctx.exec("select name from directory.account_v1 where id = $1", id);
            if (!account.empty()) ctx.exec("update score set marked = true where account_id = $1", id);
            auto result = ctx.object().set("id", id).set("ok", !account.empty()).set("path", "/accounts/" + std::to_string(id));
            results.push(result.set("label", account.empty() ? std::string_view{"?"} : account.text(0, 0)).set("message", account.empty() ? "Gone." : "Marked."));
        }
        request.page("marked.html", ctx.object().set("title", "Marked").set("results", results).set("back", request.form("back").value_or("/accounts")));
    }

    int64_t badge(Ctx ctx) { return ctx.exec("select count(*) from score").i64(0, 0); }
    int64_t broken_badge(Ctx) { throw guichet::Error{GUICHET_E_DB, "no number today"}; }

    void good(Ctx, Value data, Html out) { out.text("good & " + std::string{data["status"].text().value_or("")}); }
    void throws(Ctx, Value, Html out) {
        out.text("half of it");
        throw 42;
    }
    void sleeps(Ctx ctx, Value, Html out) {
        ctx.exec("select pg_sleep(30)");
        out.text("slept");
    }
    void many(Ctx ctx, Value, Html out) {
        for (int i = 0; i < 1000; ++i) ctx.exec("select pg_sleep(0.04)");
        out.text("asked often");
    }
    void huge(Ctx, Value, Html out) {
        for (;;) out.text(std::string(64 * 1024, 'x'));
    }
    void open(Ctx, Value, Html out) { out.text("it is open"); }
    void closed(Ctx, Value, Html out) { out.text("it is closed"); }
    void secret(Ctx, Value, Html out) { out.text("the secret"); }
    void later(Ctx, Value data, Html out) { out.text("later: " + std::string{data["status"].text().value_or("")}); }
    void tab_one(Ctx, Value, Html out) { out.text("content one"); }
    void tab_two(Ctx ctx, Value, Html out) { out.render("link.html", ctx.object()); }
    void link(Ctx ctx, Value, Html out) { out.render("link.html", ctx.object()); }
    void field(Ctx, Value data, Html out) { out.render("field.html", data); }
    void tile(Ctx, Value, Html out) { out.text("a tile"); }
    void of_account(Ctx, Value data, Html out) { out.text("guest of " + std::string{data["account_name"].text().value_or("")}); }

    void column(Ctx ctx, Cells cells) {
        const auto name = cells.column_id().substr(cells.column_id().rfind('.') + 1);
        const auto rows = ctx.exec("select i.n::int, to_jsonb(s)->>$2::text from unnest($1::bigint[]) with ordinality i(id, n) join score s on s.account_id = i.id",
                                   guichet::array_literal(cells.ids()), name);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (const auto text = rows.maybe_text(i, 1)) cells[static_cast<std::size_t>(rows.i64(i, 0)) - 1].text("<" + std::string{*text} + ">");
    }
    void broken_column(Ctx ctx, Cells cells) {
        cells[0].text("half a column");
        ctx.exec("select 1 from no_such_table");
    }

    void find(Ctx ctx, std::string_view query, std::size_t limit, Value hits) {
        for (std::size_t i = 0; i < limit + 3; ++i)
            hits.push(ctx.object().set("title", "<" + std::string{query} + "> " + std::to_string(i)).set("path", "/guest").set("detail", "a hit"));
        hits.push(ctx.object().set("title", "elsewhere").set("path", "https://evil.example"));
    }
    void find_nothing(Ctx ctx, std::string_view, std::size_t, Value hits) {
        hits.push(ctx.object().set("title", "half a hit").set("path", "/guest"));
        throw std::runtime_error{"cannot search"};
    }
    void find_slowly(Ctx ctx, std::string_view, std::size_t, Value) { ctx.exec("select pg_sleep(30)"); }
};

}  // namespace

GUICHET_PLUGIN(Guest, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
