// Throws in its constructor, in bind() or in start(): an Error or an int.
#include <guichet/sdk/plugin.hpp>

namespace {

[[noreturn]] void fail() {
#ifdef THROW_INT
    throw 7;
#else
    throw guichet::Error{GUICHET_E_STATE, "thrown on purpose"};
#endif
}

class Throws {
public:
    explicit Throws(guichet::Ctx) {
#ifdef THROW_IN_CONSTRUCTOR
        fail();
#endif
    }
    void bind(guichet::Binder& b) {
        b.route<&Throws::a>("a");
#ifdef THROW_IN_BIND
        fail();
#endif
    }
    void start(guichet::Ctx) {
#ifdef THROW_IN_START
        fail();
#endif
    }

private:
    [[maybe_unused]] static void never() { fail(); }
    void a(guichet::Ctx, guichet::Request) {}
};

}  // namespace

GUICHET_PLUGIN(Throws, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
