/* SPDX-License-Identifier: Apache-2.0
 * directory/accounts_v1.h - service "directory.accounts" 1.1: accounts, contacts and contracts as the
 * current user may see them.
 *
 * Every function is [ctx], runs in the caller's transaction and applies the read filter of
 * directory.account: what the user may not see is GUICHET_E_NOT_FOUND (one object) or left out (lists).
 * *out lives in the arena of ctx. Members named below are always there; "or null" says which may be null.
 * Text given as query or email need not be normalised: case and accents of a query, and case and
 * surrounding blanks of an address, do not matter.
 *
 * For forms of other plugins, HTML fragments of <option value="id">label</option>, at most 20, same filter:
 *   GET /accounts/options?q=TEXT              matches by name, "name – town"; one empty option when nothing matches
 *   GET /contacts/options?account_id=ID       an empty option, then active contacts of the account
 *   GET /contracts/options?account_id=ID      an empty option, then running contracts of the account */
#ifndef DIRECTORY_ACCOUNTS_V1_H
#define DIRECTORY_ACCOUNTS_V1_H
#include <guichet/abi/base.h>
GUICHET_BEGIN_C

#define DIRECTORY_ACCOUNTS "directory.accounts"
typedef struct directory_accounts_v1 {
  guichet_iface h;
  /* {id, name, type, active, town or null, email or null}; type is a code of the list directory.account_type. */
  guichet_status (*find_account)(void *self, guichet_ctx *ctx, int64_t account_id, guichet_value **out);
  /* {id, account_id, name, email or null, phone or null, active, language or null, main}; name is "First Last", language
   * "fr" or "en"; main says whether the account is asked there first. */
  guichet_status (*find_contact)(void *self, guichet_ctx *ctx, int64_t contact_id, guichet_value **out);
  /* Active accounts whose name, code, town, e-mail or telephone number contains the query, by name: array of accounts as
   * above. An empty query gives the first by name. limit is taken between 1 and 100. */
  guichet_status (*search_accounts)(void *self, guichet_ctx *ctx, guichet_str query, int32_t limit,
                                    guichet_value **out);
  /* Active contacts by last name: array of contacts as above, at most 200. GUICHET_E_NOT_FOUND when the
   * account is not visible. */
  guichet_status (*contacts_of)(void *self, guichet_ctx *ctx, int64_t account_id, guichet_value **out);
  /* Contracts with status "running" whose dates include today, by ref: array of {id, account_id, ref, label,
   * starts_on or null, ends_on or null} ("2026-11-22"), at most 200. GUICHET_E_NOT_FOUND when the account is
   * not visible. */
  guichet_status (*running_contracts_of)(void *self, guichet_ctx *ctx, int64_t account_id, guichet_value **out);
  /* Whose address is exactly this one: an active account's own, or that of an active contact of it (then
   * contact_id is the contact's). The account as above with contact_id or null. GUICHET_E_NOT_FOUND when nobody
   * has it, GUICHET_E_CONFLICT when several accounts do. */
  guichet_status (*account_by_email)(void *self, guichet_ctx *ctx, guichet_str email, guichet_value **out);
  /* 1.1. Everybody whose address is exactly this one: active contacts of active accounts, then active accounts, at most 50:
   * array of {account_id, account_name, account_type, contact_id or null, contact_name or null, language or null}. Empty when
   * nobody has it. */
  guichet_status (*find_by_email)(void* self, guichet_ctx* ctx, guichet_str email, guichet_value** out);
} directory_accounts_v1;

GUICHET_END_C
#endif
