// Notes the orders it is told of, or fails as the item says.
#include <guichet/sdk/plugin.hpp>

namespace {

class Log {
public:
    explicit Log(guichet::Ctx) {}
    void bind(guichet::Binder& b) { b.subscriber<&Log::ordered>("ordered"); }

    void ordered(guichet::Ctx ctx, guichet::Event event) {
        const auto item = event.data()["item"].text().value_or("");
        ctx.exec("insert into seen (delivery_id, subject, order_id, attempt) values ($1, $2, $3, $4)", event.delivery_id(), event.subject(),
                 event.data()["id"].integer().value_or(0), static_cast<int64_t>(event.attempt()));
        if (item == "never" || (item == "third_time" && event.attempt() < 3)) throw guichet::Error{GUICHET_E_UNAVAILABLE, "not now"};
        if (item == "throws") throw 42;
        if (item == "hides_error") hide_error(ctx);
        if (item == "leaves_open") (void)guichet::detail::api.db->begin(ctx.raw());
        // The first attempt waits for whoever holds the lock.
        if (item == "waits" && event.attempt() == 1) ctx.exec("select pg_advisory_xact_lock(4711)");
    }

private:
    static void hide_error(guichet::Ctx ctx) {
        try {
            ctx.exec("select 1 / 0");
        } catch (const guichet::Error&) {
            // the transaction is lost all the same
        }
    }
};

}  // namespace

GUICHET_PLUGIN(Log, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
