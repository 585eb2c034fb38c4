// Built without the version script: a second symbol is visible.
#include <guichet/abi/plugin.h>

extern "C" GUICHET_EXPORT int somebody_elses_business(void) { return 1; }
extern "C" GUICHET_EXPORT const guichet_plugin_v1* guichet_plugin_main(void) { return nullptr; }
