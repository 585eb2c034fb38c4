/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/i18n.h - texts in the user's language; the gettext domain is the plugin id. */
#ifndef GUICHET_ABI_I18N_H
#define GUICHET_ABI_I18N_H
#include "base.h"
GUICHET_BEGIN_C

#define GUICHET_IFACE_I18N "guichet.i18n"
typedef struct guichet_i18n_v1 { /* all [ctx] */
  guichet_iface h;
  /* The msgid itself when there is no translation. */
  guichet_str (*text)(guichet_ctx *ctx, guichet_str msgid);
  guichet_str (*plural)(guichet_ctx *ctx, guichet_str one, guichet_str many, int64_t n);
} guichet_i18n_v1;

GUICHET_END_C
#endif
