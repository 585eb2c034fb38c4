// Says another id or version than its manifest.
#include <guichet/sdk/plugin.hpp>

namespace {

class Misnamed {
public:
    explicit Misnamed(guichet::Ctx) {}
    void bind(guichet::Binder&) {}
};

}  // namespace

GUICHET_PLUGIN(Misnamed, SAID_ID, SAID_VERSION)
