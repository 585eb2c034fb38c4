/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/services.h - tables of functions that one plugin offers to others. */
#ifndef GUICHET_ABI_SERVICES_H
#define GUICHET_ABI_SERVICES_H
#include "base.h"
GUICHET_BEGIN_C

#define GUICHET_IFACE_SERVICES "guichet.services"
typedef struct guichet_services_v1 {
  guichet_iface h;
  /* The provider's table (first member guichet_iface) and its self, to be passed as first argument.
   * Both are valid until ctx ends: never keep them longer. NULL when the provider is switched off or
   * older than major.min_minor. [ctx] */
  const void *(*acquire)(guichet_ctx *ctx, guichet_str id, uint16_t major, uint16_t min_minor, void **self);
  /* A service function runs on the caller's ctx. Between enter and leave that ctx acts for the provider:
   * its database role, its texts, its templates; the user and the transaction stay the caller's. host is
   * the object that guichet_plugin_v1.create received. The SDK does both. [ctx] */
  guichet_status (*enter)(guichet_ctx *ctx, const guichet_host *host);
  void (*leave)(guichet_ctx *ctx);
} guichet_services_v1;

GUICHET_END_C
#endif
