/* SPDX-License-Identifier: Apache-2.0
 * tickets/customers_v1.h - service "tickets.customers" 1.1: tickets from the customer's side.
 *
 * For plugins that speak for customers (web form, mail). They find out who the customer is and whether a ticket is his; this
 * service says what a customer can see of a ticket and do with it: the ticket, its public messages, and the files of either.
 * Team notes, private messages and their files do not exist here (R34).
 *
 * Every function is [ctx] and acts as the system: jobs and subscriptions do, a public route says "acts_as": "system" in its
 * manifest, anything else is GUICHET_E_DENIED. Writes join the caller's transaction, or have their own. *out lives in the arena
 * of ctx. Wrong input is GUICHET_E_INVALID with one problem per field, named as the members below. */
#ifndef TICKETS_CUSTOMERS_V1_H
#define TICKETS_CUSTOMERS_V1_H
#include <guichet/abi/plugin.h>
GUICHET_BEGIN_C

/* A file that is to be stored. The bytes stay the caller's. */
typedef struct tickets_new_file {
  uint32_t size; /* sizeof as compiled by the caller */
  uint32_t reserved;
  guichet_str name; /* as sent; folders and control characters are taken off */
  const void *data;
  size_t bytes;
} tickets_new_file;

#define TICKETS_CUSTOMERS "tickets.customers"
typedef struct tickets_customers_v1 {
  guichet_iface h;
  /* input: {subject, description, channel: "web"|"email", requester_email, requester_name?, language? ("fr"|"en"), account_id?,
   * contact_id?, type?, category?, severity?, priority?, team?, custom?: {code: value}, visible_to_client?: default true,
   * automatic?: no mail to the customer, default false, related_to?: id of a ticket that it is linked with}.
   * Custom fields are those of the public form. Other members are problems (R35). out: {id, ref, tracking_id, status, phase}. */
  guichet_status (*create)(void *self, guichet_ctx *ctx, const guichet_value *input, guichet_value **out);

  /* message: {body (Markdown), author_email, author_name?, channel: "web"|"email", automatic?: written by a machine, changes
   * no status, default false}. Public. A ticket that waits for the customer or is resolved is open again; one that is closed as
   * well, unless it was closed longer ago than the setting "reopen_within_days" or closed is final: GUICHET_E_CONFLICT, add a
   * new ticket with related_to. A merged ticket: the message goes to the one it lives on in. out: {id, ticket_id, reopened}. */
  guichet_status (*add_message)(void *self, guichet_ctx *ctx, int64_t ticket_id, const guichet_value *message, guichet_value **out);

  /* Files of a message, or of the ticket itself (message_id 0): n files, and with http every upload of the request as well.
   * All or none. GUICHET_E_INVALID, field "file". out: [{id, name, type, bytes}]. */
  guichet_status (*attach)(void *self, guichet_ctx *ctx, int64_t ticket_id, int64_t message_id, const tickets_new_file *files, size_t n,
                           guichet_http *http, guichet_value **out);

  /* step "close" or "reopen". by_email: who does it. GUICHET_E_CONFLICT when it is not possible now. */
  guichet_status (*step)(void *self, guichet_ctx *ctx, int64_t ticket_id, guichet_str step, guichet_str by_email);

  /* {id, ref, tracking_id, subject, description, status, status_label, status_color, phase, type_label, category_label,
   * severity_label (null when not set), created_at, updated_at, closed_at, requester_email, account_id, contact_id,
   * visible_to_client, merged_into, may_write, may_close, may_reopen, custom: [{label, text}] (public ones, filled in),
   * files: [file], messages: [{id, body, author_name, from_customer, automatic, created_at, files: [file]}] newest first, at most
   * 500}. description and body are Markdown (template filter markdown). file: {id, name, type, bytes, is_image}; those of the
   * ticket itself are what customers sent, not what colleagues attached. Labels in the language of ctx. */
  guichet_status (*show)(void *self, guichet_ctx *ctx, int64_t ticket_id, guichet_value **out);

  /* Those tickets, newest change first, at most limit (1 to 200): [{id, ref, subject, status_label, status_color, phase,
   * created_at, updated_at}]. scope: {account_id | contact_id | requester_email (since 1.1) | ids: [..]}; but with ids only what
   * is visible_to_client. requester_email: who asked, in any case; whoever speaks for him knows that the address is his. */
  guichet_status (*list)(void *self, guichet_ctx *ctx, const guichet_value *scope, int32_t limit, guichet_value **out);

  /* Answers the request with the file, as an attachment (or inline when it is an image and display_inline). GUICHET_E_NOT_FOUND
   * unless it is of the ticket itself or of a public message of it (R32). */
  guichet_status (*send_file)(void *self, guichet_ctx *ctx, guichet_http *http, int64_t ticket_id, int64_t file_id,
                              int32_t display_inline);

  /* By number ("TICK-2608-0021"), by tracking id, or (both empty) by id. {id, ref, phase, account_id, contact_id,
   * requester_email, visible_to_client, closed_at}: the ticket it lives on in when it was merged. GUICHET_E_NOT_FOUND. */
  guichet_status (*find)(void *self, guichet_ctx *ctx, guichet_str ref, guichet_str tracking_id, int64_t ticket_id,
                         guichet_value **out);

  /* Addresses, in lower case, of everybody who takes part in the public conversation: the requester, contact or account asked
   * first, and who has written public messages (agents too). Array of texts. */
  guichet_status (*participants)(void *self, guichet_ctx *ctx, int64_t ticket_id, guichet_value **out);
} tickets_customers_v1;

/* Event "tickets.customer_mailing" v1, kind "before": a mail to a customer is about to be queued. Subject "ticket/ID".
 *   {kind: "reply"|"confirmation"|"closed", automatic (no person typed it), ticket_id, message_id or null, to, language,
 *    public_url, sender, reply_to, return_path, mail_message_id, in_reply_to, references: [..], headers: {..}}
 * Editable: the members from public_url on; "" or [] or {} where nothing is said. A veto: it is not sent, and the ticket's
 * history says so. After it: "tickets.customer_mailed" v1, kind "after": {ticket_id, message_id or null, kind, to, mail_id,
 * mail_message_id}. */

GUICHET_END_C
#endif
