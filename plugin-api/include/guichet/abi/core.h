/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/core.h - the root object and the call context. */
#ifndef GUICHET_ABI_CORE_H
#define GUICHET_ABI_CORE_H
#include "base.h"
GUICHET_BEGIN_C

struct guichet_host {
  guichet_iface h;
  void *impl;
  guichet_str product_version; /* "1.0.0", information only: test features, not versions */
  /* Returns a table whose first member is guichet_iface, or NULL when this host has no such interface.
   * The table lives as long as the host process. Never returns another major. [any-thread] */
  const void *(*get)(const guichet_host *host, guichet_str iface_id, uint16_t major);
};

typedef struct guichet_error {
  uint32_t size;
  guichet_status code;
  guichet_str message; /* for the user when code is INVALID, CONFLICT or VETO; for the log otherwise */
  guichet_str field;   /* form field at fault, may be empty */
  guichet_str sqlstate;
} guichet_error;

enum {
  GUICHET_CTX_REQUEST_ID = 1,
  GUICHET_CTX_LANGUAGE = 2,  /* "fr", "en" */
  GUICHET_CTX_TIMEZONE = 3,  /* "Europe/Paris" */
  GUICHET_CTX_PLUGIN_ID = 4,
  GUICHET_CTX_PACKAGE_FOLDER = 5, /* 1.3: where the files of this plugin's package are, bin/ for example; read only */
  GUICHET_CTX_SITE_URL = 6 /* 1.3: "https://desk.example.org", for addresses that are read elsewhere */
};

#define GUICHET_IFACE_CORE "guichet.core"
typedef struct guichet_core_v1 {
  guichet_iface h;
  /* Arena memory, freed when ctx ends; NULL on exhaustion (64 MiB per ctx). [ctx] */
  void *(*alloc)(guichet_ctx *ctx, size_t size, size_t align);
  guichet_str (*dup)(guichet_ctx *ctx, guichet_str s);
  /* Records the error for this ctx and returns code, so "return core->fail(...)". [ctx] */
  guichet_status (*fail)(guichet_ctx *ctx, guichet_status code, guichet_str message, guichet_str field);
  /* Adds one field error to those reported with the next failure (REST: errors[]). [ctx] */
  guichet_status (*problem)(guichet_ctx *ctx, guichet_str field, guichet_str message);
  guichet_status (*last_error)(guichet_ctx *ctx, guichet_error *out);
  guichet_str (*info)(guichet_ctx *ctx, uint32_t what); /* GUICHET_CTX_* */
  int64_t (*deadline_us)(guichet_ctx *ctx);             /* CLOCK_REALTIME microseconds, 0 = none */
  int32_t (*cancelled)(guichet_ctx *ctx);
  int64_t (*now_us)(guichet_ctx *ctx);                  /* wall clock, microseconds since 1970 UTC */
} guichet_core_v1;

GUICHET_END_C
#endif
