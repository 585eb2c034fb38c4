/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/value.h - JSON-like trees: data of templates, JSON bodies, rows. */
#ifndef GUICHET_ABI_VALUE_H
#define GUICHET_ABI_VALUE_H
#include "base.h"
GUICHET_BEGIN_C

enum {
  GUICHET_V_NULL = 0,
  GUICHET_V_BOOL = 1,
  GUICHET_V_I64 = 2,
  GUICHET_V_F64 = 3,
  GUICHET_V_STR = 4,
  GUICHET_V_ARRAY = 5,
  GUICHET_V_OBJECT = 6,
  GUICHET_V_TIME = 7, /* microseconds since 1970 UTC; RFC 3339 text in JSON, formatted in templates */
  GUICHET_V_HTML = 8  /* text the host has made safe; templates do not escape it again */
};

#define GUICHET_IFACE_VALUE "guichet.value"
typedef struct guichet_value_v1 { /* all [ctx]; nodes never move: a pointer stays valid until ctx ends */
  guichet_iface h;
  guichet_value *(*object)(guichet_ctx *ctx);
  guichet_value *(*array)(guichet_ctx *ctx);
  /* Strict JSON: no duplicate keys, no lone surrogates, no NUL, depth <= 64. */
  guichet_status (*parse)(guichet_ctx *ctx, guichet_str json, guichet_value **out);
  guichet_str (*dump)(guichet_ctx *ctx, const guichet_value *v);
  uint32_t (*type)(const guichet_value *v);
  size_t (*count)(const guichet_value *v);                            /* members or elements; 0 otherwise */
  const guichet_value *(*at)(const guichet_value *array, size_t i);   /* NULL past the end */
  const guichet_value *(*get)(const guichet_value *object, guichet_str key); /* NULL when absent */
  guichet_str (*key)(const guichet_value *object, size_t i);          /* name of the i-th member */
  /* GUICHET_E_INVALID when the value has another type. */
  guichet_status (*as_bool)(const guichet_value *v, int32_t *out);
  guichet_status (*as_i64)(const guichet_value *v, int64_t *out);
  guichet_status (*as_f64)(const guichet_value *v, double *out);      /* also from I64 */
  guichet_status (*as_str)(const guichet_value *v, guichet_str *out); /* also from HTML */
  guichet_status (*as_time)(const guichet_value *v, int64_t *us);
  /* A null key ({NULL,0}) appends to an array. Strings are copied. A second put of a key replaces. */
  guichet_status (*put_null)(guichet_value *to, guichet_str key);
  guichet_status (*put_bool)(guichet_value *to, guichet_str key, int32_t v);
  guichet_status (*put_i64)(guichet_value *to, guichet_str key, int64_t v);
  guichet_status (*put_f64)(guichet_value *to, guichet_str key, double v);
  guichet_status (*put_str)(guichet_value *to, guichet_str key, guichet_str v);
  guichet_status (*put_time)(guichet_value *to, guichet_str key, int64_t us);
  guichet_status (*put)(guichet_value *to, guichet_str key, const guichet_value *child); /* shared, not copied */
} guichet_value_v1;

GUICHET_END_C
#endif
