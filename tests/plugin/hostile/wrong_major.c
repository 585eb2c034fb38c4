/* Built for a plugin API that this host does not have. */
#include <guichet/abi/plugin.h>

const guichet_plugin_v1 *guichet_plugin_main(void) {
  static const guichet_plugin_v1 plugin = {sizeof(guichet_plugin_v1), GUICHET_ABI_MAJOR + 1, 0, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0};
  return &plugin;
}
