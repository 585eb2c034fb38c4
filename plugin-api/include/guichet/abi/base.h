/* SPDX-License-Identifier: Apache-2.0
 *
 * guichet/abi/base.h - plain C11, no dependency beyond the freestanding headers.
 *
 * Rules that hold for every header in guichet/abi:
 *  1. fixed-width integers only; no bitfields, no long, no wchar_t, no enum-typed members;
 *  2. every struct that crosses the boundary by pointer starts with its size;
 *  3. functions are appended at the end, never inserted, reordered, retyped or removed;
 *  4. text is UTF-8, {ptr,len}, not NUL-terminated;
 *  5. nobody frees what the other side allocated: input is borrowed for the call, output lives in the
 *     arena of the call context;
 *  6. no exception, longjmp or exit crosses the boundary: a function reports by guichet_status.
 *
 * Thread tags: [lifecycle] serialised by the host, [worker] concurrent, [ctx] only with a live context
 * on the thread it was given to, [any-thread]. */
#ifndef GUICHET_ABI_BASE_H
#define GUICHET_ABI_BASE_H

#include <stddef.h>
#include <stdint.h>

#define GUICHET_ABI_MAJOR 1
#ifndef GUICHET_ABI_MINOR /* a plugin may pin an older minor: -DGUICHET_ABI_MINOR=0 */
#define GUICHET_ABI_MINOR 3
#endif

#ifdef __cplusplus
#define GUICHET_BEGIN_C extern "C" {
#define GUICHET_END_C }
#define GUICHET_STR(lit) (::guichet_str{"" lit, sizeof(lit) - 1})
#else
#define GUICHET_BEGIN_C
#define GUICHET_END_C
#define GUICHET_STR(lit) ((guichet_str){"" lit, sizeof(lit) - 1})
#endif
#define GUICHET_EXPORT __attribute__((visibility("default")))

GUICHET_BEGIN_C

typedef struct guichet_str {
  const char *ptr; /* may be NULL when len == 0 */
  size_t len;      /* bytes */
} guichet_str;

/* First member of every function table, on both sides. */
typedef struct guichet_iface {
  uint32_t size; /* sizeof the table as compiled by its OWNER */
  uint16_t major;
  uint16_t minor;
} guichet_iface;

/* True when the table's owner knows this slot and filled it. */
#define GUICHET_HAS(type, table, slot)                                                   \
  ((table) != NULL && offsetof(type, slot) + sizeof((table)->slot) <= (table)->h.size && \
   (table)->slot != NULL)

/* 0 is the only success. A value the receiver does not know means GUICHET_E_INTERNAL. */
typedef int32_t guichet_status;
enum {
  GUICHET_OK = 0,
  GUICHET_E_INVALID = 1,      /* the caller's input is wrong          -> 422 */
  GUICHET_E_NOT_FOUND = 2,    /* absent, or not visible to this user  -> 404 */
  GUICHET_E_DENIED = 3,       /* permission                           -> 403 */
  GUICHET_E_CONFLICT = 4,     /* state, unique key, optimistic lock   -> 409 */
  GUICHET_E_VETO = 5,         /* a hook refused; message for the user -> 422 */
  GUICHET_E_TIMEOUT = 6,      /* the context's deadline passed        -> 504 */
  GUICHET_E_CANCELLED = 7,    /* the client left or the plugin is draining */
  GUICHET_E_TOO_LARGE = 8,    /*                                      -> 413 */
  GUICHET_E_UNSUPPORTED = 9,  /* this host does not have that */
  GUICHET_E_UNAVAILABLE = 10, /* optional dependency or database away -> 503 */
  GUICHET_E_DB = 11,          /* see guichet_error.sqlstate           -> 500 */
  GUICHET_E_IO = 12,
  GUICHET_E_NOMEM = 13,
  GUICHET_E_STATE = 14,       /* called in the wrong phase */
  GUICHET_E_INTERNAL = 15,    /* bug, or an exception stopped at the barrier -> 500 */
  GUICHET_E_MALFORMED = 16,   /* the input cannot even be read        -> 400 */
  GUICHET_E_PRECONDITION = 17 /* If-Match does not hold               -> 412 */
};

/* Call context: one per request, widget, lifecycle call. Carries plugin identity, user, language,
 * deadline, arena and database transaction. Valid only on the thread and for the call it was passed to. */
typedef struct guichet_ctx guichet_ctx;
typedef struct guichet_host guichet_host;
typedef struct guichet_value guichet_value; /* JSON-like tree, lives in the ctx arena */

GUICHET_END_C
#endif
