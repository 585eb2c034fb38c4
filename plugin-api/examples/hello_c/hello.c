/* SPDX-License-Identifier: Apache-2.0
 * The smallest plugin: one page, plain C11, nothing but guichet/abi. */
#include <guichet/abi/plugin.h>

static const guichet_http_v1 *http;

static guichet_status hello(void *self, guichet_ctx *ctx, guichet_http *x) {
  (void)self;
  (void)ctx;
  return http->send(x, GUICHET_STR("text/plain; charset=utf-8"), GUICHET_STR("Hello from plain C\n"));
}

static guichet_status create(const guichet_host *host, guichet_ctx *ctx, void **self) {
  (void)ctx;
  http = host->get(host, GUICHET_STR(GUICHET_IFACE_HTTP), 1);
  *self = NULL;
  return http ? GUICHET_OK : GUICHET_E_UNSUPPORTED;
}

static guichet_status bind(void *self, guichet_ctx *ctx, const guichet_binder *b) {
  (void)ctx;
  return b->route(b, GUICHET_STR("hello"), hello, self);
}

static guichet_status start(void *self, guichet_ctx *ctx) {
  (void)self;
  (void)ctx;
  return GUICHET_OK;
}

static void nothing(void *self) { (void)self; }

GUICHET_EXPORT const guichet_plugin_v1 *guichet_plugin_main(void) {
  static const guichet_plugin_v1 plugin = {
      .size = sizeof(guichet_plugin_v1),
      .abi_major = GUICHET_ABI_MAJOR,
      .abi_minor = GUICHET_ABI_MINOR,
      .id = {GUICHET_PLUGIN_ID, sizeof(GUICHET_PLUGIN_ID) - 1},
      .version = {GUICHET_PLUGIN_VERSION, sizeof(GUICHET_PLUGIN_VERSION) - 1},
      .build = {__VERSION__, sizeof(__VERSION__) - 1},
      .create = create,
      .bind = bind,
      .start = start,
      .drain = nothing,
      .destroy = nothing,
  };
  return &plugin;
}
