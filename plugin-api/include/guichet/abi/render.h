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
#if GUICHET_ABI_MINOR >= 3 /* 1.1 of the table */
  /* A PDF document: a template of the package, printed on A4 with the company's foot and page numbers. data.title is the title of
   * the document, data.language ("fr", "en") its language instead of the reader's; the template sees company {name, address, email,
   * phone, website, registration, vat_number, legal} as well and includes "core:partials/pdf_company.html" for its head. It reads
   * nothing from elsewhere: pictures as data: addresses. Styles: ui.md, and the asset "pdf.css" of the package. Takes about a second,
   * therefore GUICHET_E_STATE inside a transaction. GUICHET_E_UNAVAILABLE: no program to print with; GUICHET_E_TIMEOUT. */
  guichet_status (*pdf)(guichet_ctx *ctx, guichet_str template_id, const guichet_value *data, guichet_str *out);
#endif
} guichet_render_v1;

GUICHET_END_C
#endif
