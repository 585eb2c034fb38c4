// A plugin of version 1.0: built with the headers of tests/abi/1.0/include, it must run in every later host. It calls every
// table and answers with what it got. Never edited.
#include <guichet/sdk/plugin.hpp>

namespace {

using guichet::Ctx;

class Frozen {
public:
    explicit Frozen(Ctx) {}
    void bind(guichet::Binder& b) {
        b.route<&Frozen::everything>("everything");
        b.route<&Frozen::refused>("refused");
        b.slot<&Frozen::box>("box");
        b.service("frozen.twice", kTwice);
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
        out.set("row", rows.row(0));
        out.set("rows", rows.value());
        out.set("n", rows.i64(0, 0)).set("text", rows.text(0, 1)).set("yes", rows.boolean(0, 2)).set("at", rows.time(0, 3));
        tx.commit();
        out.set("user", ctx.user_id()).set("level", ctx.level("frozen.use")).set("teams", ctx.team_ids()).set("language", ctx.language());
        out.set("text_of", ctx.tr("Some values are not valid.")).set("plural", ctx.plural("one", "many", 2));
        out.set("list_is_null", !ctx.list("frozen.none"));
        out.set("query", request.query("q")).set("method", request.method()).set("path", request.path());
        int64_t twice = 0;
        ctx.service<Twice>("frozen.twice", 1, 0)(&Twice::of, int64_t{21}, &twice);
        out.set("twice", twice);
        ctx.log(GUICHET_LOG_INFO, "everything was called");
        request.header("ETag", "\"frozen\"");
        request.json(out);
    }
    void refused(Ctx ctx, guichet::Request) {
        guichet::Problems problems{ctx};
        problems.add("subject", "needed");
        problems.throw_if_any();
    }
    void box(Ctx, guichet::Value data, guichet::Html out) { out.text(data["name"].text().value_or("<nobody>")); }
    void twice(Ctx, int64_t n, int64_t* out) { *out = 2 * n; }

    static constexpr Twice kTwice{{sizeof(Twice), 1, 0}, guichet::service_fn<&Frozen::twice>};
};

}  // namespace

GUICHET_PLUGIN(Frozen, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
