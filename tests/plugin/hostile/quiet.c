/* Binds something undeclared, twice the same and a null, and claims that all went well. */
#include "plain.h"

static guichet_status nothing_at_all(void *self, guichet_ctx *ctx, guichet_http *x) {
  (void)self;
  (void)ctx;
  (void)x;
  return GUICHET_OK;
}

static guichet_status bind_all(void *self, guichet_ctx *ctx, const guichet_binder *b) {
  (void)ctx;
  (void)b->route(b, GUICHET_STR("a"), nothing_at_all, self);
  (void)b->route(b, GUICHET_STR("a"), nothing_at_all, self);
  (void)b->route(b, GUICHET_STR("a"), 0, self);
  (void)b->route(b, GUICHET_STR("hidden"), nothing_at_all, self);
  (void)b->service(b, GUICHET_STR("hostile.service"), &the_self, self);
  return GUICHET_OK;
}
