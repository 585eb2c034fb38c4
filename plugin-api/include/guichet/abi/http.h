/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/http.h - one HTTP exchange. Path, permission, CSRF and body limit come from the manifest
 * and are enforced by the host before the handler runs. */
#ifndef GUICHET_ABI_HTTP_H
#define GUICHET_ABI_HTTP_H
#include "base.h"
#include "files.h"
GUICHET_BEGIN_C

typedef struct guichet_http guichet_http;
typedef guichet_status (*guichet_http_fn)(void *self, guichet_ctx *ctx, guichet_http *x); /* [worker] */

#if GUICHET_ABI_MINOR >= 1
typedef struct guichet_upload { /* strings live until the handler returns */
  uint32_t size;
  uint32_t reserved;
  int64_t bytes;
  guichet_str field;    /* name of the form control */
  guichet_str filename; /* as sent, without folders and control characters; may be empty */
} guichet_upload;
#endif

#define GUICHET_IFACE_HTTP "guichet.http"
typedef struct guichet_http_v1 { /* all [ctx] */
  guichet_iface h;
  /* --- request; returned strings live until the handler returns; GUICHET_E_NOT_FOUND when absent --- */
  guichet_str (*method)(guichet_http *x);
  guichet_str (*path)(guichet_http *x);         /* decoded, without the query */
  guichet_str (*query_string)(guichet_http *x); /* as sent, without '?' */
  guichet_status (*param)(guichet_http *x, guichet_str name, guichet_str *out); /* {id} in the route path */
  guichet_status (*query)(guichet_http *x, guichet_str name, size_t index, guichet_str *out);
  guichet_status (*header)(guichet_http *x, guichet_str name, guichet_str *out);
  guichet_status (*form)(guichet_http *x, guichet_str name, size_t index, guichet_str *out);
  guichet_status (*json)(guichet_http *x, const guichet_value **out);
  int32_t (*is_htmx)(guichet_http *x);          /* a fragment is wanted, not a page */
  /* --- response; nothing is sent before the handler has returned GUICHET_OK --- */
  guichet_status (*status)(guichet_http *x, int32_t code);
  /* Refused (GUICHET_E_INVALID) with CR, LF or NUL, and for headers the host owns. */
  guichet_status (*set_header)(guichet_http *x, guichet_str name, guichet_str value);
  /* Renders a template of the package inside the site's layout, or alone for htmx. data.title is the
   * page's title. */
  guichet_status (*send_page)(guichet_http *x, guichet_str template_id, const guichet_value *data);
  guichet_status (*send_json)(guichet_http *x, const guichet_value *data);
  /* See other (303). location is a path of this site. */
  guichet_status (*redirect)(guichet_http *x, guichet_str location);
  guichet_status (*send)(guichet_http *x, guichet_str content_type, guichet_str body);
#if GUICHET_ABI_MINOR >= 1
  /* Name and value of the i-th field of a form, in the order sent; GUICHET_E_NOT_FOUND past the end. */
  guichet_status (*form_at)(guichet_http *x, size_t i, guichet_str *name, guichet_str *value);
  /* Uploads of a route with "body": "multipart"; its small fields are read by form. size_t i counts files only. */
  guichet_status (*upload)(guichet_http *x, size_t i, guichet_upload *out); /* GUICHET_E_NOT_FOUND past the last */
  /* Stores the i-th upload (files.h put) without passing its content through the plugin. */
  guichet_status (*store_upload)(guichet_http *x, size_t i, guichet_file *out);
  /* Answers with a file of this plugin: attachment, nosniff, ranges; inline only for PNG, JPEG, GIF and WebP when asked
   * (security.md R41, R42). Who may read it was checked by the handler. */
  guichet_status (*send_file)(guichet_http *x, int64_t file_id, int32_t display_inline);
#endif
#if GUICHET_ABI_MINOR >= 3 /* 1.2 of the table: for pages of people who do not log in */
  /* Network address of who asks, as text. */
  guichet_str (*client)(guichet_http *x);
  /* A cookie that this plugin has set; GUICHET_E_NOT_FOUND when the browser sent none. */
  guichet_status (*cookie)(guichet_http *x, guichet_str name, guichet_str *out);
  /* The browser keeps it for max_age_s and sends it to this site only: HttpOnly, SameSite=Lax, Secure over https. 0 seconds: it is
   * taken away. GUICHET_E_INVALID unless name is of [a-z0-9_] and value of [A-Za-z0-9_.-]. The answer to a form with an
   * idempotency key is kept for a day: no secret in a cookie of it. */
  guichet_status (*set_cookie)(guichet_http *x, guichet_str name, guichet_str value, int32_t max_age_s);
  /* Other sites that may show this answer in a frame: origins separated by blanks, "https://www.example.org". GUICHET_E_INVALID
   * for anything else. */
  guichet_status (*allow_framing)(guichet_http *x, guichet_str origins);
  /* Answers with HTML from outside, a mail for example, for an <iframe sandbox="allow-same-origin allow-popups"> of this site's
   * pages: no script, no form; pictures of this site, and with remote_pictures those of others, which tells them who reads. */
  guichet_status (*send_foreign)(guichet_http *x, guichet_str html, int32_t remote_pictures);
#endif
} guichet_http_v1;

GUICHET_END_C
#endif
