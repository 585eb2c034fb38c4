// Hooks on orders, well-behaved and not.
#include <guichet/sdk/plugin.hpp>

namespace {

using guichet::Ctx;
using guichet::Event;

class Rules {
public:
    explicit Rules(Ctx) {}

    void bind(guichet::Binder& b) {
        b.hook<&Rules::ordering>("ordering");
        b.hook<&Rules::ordered>("ordered");
    }

    void ordering(Ctx ctx, Event event) {
        auto data = event.data();
        data["notes"].push(std::string_view{GUICHET_PLUGIN_ID "."});
        const auto item = data["item"].text().value_or("");
        if (item == GUICHET_PLUGIN_ID "_vetoes") event.veto("Not for sale.", "item");
        if (item == GUICHET_PLUGIN_ID "_doubles") data.set("price", data["price"].integer().value_or(0) * 2);
        if (item == GUICHET_PLUGIN_ID "_renames") data.set("item", "another");
        if (item == GUICHET_PLUGIN_ID "_spoils") data.set("price", -1);
        if (item == GUICHET_PLUGIN_ID "_throws") throw 42;
        if (item == GUICHET_PLUGIN_ID "_begins") (void)guichet::detail::api.db->begin(ctx.raw());
        if (item == GUICHET_PLUGIN_ID "_commits") guichet::detail::check(ctx.raw(), guichet::detail::api.db->commit(ctx.raw()));
        if (item == GUICHET_PLUGIN_ID "_sleeps") ctx.exec("select pg_sleep(30)");
    }

    void ordered(Ctx ctx, Event event) {
        const auto item = event.data()["item"].text().value_or("");
        if (item == GUICHET_PLUGIN_ID "_refuses_after") throw guichet::Error{GUICHET_E_CONFLICT, "too late"};
        if (item == GUICHET_PLUGIN_ID "_writes_outbox") ctx.exec("insert into core.outbox (event) values ('x')");
    }
};

}  // namespace

GUICHET_PLUGIN(Rules, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
