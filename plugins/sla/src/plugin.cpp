// Service levels: calendars, policies, clocks of tickets, escalation, reports.
#include "preview.hpp"

namespace sla {
namespace {

class Sla {
public:
    explicit Sla(guichet::Ctx) {}

    void bind(guichet::Binder& b) { route<preview>(b, "api.preview"); }

    template <void (*F)(guichet::Ctx, guichet::Request)>
    void handle(guichet::Ctx ctx, guichet::Request request) {
        F(ctx, request);
    }

private:
    template <void (*F)(guichet::Ctx, guichet::Request)>
    static void route(guichet::Binder& b, std::string_view handler) {
        b.route<&Sla::handle<F>>(handler);
    }
};

}  // namespace
}  // namespace sla

GUICHET_PLUGIN(sla::Sla, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
