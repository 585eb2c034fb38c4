/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/db.h - PostgreSQL through the host's pool, under the plugin's own role, with the plugin's
 * schema first in the search path. The transaction belongs to the ctx: a service called inside the
 * caller's transaction sees and joins it. */
#ifndef GUICHET_ABI_DB_H
#define GUICHET_ABI_DB_H
#include "base.h"
GUICHET_BEGIN_C

enum {
  GUICHET_P_NULL = 0,
  GUICHET_P_BOOL = 1,
  GUICHET_P_I64 = 2,
  GUICHET_P_F64 = 3,
  GUICHET_P_TEXT = 4,
  GUICHET_P_TIME = 5 /* i64, microseconds since 1970 UTC -> timestamptz */
};
typedef struct guichet_param {
  uint32_t type;
  uint32_t reserved; /* 0 */
  union {
    int64_t i64;
    double f64;
    guichet_str str;
  } v;
} guichet_param;

typedef struct guichet_rows guichet_rows; /* lives until the ctx ends */

#define GUICHET_IFACE_DB "guichet.db"
typedef struct guichet_db_v1 { /* all [ctx] */
  guichet_iface h;
  /* Nested begin is a savepoint. The host checks the nesting depth after every callback and turns
   * an imbalance into GUICHET_E_INTERNAL + rollback. */
  guichet_status (*begin)(guichet_ctx *ctx);
  guichet_status (*commit)(guichet_ctx *ctx);
  guichet_status (*rollback)(guichet_ctx *ctx);
  /* One static statement, $1..$n; prepared once per connection and cached. Autocommit without begin.
   * Transaction control and SET are refused. Text with NUL or invalid UTF-8 is GUICHET_E_INVALID. */
  guichet_status (*exec)(guichet_ctx *ctx, guichet_str sql, const guichet_param *p, size_t n, guichet_rows **out);
  size_t (*rows)(const guichet_rows *r);
  size_t (*cols)(const guichet_rows *r);
  int64_t (*affected)(const guichet_rows *r);
  int32_t (*column)(const guichet_rows *r, guichet_str name); /* -1 when absent */
  int32_t (*is_null)(const guichet_rows *r, size_t row, size_t col);
  guichet_status (*get_i64)(const guichet_rows *r, size_t row, size_t col, int64_t *out);
  guichet_status (*get_f64)(const guichet_rows *r, size_t row, size_t col, double *out);
  guichet_status (*get_bool)(const guichet_rows *r, size_t row, size_t col, int32_t *out);
  guichet_status (*get_text)(const guichet_rows *r, size_t row, size_t col, guichet_str *out);
  guichet_status (*get_time)(const guichet_rows *r, size_t row, size_t col, int64_t *us);
  /* Array of objects, or one object: column names are keys; json columns become trees, timestamptz
   * becomes GUICHET_V_TIME, integers I64, boolean BOOL, null NULL, everything else STR. */
  guichet_value *(*to_value)(guichet_ctx *ctx, const guichet_rows *r);
  guichet_value *(*row_value)(guichet_ctx *ctx, const guichet_rows *r, size_t row);
} guichet_db_v1;

GUICHET_END_C
#endif
