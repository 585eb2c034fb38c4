// A thread-local with a destructor keeps the library mapped until every thread that used it has ended.
#include <guichet/sdk/plugin.hpp>

namespace {

thread_local std::string last_user;

class ThreadLocal {
public:
    explicit ThreadLocal(guichet::Ctx) { last_user = "a name that is too long for the small string buffer"; }
    void bind(guichet::Binder&) {}
};

}  // namespace

GUICHET_PLUGIN(ThreadLocal, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
