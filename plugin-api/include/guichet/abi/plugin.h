/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/plugin.h - the only symbol a plugin exports. Includes every table. */
#ifndef GUICHET_ABI_PLUGIN_H
#define GUICHET_ABI_PLUGIN_H
#include "audit.h"
#include "auth.h"
#include "core.h"
#include "counters.h"
#include "db.h"
#include "events.h"
#include "fields.h"
#include "files.h"
#include "http.h"
#include "i18n.h"
#include "jobs.h"
#include "lists.h"
#include "log.h"
#include "mail.h"
#include "pages.h"
#include "render.h"
#include "services.h"
#include "settings.h"
#include "value.h"
GUICHET_BEGIN_C

#if GUICHET_ABI_MINOR >= 3
/* A command of the program ("commands" in the manifest). args: array of the words after the command's name. It prints on its
 * standard output itself; *exit_code is the exit status of the program. [worker] */
typedef guichet_status (*guichet_command_fn)(void *self, guichet_ctx *ctx, const guichet_value *args, int32_t *exit_code);
#endif

/* Ties code to the handler ids declared in the manifest. Nothing is visible to anyone until the
 * host has checked the whole set and published it. Every string is copied by the host. A handler the
 * manifest does not name is refused (GUICHET_E_INVALID), and so is an enable that leaves one unbound. */
typedef struct guichet_binder guichet_binder;
struct guichet_binder {
  guichet_iface h;
  void *impl;
  guichet_status (*route)(const guichet_binder *b, guichet_str handler, guichet_http_fn fn, void *self);
  guichet_status (*slot)(const guichet_binder *b, guichet_str handler, guichet_slot_fn fn, void *self);
  /* table's first member is guichet_iface; it must stay valid until destroy(). */
  guichet_status (*service)(const guichet_binder *b, guichet_str service_id, const void *table, void *self);
#if GUICHET_ABI_MINOR >= 1
  guichet_status (*hook)(const guichet_binder *b, guichet_str handler, guichet_hook_fn fn, void *self);       /* events.hooks */
  guichet_status (*subscriber)(const guichet_binder *b, guichet_str handler, guichet_hook_fn fn, void *self); /* events.subscriptions */
  guichet_status (*job)(const guichet_binder *b, guichet_str handler, guichet_job_fn fn, void *self);
  guichet_status (*column)(const guichet_binder *b, guichet_str handler, guichet_column_fn fn, void *self);
  guichet_status (*search)(const guichet_binder *b, guichet_str handler, guichet_search_fn fn, void *self);
  guichet_status (*badge)(const guichet_binder *b, guichet_str handler, guichet_badge_fn fn, void *self);
#endif
#if GUICHET_ABI_MINOR >= 3
  guichet_status (*command)(const guichet_binder *b, guichet_str handler, guichet_command_fn fn, void *self);
#endif
};

typedef struct guichet_plugin_v1 {
  uint32_t size; /* sizeof(guichet_plugin_v1) */
  uint16_t abi_major;
  uint16_t abi_minor;  /* the minor the plugin was compiled against */
  guichet_str id;      /* must equal the manifest's */
  guichet_str version; /* must equal the manifest's */
  guichet_str build;   /* compiler and commit, for support */
  /* All five are [lifecycle]: serialised by the host, never concurrent with each other. create,
   * bind and start may fail; the host then calls destroy (only if create succeeded) and unloads. */
  guichet_status (*create)(const guichet_host *host, guichet_ctx *ctx, void **self);
  guichet_status (*bind)(void *self, guichet_ctx *ctx, const guichet_binder *b);
  guichet_status (*start)(void *self, guichet_ctx *ctx); /* migrations done; still invisible */
  void (*drain)(void *self);                             /* no new calls will begin; let running ones finish */
  void (*destroy)(void *self);                           /* zero calls in flight; release everything */
} guichet_plugin_v1;

/* The returned object has static storage duration. Called once per load, before anything else. */
GUICHET_EXPORT const guichet_plugin_v1 *guichet_plugin_main(void);
typedef const guichet_plugin_v1 *(*guichet_plugin_main_fn)(void);

GUICHET_END_C
#endif
