/* SPDX-License-Identifier: Apache-2.0
 * notifications/occasions_v1.h - service "notifications.occasions" 1.0: other plugins say that something about a ticket is to be told
 * (row S3-02: a deadline comes near, a step is overdue). Who is told, and how, is what the rules of the event "An alert of another
 * module", each person's preferences and the right to read the ticket say. */
#ifndef NOTIFICATIONS_OCCASIONS_V1_H
#define NOTIFICATIONS_OCCASIONS_V1_H
#include <guichet/abi/plugin.h>
GUICHET_BEGIN_C

#define NOTIFICATIONS_OCCASIONS "notifications.occasions"
typedef struct notifications_occasions_v1 { /* all [ctx] */
  guichet_iface h;
  /* alert: {occasion: "<plugin>.<name>", at most 80 characters, text: {language: what happened, in a sentence without a full stop,
   * at most 200 characters; "en" is needed}, users?: [ids], at most 100, for the recipient "Whom the module names"}. In the caller's
   * transaction, or its own; people are told after its commit, once. GUICHET_E_INVALID. */
  guichet_status (*tell)(void *self, guichet_ctx *ctx, int64_t ticket_id, const guichet_value *alert);
} notifications_occasions_v1;

GUICHET_END_C
#endif
