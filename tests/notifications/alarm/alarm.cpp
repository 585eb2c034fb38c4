// Tells what the body says.
#include <notifications/occasions_v1.h>
#include <guichet/sdk/plugin.hpp>

namespace {

class Alarm {
public:
    explicit Alarm(guichet::Ctx) {}
    void bind(guichet::Binder& b) { b.route<&Alarm::tell>("tell"); }

    void tell(guichet::Ctx ctx, guichet::Request request) {
        const auto occasions = ctx.service<notifications_occasions_v1>(NOTIFICATIONS_OCCASIONS, 1, 0);
        occasions(&notifications_occasions_v1::tell, request.id("ticket"), request.json().raw());
        request.json(ctx.object());
    }
};

}  // namespace

GUICHET_PLUGIN(Alarm, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
