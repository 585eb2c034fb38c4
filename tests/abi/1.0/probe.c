/* One exported function per type that crosses the boundary, for abidiff: it follows pointers, not globals. */
#include <guichet/abi/plugin.h>

#define PROBE(type) GUICHET_EXPORT void abi_probe_##type(const type *value) { (void)value; }
PROBE(guichet_str)
PROBE(guichet_iface)
PROBE(guichet_auth_v1)
PROBE(guichet_host)
PROBE(guichet_error)
PROBE(guichet_core_v1)
PROBE(guichet_param)
PROBE(guichet_db_v1)
PROBE(guichet_http_v1)
PROBE(guichet_i18n_v1)
PROBE(guichet_lists_v1)
PROBE(guichet_log_v1)
PROBE(guichet_render_v1)
PROBE(guichet_services_v1)
PROBE(guichet_value_v1)
PROBE(guichet_binder)
PROBE(guichet_plugin_v1)
