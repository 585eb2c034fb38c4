#include "abi/tables.hpp"

#include "abi/call.hpp"
#include "abi/guard.hpp"

namespace host::abi {

const void* find_table(const guichet_host*, guichet_str iface_id, uint16_t major) noexcept {
    static constexpr struct {
        std::string_view id;
        const void* table;
    } kTables[] = {
        {GUICHET_IFACE_CORE, &kCoreTable},     {GUICHET_IFACE_LOG, &kLogTable},     {GUICHET_IFACE_VALUE, &kValueTable},
        {GUICHET_IFACE_HTTP, &kHttpTable},     {GUICHET_IFACE_DB, &kDbTable},       {GUICHET_IFACE_AUTH, &kAuthTable},
        {GUICHET_IFACE_LISTS, &kListsTable},   {GUICHET_IFACE_I18N, &kI18nTable},   {GUICHET_IFACE_RENDER, &kRenderTable},
        {GUICHET_IFACE_SERVICES, &kServicesTable}, {GUICHET_IFACE_PAGES, &kPagesTable}, {GUICHET_IFACE_FIELDS, &kFieldsTable}, {GUICHET_IFACE_AUDIT, &kAuditTable},
        {GUICHET_IFACE_SETTINGS, &kSettingsTable}, {GUICHET_IFACE_COUNTERS, &kCountersTable},
        {GUICHET_IFACE_FILES, &kFilesTable},   {GUICHET_IFACE_MAIL, &kMailTable},
        {GUICHET_IFACE_EVENTS, &kEventsTable}, {GUICHET_IFACE_JOBS, &kJobsTable},
        {GUICHET_IFACE_ADMINISTRATION, &kAdministrationTable},
    };
    for (const auto& entry : kTables)
        if (entry.id == view(iface_id)) return major == 1 ? entry.table : nullptr;
    return nullptr;
}

void fill(HostHandle& handle, const plugin::Generation& generation) {
    handle.table.h = {sizeof(guichet_host), GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR};
    handle.table.impl = &handle;
    handle.table.product_version = GUICHET_STR(GUICHET_VERSION);
    handle.table.get = find_table;
    handle.generation = &generation;
}

}  // namespace host::abi
