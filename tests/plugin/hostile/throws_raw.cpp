// C++ without the SDK's barrier: exceptions leave through the C functions.
#include <guichet/abi/plugin.h>

#include <stdexcept>

namespace {

guichet_status create(const guichet_host*, guichet_ctx*, void** self) {
    static int the_self;
    *self = &the_self;
    return GUICHET_OK;
}
guichet_status bind(void*, guichet_ctx*, const guichet_binder*) { return GUICHET_OK; }
guichet_status start(void*, guichet_ctx*) { throw std::runtime_error{"no barrier"}; }
void drain(void*) { throw 1; }
void destroy(void*) { throw 2; }

constexpr guichet_plugin_v1 kPlugin{sizeof(guichet_plugin_v1), GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR, GUICHET_STR(GUICHET_PLUGIN_ID),
                                    GUICHET_STR(GUICHET_PLUGIN_VERSION), {}, create, bind, start, drain, destroy};

}  // namespace

extern "C" GUICHET_EXPORT const guichet_plugin_v1* guichet_plugin_main(void) { return &kPlugin; }
