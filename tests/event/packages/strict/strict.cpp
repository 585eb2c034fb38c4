// Refuses some titles of tickets, and changes others.
#include <guichet/sdk/plugin.hpp>

namespace {

class Strict {
public:
    explicit Strict(guichet::Ctx) {}
    void bind(guichet::Binder& b) { b.hook<&Strict::check>("check"); }

    void check(guichet::Ctx, guichet::Event event) {
        auto data = event.data();
        const auto title = data["subject"].text().value_or("");
        if (title == "forbidden") event.veto("Such tickets are not taken.", "priority");
        if (title == "shouted") data.set("subject", "SHOUTED");
    }
};

}  // namespace

GUICHET_PLUGIN(Strict, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
