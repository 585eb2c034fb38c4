/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/jobs.h - work outside of a request: on demand, or on the schedule of the manifest. (1.1)
 *
 * A job runs at least once, on one of the hosts at a time, with attempts and back-off. It has no transaction of its
 * own: it begins and commits what it needs, so that long work holds no locks. */
#ifndef GUICHET_ABI_JOBS_H
#define GUICHET_ABI_JOBS_H
#include "base.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

typedef struct guichet_job guichet_job; /* one run */
/* [worker] ctx is the system's; its deadline is the timeout_s of the manifest. GUICHET_E_CANCELLED: stopped when
 * asked to; GUICHET_E_UNAVAILABLE, _IO, _TIMEOUT, _CONFLICT and _DB are tried again; other failures too, until max_attempts. */
typedef guichet_status (*guichet_job_fn)(void *self, guichet_ctx *ctx, guichet_job *job);

#define GUICHET_IFACE_JOBS "guichet.jobs"
typedef struct guichet_jobs_v1 {
  guichet_iface h;
  /* Adds a run of a job of this plugin's manifest, in the caller's transaction when there is one. args may be NULL.
   * not_before_us: wall clock, 0 = at once. A run of the same dedupe key that has not begun makes this a no-op (its id
   * is returned); an empty key never does. [ctx] */
  guichet_status (*enqueue)(guichet_ctx *ctx, guichet_str job_id, const guichet_value *args, int64_t not_before_us,
                            guichet_str dedupe, int64_t *run_id);
  /* The run, inside the handler. [ctx] */
  int64_t (*run_id)(guichet_job *job);
  uint32_t (*attempt)(guichet_job *job);             /* 1.. */
  const guichet_value *(*args)(guichet_job *job);    /* an object; empty for scheduled runs */
  int64_t (*scheduled_us)(guichet_job *job);         /* the time it was due */
  /* Shown to administrators. percent 0..100. GUICHET_E_CANCELLED: stop now, the administrator asked, the host stops
   * or the time limit has passed. Cheap: written at most once a second. */
  guichet_status (*progress)(guichet_job *job, uint32_t percent, guichet_str note);
} guichet_jobs_v1;

GUICHET_END_C
#endif
#endif
