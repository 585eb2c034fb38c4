/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/mail.h - outgoing mail: written to a queue in the caller's transaction, sent after its commit. (1.1)
 *
 * Templates are declared in the manifest ("mail_templates") with the placeholders they may use; administrators edit
 * subject and body per language. */
#ifndef GUICHET_ABI_MAIL_H
#define GUICHET_ABI_MAIL_H
#include "base.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

#define GUICHET_IFACE_MAIL "guichet.mail"
typedef struct guichet_mail_v1 { /* all [ctx] */
  guichet_iface h;
  /* envelope: {to: address, to_name?, language?, sender? (code of a configured sender; default: the first), reply_to?,
   * message_id?, in_reply_to?, references?: [ids], subject? (instead of the template's), headers?: {name: value},
   * attachments?: [file ids of this plugin],
   * return_path? (1.3: where it comes back to when it cannot be delivered; "<>": nowhere)}. data: values of the placeholders; a path of this site ("/tickets/12") given to
   * "url" or "<x>_url" gets the site's address before it. Message-ID is chosen and stored here, and stays the same over all
   * attempts. Nothing is written while no sender is configured: mail_id is 0 then. GUICHET_E_STATE without an open transaction; GUICHET_E_INVALID for an address or
   * header that cannot be sent (line breaks), field names the member. */
  guichet_status (*send)(guichet_ctx *ctx, guichet_str template_id, const guichet_value *envelope, const guichet_value *data,
                         int64_t *mail_id);
  /* {id, state: "queued"|"sent"|"refused"|"dead"|"held"|"bounced" (1.3), attempts, last_error, message_id, sent_at} or NULL. Also as view
   * core.mail_v1. */
  guichet_value *(*status)(guichet_ctx *ctx, int64_t mail_id);
#if GUICHET_ABI_MINOR >= 3
  /* A mail of any plugin that was sent came back: its state is "bounced" and its last_error the diagnostic. Named by its id,
   * or (0) by its message_id. GUICHET_E_NOT_FOUND when no such mail was sent; GUICHET_E_STATE without an open transaction. */
  guichet_status (*bounced)(guichet_ctx *ctx, int64_t mail_id, guichet_str message_id, guichet_str diagnostic);
#endif
} guichet_mail_v1;

GUICHET_END_C
#endif
#endif
