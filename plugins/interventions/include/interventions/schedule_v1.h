/* SPDX-License-Identifier: Apache-2.0
 * interventions/schedule_v1.h - service "interventions.schedule" 1.0: when interventions are planned, for calendars.
 *
 * Every function is [ctx], runs in the caller's transaction and applies the read filter of interventions.intervention to the
 * current user; the system (jobs, public routes that act as it) sees all. *out lives in the arena of ctx. */
#ifndef INTERVENTIONS_SCHEDULE_V1_H
#define INTERVENTIONS_SCHEDULE_V1_H
#include <guichet/abi/base.h>
GUICHET_BEGIN_C

#define INTERVENTIONS_SCHEDULE "interventions.schedule"
typedef struct interventions_schedule_v1 {
  guichet_iface h;
  /* Interventions whose planned time touches [from_us, to_us), microseconds since 1970 UTC, and that have one of the n users as
   * technician; n 0: whoever does them. By their beginning, at most 1000: array of {id, ref (null: a draft), subject, status
   * "draft"|"validated"|"done"|"billed", account_id, account_name, ticket_id (or null), address (of the equipment, or null),
   * from (time), to (time, an hour later when no end is planned), technicians: [user ids], path (of its page), version,
   * updated_at (time)}. */
  guichet_status (*planned)(void *self, guichet_ctx *ctx, int64_t from_us, int64_t to_us, const int64_t *user_ids, size_t n,
                            guichet_value **out);
} interventions_schedule_v1;

GUICHET_END_C
#endif
