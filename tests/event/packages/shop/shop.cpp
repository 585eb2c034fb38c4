// Publishes events about orders. What its hooks and subscribers shall do is the name of the item.
#include <guichet/sdk/plugin.hpp>

#include <string>

namespace {

using guichet::Ctx;
using guichet::Value;

class Shop {
public:
    explicit Shop(Ctx) {}

    void bind(guichet::Binder& b) {
        b.route<&Shop::order>("order");
        b.route<&Shop::loose>("loose");
        b.route<&Shop::undeclared>("undeclared");
        b.route<&Shop::wrong>("wrong");
        b.route<&Shop::again>("again");
        b.route<&Shop::deep>("deep");
        b.hook<&Shop::nested>("nested");
    }

    void order(Ctx ctx, guichet::Request request) {
        const auto id = request.id();
        const auto item = request.param("item").value_or("");
        const auto subject = "order/" + std::to_string(id % 10);
        auto data = new_order(ctx, id, item);
        guichet::Tx tx{ctx};
        ctx.before("shop.ordering", 1, subject, data);
        std::string notes;
        for (std::size_t i = 0; i < data["notes"].size(); ++i) notes += data["notes"][i].text().value_or("");
        ctx.exec("insert into orders (id, item, price, notes) values ($1, $2, $3, $4)", id, item, data["price"].integer().value_or(-1), notes);
        ctx.after("shop.ordered", 1, subject, data);
        if (item == "changed_my_mind") throw guichet::Error{GUICHET_E_INVALID, "changed my mind"};
        tx.commit();
        request.send("text/plain", "ordered");
    }
    void loose(Ctx ctx, guichet::Request) { ctx.after("shop.ordered", 1, "order/1", new_order(ctx, 1, "loose")); }
    void undeclared(Ctx ctx, guichet::Request) {
        guichet::Tx tx{ctx};
        ctx.after("shop.lost", 1, "order/1", ctx.object());
    }
    void wrong(Ctx ctx, guichet::Request) {
        guichet::Tx tx{ctx};
        ctx.after("shop.ordered", 1, "order/1", new_order(ctx, 1, "wrong").set("price", "free"));
    }
    void again(Ctx ctx, guichet::Request) { publish_nested(ctx, 1, true); }
    void deep(Ctx ctx, guichet::Request) { publish_nested(ctx, 1, false); }

    void nested(Ctx ctx, guichet::Event event) {
        const bool again = event.data()["again"].boolean().value_or(false);
        publish_nested(ctx, event.data()["level"].integer().value_or(0) + (again ? 0 : 1), again);
    }

private:
    static Value new_order(Ctx ctx, int64_t id, std::string_view item) {
        return ctx.object().set("id", id).set("item", item).set("price", 10).set("notes", ctx.array());
    }
    static void publish_nested(Ctx ctx, int64_t level, bool again) {
        guichet::Tx tx{ctx};
        ctx.before("shop.nested", 1, "level/" + std::to_string(level), ctx.object().set("level", level).set("again", again));
        tx.commit();
    }
};

}  // namespace

GUICHET_PLUGIN(Shop, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
