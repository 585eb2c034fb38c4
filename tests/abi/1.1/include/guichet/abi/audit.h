/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/audit.h - what administrators must be able to look up later: who did what to what, from where. (1.1) */
#ifndef GUICHET_ABI_AUDIT_H
#define GUICHET_ABI_AUDIT_H
#include "base.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

#define GUICHET_IFACE_AUDIT "guichet.audit"
typedef struct guichet_audit_v1 {
  guichet_iface h;
  /* One line in the caller's transaction; the host adds time, user, address and request id. action: "tickets.ticket_deleted"
   * (prefixed by the plugin's id); subject: "ticket/4711"; details: an object or NULL, without secrets. [ctx] */
  guichet_status (*write)(guichet_ctx *ctx, guichet_str action, guichet_str subject, const guichet_value *details);
} guichet_audit_v1;

GUICHET_END_C
#endif
#endif
