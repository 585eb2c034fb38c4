// Does what the argument "mode" says, and notes it.
#include <guichet/sdk/plugin.hpp>

#include <string>

namespace {

using guichet::Ctx;

class Worker {
public:
    explicit Worker(Ctx) {}

    void bind(guichet::Binder& b) {
        b.route<&Worker::add>("add");
        b.route<&Worker::regret>("regret");
        b.job<&Worker::run>("run");
    }

    // Mode "same_later" has a dedupe key, and an hour's time.
    void add(Ctx ctx, guichet::Request request) {
        const auto mode = request.param("mode").value_or("");
        const bool later = mode == "same_later";
        const auto run = ctx.enqueue("worker." + std::string{request.param("job").value_or("")}, ctx.object().set("mode", mode), later ? "same" : "",
                                     later ? guichet::Time{ctx.now().us + 3'600'000'000} : guichet::Time{0});
        request.send("text/plain", std::to_string(run));
    }
    void regret(Ctx ctx, guichet::Request) {
        guichet::Tx tx{ctx};
        ctx.enqueue("worker.plain", ctx.object());
        throw guichet::Error{GUICHET_E_INVALID, "changed my mind"};
    }

    void run(Ctx ctx, guichet::Job job) {
        const auto mode = job.args()["mode"].text().value_or("");
        const auto began = ctx.now();
        if (mode == "fails") throw guichet::Error{GUICHET_E_UNAVAILABLE, "not now"};
        if (mode == "throws") throw 42;
        if (mode == "leaves_open") (void)guichet::detail::api.db->begin(ctx.raw());
        if (mode == "naps") ctx.exec("select pg_sleep(0.05)");
        for (uint32_t i = 0; mode == "endless"; ++i) {
            job.progress(i % 101, "still there");
            ctx.exec("select pg_sleep(0.01)");
        }
        ctx.exec("insert into log (run_id, mode, attempt, began_at, ended_at) values ($1, $2, $3, $4, $5)", job.run_id(), mode,
                 static_cast<int64_t>(job.attempt()), began, ctx.now());
    }
};

}  // namespace

GUICHET_PLUGIN(Worker, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
