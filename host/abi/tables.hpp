// The function tables the host offers, one per <name>_table.cpp, and how a plugin finds them.
#pragma once

#include <guichet/abi/administration.h>
#include <guichet/abi/plugin.h>

namespace host::abi {

extern const guichet_core_v1 kCoreTable;
extern const guichet_log_v1 kLogTable;
extern const guichet_value_v1 kValueTable;
extern const guichet_http_v1 kHttpTable;
extern const guichet_db_v1 kDbTable;
extern const guichet_auth_v1 kAuthTable;
extern const guichet_lists_v1 kListsTable;
extern const guichet_i18n_v1 kI18nTable;
extern const guichet_render_v1 kRenderTable;
extern const guichet_services_v1 kServicesTable;
extern const guichet_pages_v1 kPagesTable;
extern const guichet_fields_v1 kFieldsTable;
extern const guichet_audit_v1 kAuditTable;
extern const guichet_settings_v1 kSettingsTable;
extern const guichet_counters_v1 kCountersTable;
extern const guichet_files_v1 kFilesTable;
extern const guichet_mail_v1 kMailTable;
extern const guichet_events_v1 kEventsTable;
extern const guichet_jobs_v1 kJobsTable;
extern const guichet_administration_v1 kAdministrationTable;

const void* find_table(const guichet_host* host, guichet_str iface_id, uint16_t major) noexcept;

}  // namespace host::abi
