// Refuses some tickets and accounts by what they are called, and changes others: for better and for worse.
#include <guichet/sdk/plugin.hpp>

namespace {

class Strict {
public:
    explicit Strict(guichet::Ctx) {}
    void bind(guichet::Binder& b) {
        b.hook<&Strict::check>("check");
        b.hook<&Strict::check_account>("check.account");
        b.slot<&Strict::reason>("reason");
    }

    void check(guichet::Ctx, guichet::Event event) {
        auto data = event.data();
        const auto title = data["subject"].text().value_or("");
        if (title == "forbidden") event.veto("Such tickets are not taken.", "priority");
        if (title == "unexplained" && data["ext"]["strict"]["reason"].text().value_or("").empty()) event.veto("Say why.", "strict.reason");
        if (title == "shouted") data.set("subject", "  SHOUTED\t!");
        if (title == "mislabelled") data.set("priority", "NONSENSE");
        if (title == "misassigned") data.set("assignee", int64_t{999'999});
    }
    void check_account(guichet::Ctx, guichet::Event event) {
        auto data = event.data();
        const auto name = data["name"].text().value_or("");
        if (name == "forbidden") event.veto("Such accounts are not taken.", "town");
        if (name == "shouted") data.set("name", "SHOUTED ").set("town", "Lyon");
        if (name == "mislabelled") data.set("email", "nobody");
    }
    void reason(guichet::Ctx, guichet::Value data, guichet::Html out) { out.render("reason.html", data); }
};

}  // namespace

GUICHET_PLUGIN(Strict, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
