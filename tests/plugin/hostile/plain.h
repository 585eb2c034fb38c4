/* What hostile plugins in C have in common. bind_all is theirs. */
#ifndef PLAIN_H
#define PLAIN_H
#include <guichet/abi/plugin.h>

static const guichet_db_v1 *db;
static const guichet_http_v1 *http;
static int the_self;

static guichet_status bind_all(void *self, guichet_ctx *ctx, const guichet_binder *b);

static guichet_status create(const guichet_host *host, guichet_ctx *ctx, void **self) {
  (void)ctx;
  db = host->get(host, GUICHET_STR(GUICHET_IFACE_DB), 1);
  http = host->get(host, GUICHET_STR(GUICHET_IFACE_HTTP), 1);
  *self = &the_self;
  return GUICHET_OK;
}
static guichet_status start(void *self, guichet_ctx *ctx) {
  (void)self;
  (void)ctx;
  return GUICHET_OK;
}
static void nothing(void *self) { (void)self; }

const guichet_plugin_v1 *guichet_plugin_main(void) {
  static guichet_plugin_v1 plugin = {sizeof(guichet_plugin_v1), GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR, {0, 0}, {0, 0}, {0, 0},
                                     create, bind_all, start, nothing, nothing};
  plugin.id = GUICHET_STR(GUICHET_PLUGIN_ID);
  plugin.version = GUICHET_STR(GUICHET_PLUGIN_VERSION);
  return &plugin;
}

#endif
