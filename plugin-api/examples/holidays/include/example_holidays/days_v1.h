/* SPDX-License-Identifier: Apache-2.0
 * example_holidays/days_v1.h - service "example.holidays.days" 1.0. */
#ifndef EXAMPLE_HOLIDAYS_DAYS_V1_H
#define EXAMPLE_HOLIDAYS_DAYS_V1_H
#include <guichet/abi/base.h>
GUICHET_BEGIN_C

#define EXAMPLE_HOLIDAYS_DAYS "example.holidays.days"
typedef struct example_holidays_days_v1 {
  guichet_iface h;
  /* Name (msgid in English) of the public holiday in metropolitan France on a day of the Gregorian calendar, or empty.
   * GUICHET_E_INVALID when there is no such day. [ctx] */
  guichet_status (*name_of)(void *self, guichet_ctx *ctx, int32_t year, uint32_t month, uint32_t day, guichet_str *out);
} example_holidays_days_v1;

GUICHET_END_C
#endif
