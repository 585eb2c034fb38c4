/* Passes every check of the file, and cannot be opened: it needs a function nobody has. */
#include "plain.h"

extern guichet_status function_that_nobody_has(void);

static guichet_status bind_all(void *self, guichet_ctx *ctx, const guichet_binder *b) {
  (void)self;
  (void)ctx;
  (void)b;
  return function_that_nobody_has();
}
