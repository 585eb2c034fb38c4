/* Service "good.version" 1.0: the version of the plugin that answers. */
#ifndef GOOD_VERSION_V1_H
#define GOOD_VERSION_V1_H
#include <guichet/abi/plugin.h>

typedef struct good_version_v1 {
  guichet_iface h;
  guichet_status (*current)(void *self, guichet_ctx *ctx, guichet_str *out);
} good_version_v1;

#endif
