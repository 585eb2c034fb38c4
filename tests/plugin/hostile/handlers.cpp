// Binds the handlers a and b, whatever the manifest names.
#include <guichet/sdk/plugin.hpp>

namespace {

class Handlers {
public:
    explicit Handlers(guichet::Ctx) {}
    void bind(guichet::Binder& b) {
        b.route<&Handlers::nothing>("a");
        b.route<&Handlers::nothing>("b");
    }

private:
    void nothing(guichet::Ctx, guichet::Request) {}
};

}  // namespace

GUICHET_PLUGIN(Handlers, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
