/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/render.h - widgets: pieces of HTML on a page of another plugin. */
#ifndef GUICHET_ABI_RENDER_H
#define GUICHET_ABI_RENDER_H
#include "base.h"
GUICHET_BEGIN_C

typedef struct guichet_html guichet_html; /* append-only buffer of safe HTML */
/* slot_data is what the page's template passed to the slot. [worker] */
typedef guichet_status (*guichet_slot_fn)(void *self, guichet_ctx *ctx, const guichet_value *slot_data, guichet_html *out);

#define GUICHET_IFACE_RENDER "guichet.render"
typedef struct guichet_render_v1 { /* all [ctx] */
  guichet_iface h;
  /* Appends a template of the package. */
  guichet_status (*render)(guichet_ctx *ctx, guichet_str template_id, const guichet_value *data, guichet_html *out);
  /* Appends text, escaped. */
  guichet_status (*text)(guichet_html *out, guichet_str untrusted);
} guichet_render_v1;

GUICHET_END_C
#endif
