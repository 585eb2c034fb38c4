// Requires good: calls its service, reads its view, stands in its slot.
#include <guichet/sdk/plugin.hpp>

#include "good_version_v1.h"

namespace {

class Extra {
public:
    explicit Extra(guichet::Ctx) {}
    void bind(guichet::Binder& b) {
        b.route<&Extra::show>("show");
        b.slot<&Extra::box>("box");
    }

private:
    void show(guichet::Ctx ctx, guichet::Request request) {
        const auto good = ctx.service<good_version_v1>("good.version", 1, 0);
        if (!good) throw guichet::Error{GUICHET_E_UNAVAILABLE, "good is switched off"};
        guichet_str version{};
        good(&good_version_v1::current, &version);
        const auto notes = ctx.exec("select count(*) from good.note_v1").i64(0, 0);
        request.send("text/plain", std::string{guichet::view(version)} + ' ' + std::to_string(notes));
    }
    void box(guichet::Ctx, guichet::Value, guichet::Html out) { out.text("extra"); }
};

}  // namespace

GUICHET_PLUGIN(Extra, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
