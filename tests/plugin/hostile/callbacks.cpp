// Every kind of callback throws; one leaves a transaction open.
#include <guichet/sdk/plugin.hpp>

namespace {

class Callbacks {
public:
    explicit Callbacks(guichet::Ctx) {}
    void bind(guichet::Binder& b) {
        b.route<&Callbacks::error>("error");
        b.route<&Callbacks::integer>("int");
        b.route<&Callbacks::transaction>("transaction");
        b.slot<&Callbacks::widget>("error");
    }

private:
    void error(guichet::Ctx, guichet::Request) { throw guichet::Error{GUICHET_E_CONFLICT, "thrown on purpose", "subject"}; }
    void integer(guichet::Ctx, guichet::Request) { throw 7; }
    void transaction(guichet::Ctx ctx, guichet::Request) {
        (void)guichet::detail::api.db->begin(ctx.raw());
        ctx.exec("select 1");
    }
    void widget(guichet::Ctx, guichet::Value, guichet::Html) { throw 7; }
};

}  // namespace

GUICHET_PLUGIN(Callbacks, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
