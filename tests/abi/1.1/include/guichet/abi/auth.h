/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/auth.h - who acts, and what he may do. */
#ifndef GUICHET_ABI_AUTH_H
#define GUICHET_ABI_AUTH_H
#include "base.h"
GUICHET_BEGIN_C

/* Levels of a permission "<object>.<verb>", verb = read | create | update | delete. */
enum { GUICHET_LEVEL_NONE = 0, GUICHET_LEVEL_OWN = 1, GUICHET_LEVEL_TEAM = 2, GUICHET_LEVEL_ALL = 3 };

#define GUICHET_IFACE_AUTH "guichet.auth"
typedef struct guichet_auth_v1 { /* all [ctx] */
  guichet_iface h;
  int64_t (*user_id)(guichet_ctx *ctx); /* 0 = anonymous, -1 = system (lifecycle, jobs) */
  /* GUICHET_LEVEL_*; a plain permission ("core.modules") has NONE or ALL. System has ALL. */
  int32_t (*level)(guichet_ctx *ctx, guichet_str permission);
  /* GUICHET_OK, or GUICHET_E_DENIED when the level is NONE. */
  guichet_status (*require)(guichet_ctx *ctx, guichet_str permission);
  /* Teams the user belongs to: array of I64. */
  const guichet_value *(*team_ids)(guichet_ctx *ctx);
  /* Active users [{id, name, login}] and teams [{id, name}], by name: for choices and labels. Cached by
   * the host and shared: do not edit. */
  const guichet_value *(*users)(guichet_ctx *ctx);
  const guichet_value *(*teams)(guichet_ctx *ctx);
} guichet_auth_v1;

GUICHET_END_C
#endif
