// Built by clang++ with its own, static C++ runtime.
#include <guichet/sdk/plugin.hpp>

#include <stdexcept>

namespace {

class LibCxx {
public:
    explicit LibCxx(guichet::Ctx) {}
    void bind(guichet::Binder& b) {
        b.route<&LibCxx::fail>("throw");
        b.route<&LibCxx::hello>("hello");
    }

private:
    void fail(guichet::Ctx, guichet::Request) { throw std::runtime_error{"thrown by libc++"}; }
    void hello(guichet::Ctx, guichet::Request request) { request.send("text/plain", "hello from libc++"); }
};

}  // namespace

GUICHET_PLUGIN(LibCxx, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
