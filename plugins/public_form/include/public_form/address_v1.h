/* SPDX-License-Identifier: Apache-2.0
 * public_form/address_v1.h - service "public_form.address" 1.0: where customers send their requests, for labels and documents.
 *
 * [ctx]; *out lives in the arena of ctx. */
#ifndef PUBLIC_FORM_ADDRESS_V1_H
#define PUBLIC_FORM_ADDRESS_V1_H
#include <guichet/abi/base.h>
GUICHET_BEGIN_C

#define PUBLIC_FORM_ADDRESS "public_form.address"
typedef struct public_form_address_v1 {
  guichet_iface h;
  /* The whole address of the request form, "https://desk.example.org/public/new?ref=…". reference: of [A-Za-z0-9_-], at most 64
   * characters, which comes back with the events public_form.reference_shown and public_form.request_received; "": none.
   * GUICHET_E_INVALID for anything else. */
  guichet_status (*request_form)(void *self, guichet_ctx *ctx, guichet_str reference, guichet_str *out);
} public_form_address_v1;

GUICHET_END_C
#endif
