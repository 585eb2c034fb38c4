/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/pages.h - what other plugins add to lists and pages: columns, actions, search, badges. (1.1) */
#ifndef GUICHET_ABI_PAGES_H
#define GUICHET_ABI_PAGES_H
#include "render.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

/* One call per page of a list, never one per row: cells[i] belongs to ids[i]. [worker] */
typedef struct guichet_column_request {
  uint32_t size;
  uint32_t count;
  guichet_str column_id;
  const int64_t *ids;
} guichet_column_request;
typedef guichet_status (*guichet_column_fn)(void *self, guichet_ctx *ctx, const guichet_column_request *request,
                                            guichet_html *const *cells);

/* Pushes up to limit objects {title, path, detail?, icon?} that this user may see, best first. query is trimmed, 2 to 200
 * characters. [worker] */
typedef guichet_status (*guichet_search_fn)(void *self, guichet_ctx *ctx, guichet_str query, uint32_t limit, guichet_value *hits);

/* Number beside a menu entry; 0 shows nothing. [worker] */
typedef guichet_status (*guichet_badge_fn)(void *self, guichet_ctx *ctx, int64_t *count);

#define GUICHET_IFACE_PAGES "guichet.pages"
typedef struct guichet_pages_v1 { /* all [ctx] */
  guichet_iface h;
  /* Columns that other plugins add to a list of this plugin ("ui.lists") and this user may see:
   * [{id, label, sort: {view, column} | null, filter: "text"|"number"|"date"|"enum" | null}]. The view has the columns id
   * (the list's ids) and <column>; the caller's role may read it: sort and filter by a join, names come from here only. */
  guichet_value *(*columns)(guichet_ctx *ctx, guichet_str list_id);
  /* [{<column_id>: HTML}, …], one object per id. A column that fails or exceeds its time is an empty cell. */
  guichet_value *(*cells)(guichet_ctx *ctx, guichet_str list_id, const int64_t *ids, size_t n);
  /* Actions that plugins add to an object or list ("ui.actions"), allowed for this user and whose condition holds for
   * data: [{id, label, path, method, icon, confirm, bulk}]. {id} in a path is filled from data.id. */
  guichet_value *(*actions)(guichet_ctx *ctx, guichet_str on, const guichet_value *data);
} guichet_pages_v1;

GUICHET_END_C
#endif
#endif
