/* Brings the process down in every way there is; with CRASH_IN_BIND already when it is enabled. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "plain.h"

#define ROUTE(name) static guichet_status name(void *self, guichet_ctx *ctx, guichet_http *x)
#define UNUSED (void)self, (void)ctx, (void)x

ROUTE(do_abort) {
  UNUSED;
  abort();
}
ROUTE(do_segv) {
  static volatile int *volatile nowhere;
  UNUSED;
  return *nowhere;
}
static int deeper(volatile char *above) {
  volatile char here[4096];
  here[0] = above[0];
  return here[0] ? 0 : deeper(here) + here[0];
}
ROUTE(do_overflow) {
  volatile char first = 0;
  UNUSED;
  return deeper(&first);
}
ROUTE(do_exit) {
  UNUSED;
  exit(0);
}
ROUTE(do_kill) {
  UNUSED;
  return kill(getpid(), SIGKILL);
}

static guichet_status bind_all(void *self, guichet_ctx *ctx, const guichet_binder *b) {
  (void)ctx;
#ifdef CRASH_IN_BIND
  abort();
#endif
  (void)b->route(b, GUICHET_STR("abort"), do_abort, self);
  (void)b->route(b, GUICHET_STR("segv"), do_segv, self);
  (void)b->route(b, GUICHET_STR("overflow"), do_overflow, self);
  (void)b->route(b, GUICHET_STR("exit"), do_exit, self);
  return b->route(b, GUICHET_STR("kill"), do_kill, self);
}
