/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/settings.h - what administrators configure; the manifest's "settings" is its JSON Schema. (1.1) */
#ifndef GUICHET_ABI_SETTINGS_H
#define GUICHET_ABI_SETTINGS_H
#include "base.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

#define GUICHET_IFACE_SETTINGS "guichet.settings"
typedef struct guichet_settings_v1 {
  guichet_iface h;
  /* The plugin's settings: validated, defaults applied, secrets decrypted. One state for the life of the ctx. Cached by
   * the host and shared: do not edit, do not log. [ctx] */
  const guichet_value *(*all)(guichet_ctx *ctx);
#if GUICHET_ABI_MINOR >= 2
  /* Members to set of the plugin's own settings, null: back to the default; the rest stays. Checked against the schema:
   * GUICHET_E_INVALID with the member as its field. In the open transaction, or GUICHET_E_STATE; in force for calls
   * that begin after its commit. [ctx] */
  guichet_status (*write)(guichet_ctx *ctx, const guichet_value *values);
#endif
#if GUICHET_ABI_MINOR >= 3
  /* Secrets in the plugin's own tables: text that only this deployment's key opens, and only for this plugin and place
   * ("mailbox/4"), so that it cannot be moved to another row. *out lives in the arena of ctx. [ctx] */
  guichet_status (*seal)(guichet_ctx *ctx, guichet_str plain, guichet_str place, guichet_str *out);
  /* GUICHET_E_NOT_FOUND when the key is another one or the text was altered: the secret must be entered again. [ctx] */
  guichet_status (*unseal)(guichet_ctx *ctx, guichet_str sealed, guichet_str place, guichet_str *out);
#endif
} guichet_settings_v1;

GUICHET_END_C
#endif
#endif
