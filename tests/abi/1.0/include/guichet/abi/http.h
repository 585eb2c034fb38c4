/* SPDX-License-Identifier: Apache-2.0
 * guichet/abi/http.h - one HTTP exchange. Path, permission, CSRF and body limit come from the manifest
 * and are enforced by the host before the handler runs. */
#ifndef GUICHET_ABI_HTTP_H
#define GUICHET_ABI_HTTP_H
#include "base.h"
GUICHET_BEGIN_C

typedef struct guichet_http guichet_http;
typedef guichet_status (*guichet_http_fn)(void *self, guichet_ctx *ctx, guichet_http *x); /* [worker] */

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
} guichet_http_v1;

GUICHET_END_C
#endif
