// A plugin of version 1.1: built with the headers of tests/abi/1.1/include, it must run in every later host. It calls what
// 1.1 added and answers with what it got. Never edited.
#include <guichet/sdk/plugin.hpp>

namespace {

using guichet::Ctx;

class Frozen {
public:
    explicit Frozen(Ctx) {}
    void bind(guichet::Binder& b) {
        b.route<&Frozen::everything>("everything");
        b.route<&Frozen::refused>("refused");
        b.route<&Frozen::form>("form");
        b.route<&Frozen::seen>("seen");
        b.slot<&Frozen::box>("box");
        b.service("frozen.twice", kTwice);
        b.hook<&Frozen::creating>("creating");
        b.hook<&Frozen::created>("created");
        b.subscriber<&Frozen::later>("later");
        b.job<&Frozen::tick>("tick");
        b.search<&Frozen::search>("search");
        b.badge<&Frozen::badge>("badge");
    }

    struct Twice {
        guichet_iface h;
        guichet_status (*of)(void*, guichet_ctx*, int64_t, int64_t*);
    };

private:
    void everything(Ctx ctx, guichet::Request request) {
        auto out = ctx.object();
        guichet::Tx tx{ctx};
        const auto rows = ctx.exec("select $1::bigint + 1 as n, $2::text as text, true as yes, $3::timestamptz as at, null::int as nothing", 41,
                                   "déjà vu", guichet::Time{1'700'000'000'000'000});
        out.set("row", rows.row(0)).set("rows", rows.value());
        out.set("n", rows.i64(0, 0)).set("text", rows.text(0, 1)).set("at", rows.time(0, 3));
        auto note = ctx.object();
        note.set("text", "first");
        ctx.before("frozen.note_creating", 1, "note/1", note);
        out.set("edited", note["text"]).set("edited_by", ctx.edited_by("text"));
        ctx.after("frozen.note_created", 1, "note/1", note);
        auto args = ctx.object();
        args.set("n", 1);
        out.set("run_again", ctx.enqueue("frozen.tick", args, "once") == ctx.enqueue("frozen.tick", args, "once"));
        out.set("number", ctx.next_number("frozen.ref", guichet::Time{1'700'000'000'000'000}));
        const auto file = ctx.put_file("../a\nb.txt", "content");
        out.set("file", ctx.read_file(file.id)).set("file_name", ctx.file(file.id).name).set("file_type", file.type).set("bytes", file.bytes);
        ctx.remove_file(file.id);
        ctx.audit("frozen.done", "note/1", note);
        tx.commit();
        out.set("setting", ctx.settings()["days"]);
        out.set("fields", ctx.fields("frozen.note", GUICHET_AUDIENCE_INTERNAL)[0]["code"]);
        out.set("custom", ctx.merge_fields("frozen.note", GUICHET_AUDIENCE_INTERNAL, ctx.object(), ctx.object()));
        out.set("columns", ctx.columns("frozen.notes").size()).set("actions", ctx.actions("frozen.note", out).size());
        out.set("user", ctx.user_id()).set("language", ctx.language()).set("plural", ctx.plural("one", "many", 2));
        out.set("list_is_null", !ctx.list("frozen.none")).set("query", request.query("q"));
        int64_t twice = 0;
        ctx.service<Twice>("frozen.twice", 1, 0)(&Twice::of, int64_t{21}, &twice);
        out.set("twice", twice);
        request.header("ETag", "\"frozen\"");
        request.json(out);
    }
    void refused(Ctx ctx, guichet::Request) {
        guichet::Problems problems{ctx};
        problems.add("subject", "needed");
        problems.throw_if_any();
    }
    void form(Ctx, guichet::Request request) { request.json(request.extensions()); }
    void seen(Ctx ctx, guichet::Request request) {
        request.json(ctx.exec("select count(*) filter (where what = 'after') as after, count(*) filter (where what = 'later') as later,"
                              " count(*) filter (where what = 'tick') as tick from seen").row(0));
    }
    void creating(Ctx, guichet::Event event) { event.data().set("text", "edited"); }
    void created(Ctx ctx, guichet::Event) { ctx.exec("insert into seen (what) values ('after')"); }
    void later(Ctx ctx, guichet::Event) { ctx.exec("insert into seen (what) values ('later')"); }
    void tick(Ctx ctx, guichet::Job job) {
        job.progress(50, "half");
        if (job.args()["n"].integer() == 1) ctx.exec("insert into seen (what) values ('tick')");
    }
    void search(Ctx ctx, std::string_view query, std::size_t, guichet::Value hits) {
        auto hit = ctx.object();
        hit.set("title", query).set("path", "/frozen");
        hits.push(hit);
    }
    int64_t badge(Ctx) { return 3; }
    void box(Ctx, guichet::Value data, guichet::Html out) { out.text(data["name"].text().value_or("<nobody>")); }
    void twice(Ctx, int64_t n, int64_t* out) { *out = 2 * n; }

    static constexpr Twice kTwice{{sizeof(Twice), 1, 0}, guichet::service_fn<&Frozen::twice>};
};

}  // namespace

GUICHET_PLUGIN(Frozen, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
