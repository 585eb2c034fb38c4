/* SPDX-License-Identifier: Apache-2.0
 * tickets/tickets_v1.h - service "tickets.tickets" 1.2: tickets as the current user may see them.
 *
 * Every function is [ctx], runs in the caller's transaction and applies the read filter of tickets.ticket; the
 * system (jobs, subscriptions) sees all. *out lives in the arena of ctx. A ticket is {id, ref, subject, status (code), phase
 * "new"|"open"|"waiting"|"resolved"|"closed"|"deleted", priority, type, category, severity, account_id, contact_id, contract_id, assignee_id,
 * team_id, created_by, due_at, created_at, closed_at,
 * version}; all but id, ref, subject, status, phase, created_at and version may be null. */
#ifndef TICKETS_TICKETS_V1_H
#define TICKETS_TICKETS_V1_H
#include <guichet/abi/base.h>
GUICHET_BEGIN_C

#define TICKETS_TICKETS "tickets.tickets"
typedef struct tickets_tickets_v1 {
  guichet_iface h;
  /* GUICHET_E_NOT_FOUND when there is none, or not for this user. */
  guichet_status (*find)(void *self, guichet_ctx *ctx, int64_t ticket_id, guichet_value **out);
  /* Array of those of the n ids (at most 1000) that the user may see, in the order of ids. */
  guichet_status (*visible)(void *self, guichet_ctx *ctx, const int64_t *ids, size_t n, guichet_value **out);
  /* (1.1) Array of those of the n users (at most 1000) who are active and may see the ticket: the same filter, for others than the
   * current user. Empty when there is no such ticket. */
  guichet_status (*readers)(void *self, guichet_ctx *ctx, int64_t ticket_id, const int64_t *user_ids, size_t n, guichet_value **out);
  /* (1.1) {id, ticket_id, body (Markdown), visibility "public"|"team", from_customer, author_id, author_name, created_at};
   * author_id may be null. GUICHET_E_NOT_FOUND when there is none, or not for this user; private messages do not exist here. */
  guichet_status (*message)(void *self, guichet_ctx *ctx, int64_t message_id, guichet_value **out);
  /* (1.2) Changes the ticket as PATCH /api/v1/tickets/{id} does, in the caller's transaction, with its history and its events.
   * changes: members of that body. GUICHET_E_DENIED without tickets.ticket.update on it, GUICHET_E_CONFLICT when it is locked,
   * GUICHET_E_INVALID with one problem per member. */
  guichet_status (*update)(void *self, guichet_ctx *ctx, int64_t ticket_id, const guichet_value *changes);
  /* (1.2) A line in the ticket's history about what the caller did around it, in the caller's transaction; the ticket's version stays.
   * texts: {"en": "added the quote Q2611-0001", "fr": "a ajouté le devis Q2611-0001"}, which follow the name of who acts. */
  guichet_status (*note)(void *self, guichet_ctx *ctx, int64_t ticket_id, const guichet_value *texts);
} tickets_tickets_v1;

GUICHET_END_C
#endif
