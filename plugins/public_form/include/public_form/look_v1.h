/* SPDX-License-Identifier: Apache-2.0
 * public_form/look_v1.h - service "public_form.look" 1.0: the name, the colours and the logo of the public pages, for those of other
 * plugins.
 *
 * [ctx]; *out lives in the arena of ctx. */
#ifndef PUBLIC_FORM_LOOK_V1_H
#define PUBLIC_FORM_LOOK_V1_H
#include <guichet/abi/base.h>
GUICHET_BEGIN_C

#define PUBLIC_FORM_LOOK "public_form.look"
typedef struct public_form_look_v1 {
  guichet_iface h;
  /* {name, in the language of ctx; style: path of a style sheet; logo: path of a picture or ""}. */
  guichet_status (*get)(void *self, guichet_ctx *ctx, guichet_value **out);
} public_form_look_v1;

GUICHET_END_C
#endif
