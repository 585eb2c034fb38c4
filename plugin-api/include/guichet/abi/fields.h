/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/fields.h - fields that administrators add to objects (rows S0-22 to S0-24, S1-14, S2-38, S2-39). (1.1)
 *
 * A manifest marks an object with "custom_fields": true. Its plugin keeps the values in one jsonb column
 * {code: value}, "custom jsonb not null default '{}'" of a table in its schema that is named like the last part of the object's id
 * and has a bigint id: there the host counts and removes values when a field is deleted. The host keeps the definitions, draws the form and checks what comes in. Canonical values: text and
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
   * stored may be NULL: a new object, which must have every mandatory field that forms of the audience show. Codes not in
   * input keep their value; null or "" removes one. When something is wrong the result is GUICHET_E_INVALID and *out is
   * {"custom.<code>": message}, to be reported with the other problems of the form (core.problem). */
  guichet_status (*merge)(guichet_ctx *ctx, guichet_str object_id, uint32_t audience, const guichet_value *stored_or_null,
                          const guichet_value *input, guichet_value **out);
  /* For pages: [{code, label, type, group, mandatory, in_form, more_info, help, value (for a form control), text (for
   * people), options}] in order, fields without a value included. Templates draw it with partials/custom_fields.html. */
  guichet_value *(*present)(guichet_ctx *ctx, guichet_str object_id, uint32_t audience, const guichet_value *stored_or_null);
#if GUICHET_ABI_MINOR >= 2 /* 1.1 of the table */
  /* The form that makes an object, as the administrator has arranged it for GUICHET_AUDIENCE_INTERNAL or _PUBLIC: the fields of the
   * manifest's objects[].form and the custom ones in one order, those not shown included: [{code, label, type, standard, shown,
   * mandatory, fixed, more_info}]. The code of a custom field is "custom.<code>". merge checks the custom ones; whether a
   * mandatory standard field has a value is the plugin's to check. NULL: see the error. */
  guichet_value *(*form)(guichet_ctx *ctx, guichet_str object_id, uint32_t audience);
#endif
} guichet_fields_v1;

/* What a field of type account or equipment may name: the service "<plugin>.lookup_account" or "<plugin>.lookup_equipment"
 * 1.0 of whichever plugin has such objects. Each applies the owner's read filter for the current user. [ctx] */
typedef struct guichet_lookup_v1 {
  guichet_iface h;
  /* {id, name, url: path of its page or ""}; GUICHET_E_NOT_FOUND when there is none for this user. */
  guichet_status (*find)(void *self, guichet_ctx *ctx, int64_t id, guichet_value **out);
  /* Active ones that match the words, the best first: array of the same. */
  guichet_status (*search)(void *self, guichet_ctx *ctx, guichet_str words, int32_t limit, guichet_value **out);
} guichet_lookup_v1;

GUICHET_END_C
#endif
#endif
