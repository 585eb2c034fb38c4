/* A whole plugin in plain C11. Built with the headers of every released version too (tests/abi): nothing newer than 1.0. */
#include <guichet/abi/plugin.h>

typedef struct state {
  const guichet_http_v1 *http;
} state;

static state the_state;

static guichet_status hello(void *self, guichet_ctx *ctx, guichet_http *x) {
  const state *s = self;
  (void)ctx;
  return s->http->send(x, GUICHET_STR("text/plain"), GUICHET_STR("hello from C"));
}

static guichet_status create(const guichet_host *host, guichet_ctx *ctx, void **self) {
  (void)ctx;
  the_state.http = host->get(host, GUICHET_STR(GUICHET_IFACE_HTTP), 1);
  if (!GUICHET_HAS(guichet_http_v1, the_state.http, send)) return GUICHET_E_UNSUPPORTED;
  *self = &the_state;
  return GUICHET_OK;
}

static guichet_status bind_all(void *self, guichet_ctx *ctx, const guichet_binder *b) {
  (void)ctx;
  return b->route(b, GUICHET_STR("hello"), hello, self);
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
  plugin.build = GUICHET_STR(__VERSION__);
  return &plugin;
}
