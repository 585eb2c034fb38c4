/* Returns a status that does not exist; begins a transaction and forgets it. */
#include "plain.h"

static guichet_status unknown_status(void *self, guichet_ctx *ctx, guichet_http *x) {
  (void)self;
  (void)ctx;
  (void)x;
  return 4711;
}

static guichet_status open_transaction(void *self, guichet_ctx *ctx, guichet_http *x) {
  guichet_rows *rows = 0;
  (void)self;
  (void)x;
  if (db->begin(ctx) != GUICHET_OK) return GUICHET_E_DB;
  return db->exec(ctx, GUICHET_STR("select 1"), 0, 0, &rows);
}

static guichet_status bind_all(void *self, guichet_ctx *ctx, const guichet_binder *b) {
  (void)ctx;
  (void)b->route(b, GUICHET_STR("status"), unknown_status, self);
  return b->route(b, GUICHET_STR("transaction"), open_transaction, self);
}
