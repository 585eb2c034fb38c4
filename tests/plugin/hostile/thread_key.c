/* Leaves a destructor behind in every thread that calls it: after unmapping, the end of such a thread would
 * jump into nothing. */
#include "plain.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_key_t key;

static guichet_status touch(void *self, guichet_ctx *ctx, guichet_http *x) {
  (void)self;
  (void)ctx;
  if (pthread_getspecific(key) == 0 && pthread_setspecific(key, malloc(1)) != 0) return GUICHET_E_NOMEM;
  return http->send(x, GUICHET_STR("text/plain"), GUICHET_STR("touched"));
}

static void at_thread_end(void *memory) { free(memory); }

static guichet_status bind_all(void *self, guichet_ctx *ctx, const guichet_binder *b) {
  (void)ctx;
  if (pthread_key_create(&key, at_thread_end) != 0) return GUICHET_E_NOMEM;
  return b->route(b, GUICHET_STR("touch"), touch, self);
}
