/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/files.h - files of objects: attachments, photos, documents. (1.1)
 *
 * Content is stored once by its SHA-256. A file is a row that names content; its plugin keeps the id in its own tables
 * and decides who may read it: the host serves a file only through a handler's send_file. */
#ifndef GUICHET_ABI_FILES_H
#define GUICHET_ABI_FILES_H
#include "base.h"
#if GUICHET_ABI_MINOR >= 1
GUICHET_BEGIN_C

typedef struct guichet_file {
  uint32_t size;         /* sizeof as compiled by the caller */
  uint32_t reserved;
  int64_t id;
  int64_t bytes;
  guichet_str name;      /* without folders and control characters */
  guichet_str type;      /* media type found in the content (libmagic), never the sender's word */
  guichet_str sha256;    /* 64 hexadecimal digits */
} guichet_file;

#define GUICHET_IFACE_FILES "guichet.files"
typedef struct guichet_files_v1 { /* all [ctx]; only files of the calling plugin: others are GUICHET_E_NOT_FOUND */
  guichet_iface h;
  /* Content is on disk and synced before the row is written in the caller's transaction (GUICHET_E_STATE without one). */
  guichet_status (*put)(guichet_ctx *ctx, guichet_str name, const void *data, size_t n, guichet_file *out);
  guichet_status (*info)(guichet_ctx *ctx, int64_t file_id, guichet_file *out);
  /* *n == 0 at the end. */
  guichet_status (*read)(guichet_ctx *ctx, int64_t file_id, uint64_t offset, void *buffer, size_t capacity, size_t *n);
  /* In the caller's transaction; content that nothing names any more is deleted an hour later at the earliest. */
  guichet_status (*remove)(guichet_ctx *ctx, int64_t file_id);
} guichet_files_v1;

GUICHET_END_C
#endif
#endif
