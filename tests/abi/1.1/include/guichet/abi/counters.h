/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/counters.h - numbers of documents by the mask that administrators edit (rows S0-16 to S0-19). (1.1) */
#ifndef GUICHET_ABI_COUNTERS_H
#define GUICHET_ABI_COUNTERS_H
#include "base.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

#define GUICHET_IFACE_COUNTERS "guichet.counters"
typedef struct guichet_counters_v1 {
  guichet_iface h;
  /* The next number of a counter of this plugin's manifest, for the date of at_us in the company's time zone. Without
   * gaps: taken back when the transaction rolls back, and other writers wait for its end, so call it last.
   * GUICHET_E_STATE without an open transaction; GUICHET_E_CONFLICT when the mask has no room left. [ctx] */
  guichet_status (*next)(guichet_ctx *ctx, guichet_str counter_id, int64_t at_us, guichet_str *out);
} guichet_counters_v1;

GUICHET_END_C
#endif
#endif
