/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/log.h - structured log of the host. */
#ifndef GUICHET_ABI_LOG_H
#define GUICHET_ABI_LOG_H
#include "base.h"
GUICHET_BEGIN_C

enum { GUICHET_LOG_DEBUG = 1, GUICHET_LOG_INFO = 2, GUICHET_LOG_WARN = 3, GUICHET_LOG_ERROR = 4 };

#define GUICHET_IFACE_LOG "guichet.log"
typedef struct guichet_log_v1 {
  guichet_iface h;
  /* One line; the host adds time, plugin, request id and user. Put no secret and no personal data
   * into msg. [ctx] */
  void (*write)(guichet_ctx *ctx, uint32_t level, guichet_str msg);
} guichet_log_v1;

GUICHET_END_C
#endif
