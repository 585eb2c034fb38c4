// Writes down every calendar that comes by mail, and takes answers.
#include <guichet/sdk/plugin.hpp>

namespace {

class Diary {
public:
    explicit Diary(guichet::Ctx) {}
    void bind(guichet::Binder& b) { b.hook<&Diary::received>("received"); }

    void received(guichet::Ctx ctx, guichet::Event event) {
        auto data = event.data();
        const auto text = [&](std::string_view member) { return data[member].text().value_or("?"); };
        if (text("calendar").find("FAULTY") != std::string_view::npos) event.veto("this calendar cannot be read");
        ctx.exec("insert into received (mail_id, sender, authenticated, method, calendar) values ($1, $2, $3, $4, $5)",
                 data["mail_id"].integer(), text("from"), data["authenticated"].boolean(), text("method"), text("calendar"));
        if (text("method") == "REPLY") data.set("taken", true);
    }
};

}  // namespace

GUICHET_PLUGIN(Diary, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
