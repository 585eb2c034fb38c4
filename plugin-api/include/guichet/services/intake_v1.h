/* SPDX-License-Identifier: Apache-2.0
 * guichet/services/intake_v1.h - service "<module>.intake" 1.0: objects that another system, such as an ERP, knows too.
 *
 * Offered by modules that own objects, so that a bridge brings in what the other system says of them. One table for all, so that a
 * bridge needs to know no more of a module than the members of its kinds, which stand in <module>/intake.md beside the module.
 *
 * Every function is [ctx] and acts as the system (jobs and subscriptions do), GUICHET_E_DENIED otherwise, in the caller's
 * transaction, GUICHET_E_STATE without one. *out lives in the arena of ctx. GUICHET_E_INVALID: no such kind, or no row at all. */
#ifndef GUICHET_SERVICES_INTAKE_V1_H
#define GUICHET_SERVICES_INTAKE_V1_H
#include <guichet/abi/base.h>
GUICHET_BEGIN_C

enum {
  /* A history is brought in: one event for the batch instead of one for each object, no mail, no notice. */
  GUICHET_INTAKE_QUIET = 1,
  /* Work that a person has done here since is not to be overwritten silently: rows say the version they were read at, and a row
   * whose object has another one is "conflict" and changes nothing. */
  GUICHET_INTAKE_CHECK_VERSION = 2,
};

typedef struct guichet_intake_v1 {
  guichet_iface h;
  /* kind: "directory.account". rows: array of 1 to 1000 objects
   *   {id: of the object here, or null to make one; version?: with GUICHET_INTAKE_CHECK_VERSION;
   *    origin: {system: "dolibarr", label: "Dolibarr", url: of its page there or null, locked: only changed there};
   *    and the members of the kind; those left out stay as they are, null empties}.
   * Members that do not exist are problems; texts too long are cut, codes of lists that are unknown are left out, so that one odd row of
   * thousands is still taken. out: array in the same order: {id or null, version, outcome: "created" | "updated" | "unchanged" |
   * "conflict" | "refused", problems: [{field, message}]}. A refused row leaves nothing behind and the others stand; its
   * messages are in the language of ctx. A locked object is read-only for users, by pages and REST alike. */
  guichet_status (*take)(void *self, guichet_ctx *ctx, guichet_str kind, const guichet_value *rows, uint32_t flags, guichet_value **out);
  /* The other system has them no more: they end in the way of their module (an account is inactive, a contract has ended), are never
   * deleted, and are locked no more. Ids that are unknown are passed over; at most 1000. */
  guichet_status (*retire)(void *self, guichet_ctx *ctx, guichet_str kind, const int64_t *ids, size_t n);
  /* Everything that belongs to gone belongs to kept afterwards, and gone is retired. GUICHET_E_UNSUPPORTED: not this kind. */
  guichet_status (*merge)(void *self, guichet_ctx *ctx, guichet_str kind, int64_t kept, int64_t gone);
} guichet_intake_v1;

GUICHET_END_C
#endif
