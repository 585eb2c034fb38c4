/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/fields.h - fields that administrators add to objects (rows S0-22 to S0-24, S1-14, S2-38, S2-39). (1.1)
 *
 * A manifest marks an object with "custom_fields": true. Its plugin keeps the values in one jsonb column
 * {code: value}; the host keeps the definitions, draws the form and checks what comes in. Canonical values: text and
 * list code = string; integer, user, account, equipment = number (ids); decimal = string "12.50"; money = {"amount": minor units,
 * "currency": "EUR"}; date = "2026-11-22"; date-time = RFC 3339 UTC; yes/no = true/false. */
#ifndef GUICHET_ABI_FIELDS_H
#define GUICHET_ABI_FIELDS_H
#include "base.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

enum { GUICHET_AUDIENCE_INTERNAL = 1, GUICHET_AUDIENCE_PUBLIC = 2 }; /* IN, OUT; a field may be for both (3) */

#define GUICHET_IFACE_FIELDS "guichet.fields"
typedef struct guichet_fields_v1 { /* all [ctx] */
  guichet_iface h;
  /* Active fields of an object for an audience, in order: [{code, label, type, group, help, mandatory, in_form, more_info,
   * searchable, filterable, options: [{value, label}]}]. Cached and shared: do not edit. */
  const guichet_value *(*definitions)(guichet_ctx *ctx, guichet_str object_id, uint32_t audience);
  /* Checks values from outside, {code: text of a form or JSON value}, and returns stored with them put in, canonical.
   * stored may be NULL: a new object. Codes not in input keep their value; null or "" removes one. Each problem is
   * reported through core.problem under "custom.<code>" and the result is GUICHET_E_INVALID. */
  guichet_status (*merge)(guichet_ctx *ctx, guichet_str object_id, uint32_t audience, const guichet_value *stored_or_null,
                          const guichet_value *input, guichet_value **out);
  /* For pages: [{code, label, type, group, mandatory, in_form, more_info, help, value (for a form control), text (for
   * people), options}] in order, fields without a value included. Templates draw it with partials/custom_fields.html. */
  guichet_value *(*present)(guichet_ctx *ctx, guichet_str object_id, uint32_t audience, const guichet_value *stored_or_null);
} guichet_fields_v1;

GUICHET_END_C
#endif
#endif
