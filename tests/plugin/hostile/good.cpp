// A well-behaved plugin, built as 1.0.0 and as 1.1.0.
#include <guichet/sdk/plugin.hpp>

#include "good_version_v1.h"

namespace {

class Good {
public:
    explicit Good(guichet::Ctx) {}
    void bind(guichet::Binder& b) {
        b.route<&Good::version>("version");
        b.route<&Good::note>("note");
        b.slot<&Good::tile>("tile");
        b.service("good.version", kService);
    }

private:
    void version(guichet::Ctx, guichet::Request request) { request.send("text/plain", GUICHET_PLUGIN_VERSION); }
    void note(guichet::Ctx ctx, guichet::Request request) {
        const auto rows = ctx.exec("select text from note where id = $1", request.id());
        if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such note"};
        request.send("text/plain", rows.text(0, 0));
    }
    void tile(guichet::Ctx, guichet::Value, guichet::Html out) { out.text("<good>"); }
    void current(guichet::Ctx ctx, guichet_str* out) { *out = guichet::str(ctx.dup(GUICHET_PLUGIN_VERSION)); }

    static constexpr good_version_v1 kService{{sizeof(good_version_v1), 1, 0}, guichet::service_fn<&Good::current>};
};

}  // namespace

GUICHET_PLUGIN(Good, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
