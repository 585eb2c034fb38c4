// Knows one label, and notes which requests came with one.
#include <guichet/sdk/plugin.hpp>

namespace {

class Labels {
public:
    explicit Labels(guichet::Ctx) {}
    void bind(guichet::Binder& b) {
        b.hook<&Labels::shown>("shown");
        b.subscriber<&Labels::received>("received");
    }

    void shown(guichet::Ctx, guichet::Event event) {
        auto data = event.data();
        if (data["reference"].text() == "PUMP-7") data.set("label", "Pump <7>, cellar");
    }
    void received(guichet::Ctx ctx, guichet::Event event) {
        ctx.exec("insert into received (ticket_id, reference) values ($1, $2)", event.data()["ticket_id"].integer().value_or(0),
                 event.data()["reference"].text().value_or("?"));
    }
};

}  // namespace

GUICHET_PLUGIN(Labels, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
