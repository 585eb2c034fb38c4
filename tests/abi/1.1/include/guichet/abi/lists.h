/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/lists.h - lists (dictionaries) that administrators edit, such as the types of ticket.
 * A manifest declares a list with its first entries; the host stores it (rows S0-06 to S0-08, S2-37). */
#ifndef GUICHET_ABI_LISTS_H
#define GUICHET_ABI_LISTS_H
#include "base.h"
GUICHET_BEGIN_C

#define GUICHET_IFACE_LISTS "guichet.lists"
typedef struct guichet_lists_v1 { /* all [ctx] */
  guichet_iface h;
  /* [{id, code, label, color, active}] in the administrator's order, labels in the language of ctx.
   * Cached by the host and shared: do not edit. NULL when there is no such list. */
  const guichet_value *(*items)(guichet_ctx *ctx, guichet_str list_id);
} guichet_lists_v1;

GUICHET_END_C
#endif
