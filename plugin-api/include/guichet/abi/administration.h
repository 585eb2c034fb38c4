/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/administration.h - what another system knows of users, teams and lists, for bridges that bring it in.
 *
 * Only the system may call it (jobs, subscriptions, commands), GUICHET_E_DENIED otherwise, inside a transaction, GUICHET_E_STATE
 * otherwise. Nothing here gives access: a user that is made has no password and the profile that only reads, and an administrator's
 * decision is never undone. Not included by guichet/abi/plugin.h; a host that is older has no such table. */
#ifndef GUICHET_ABI_ADMINISTRATION_H
#define GUICHET_ABI_ADMINISTRATION_H
#include "base.h"
GUICHET_BEGIN_C

#define GUICHET_IFACE_ADMINISTRATION "guichet.administration"
typedef struct guichet_administration_v1 { /* all [ctx]; *out {id, outcome: "created" | "known" | "left_out"} lives in the arena */
  guichet_iface h;
  /* user: {login, name, email?, language?: "fr" | "en", active?: default true}. Found by login in any case, else by exact address
   * when one active user has it, else made when active. One who is not active there is deactivated here only when he has no
   * password. "left_out" with id null: unknown, and not active. GUICHET_E_INVALID with the member as its field. */
  guichet_status (*put_user)(guichet_ctx *ctx, const guichet_value *user, guichet_value **out);
  /* team: {name, member_ids: [user]}: found by name in any case, else made. Members are added, never taken away. */
  guichet_status (*put_team)(guichet_ctx *ctx, const guichet_value *team, guichet_value **out);
  /* choice: {code, label, active?: default true} of a list such as "tickets.type": added at its end when its code is not there. What
   * is there stays as the administrator left it; what he has deleted is "left_out". GUICHET_E_NOT_FOUND: no such list. */
  guichet_status (*put_choice)(guichet_ctx *ctx, guichet_str list_id, const guichet_value *choice, guichet_value **out);
} guichet_administration_v1;

GUICHET_END_C
#endif
