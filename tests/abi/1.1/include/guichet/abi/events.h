/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/events.h - what happens to objects, told to other plugins. (1.1)
 *
 * A manifest declares what it publishes: {id, version, kind "before"|"after", schema, editable}. The payload is
 * an object described by the JSON Schema file named there. Adding a member keeps the version; any other
 * change is a new version, published beside the old one while that is deprecated.
 *
 * Before hooks may edit the members listed as editable, or refuse with GUICHET_E_VETO, a message for the
 * user and the field it stands beside. After hooks run in the publisher's transaction; a failure rolls it back.
 * Subscriptions are called later, outside of it: at least once, in order per subject, with delivery_id as
 * idempotency key. What a subscription's handler writes and the mark "done" are one transaction. */
#ifndef GUICHET_ABI_EVENTS_H
#define GUICHET_ABI_EVENTS_H
#include "base.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

typedef struct guichet_event {
  uint32_t size;       /* sizeof as compiled by the host */
  uint32_t version;    /* of the payload */
  guichet_str id;      /* "tickets.ticket_created" */
  guichet_str subject; /* "ticket/4711": the ordering key */
  guichet_value *data; /* before hooks: edit in place */
  int64_t actor_id;    /* user who caused it; 0 anonymous, -1 system */
  int64_t at_us;       /* when it was published, microseconds since 1970 UTC */
  int64_t delivery_id; /* subscriptions: stable across attempts; 0 in hooks */
  uint32_t attempt;    /* subscriptions: 1.. */
  uint32_t reserved;
} guichet_event;

/* [worker] Hooks: ctx of the publisher, its user and transaction. Subscriptions: the system's, in a transaction. */
typedef guichet_status (*guichet_hook_fn)(void *self, guichet_ctx *ctx, guichet_event *event);

#define GUICHET_IFACE_EVENTS "guichet.events"
typedef struct guichet_events_v1 { /* all [ctx] */
  guichet_iface h;
  /* Both: GUICHET_E_STATE without an open transaction or when the event is being published for the same subject
   * already; GUICHET_E_INVALID when the manifest does not declare it or data does not match its schema;
   * otherwise what the first failing hook returned, with its message and field in the ctx. */
  /* Runs the before hooks in order; data is checked again after each one. */
  guichet_status (*before)(guichet_ctx *ctx, guichet_str id, uint32_t version, guichet_str subject, guichet_value *data);
  /* Runs the after hooks, then writes one outbox row, seen by the subscriptions once the transaction commits. */
  guichet_status (*after)(guichet_ctx *ctx, guichet_str id, uint32_t version, guichet_str subject, const guichet_value *data);
  /* Plugin whose hook was the last to edit this member in the latest before of this call; "" when none did. Valid until
   * the next before. For publishers that cannot take what they were given, although it matches the schema. */
  guichet_str (*edited_by)(guichet_ctx *ctx, guichet_str member);
} guichet_events_v1;

GUICHET_END_C
#endif
#endif
