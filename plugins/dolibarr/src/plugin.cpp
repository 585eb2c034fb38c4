// The bridge to a Dolibarr: what it knows comes in, what is done here goes out.
#include <guichet/sdk/plugin.hpp>

namespace dolibarr {
namespace {

class Bridge {
public:
    explicit Bridge(guichet::Ctx) {}
    void bind(guichet::Binder&) {}
};

}  // namespace
}  // namespace dolibarr

GUICHET_PLUGIN(dolibarr::Bridge, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
