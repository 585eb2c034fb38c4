// Mailbox: what comes in by mail becomes tickets and messages.
#include <guichet/sdk/plugin.hpp>

namespace mailbox {
namespace {

class Mailbox {
public:
    explicit Mailbox(guichet::Ctx) {}

    void bind(guichet::Binder&) {}
};

}  // namespace
}  // namespace mailbox

GUICHET_PLUGIN(mailbox::Mailbox, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
