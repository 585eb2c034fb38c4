// What administrators configure: one document per plugin, "core" for the host itself, described by a JSON Schema
// (plugin-api/settings.md). Read once and kept until a notification says it changed. Any thread.
#pragma once

#include "base/result.hpp"
#include "base/value.hpp"
#include "core/notified_cache.hpp"
#include "core/secrets.hpp"
#include "db/pool.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::core {

inline constexpr std::string_view kHostSettings = "core";
std::string_view host_settings_schema();  // {company: {…}, regional: {…}}

// All settings at one moment. Values live as long as the state.
class SettingsState {
public:
    SettingsState(const db::Rows& rows, const Secrets& secrets);

    // In force: defaults for what is missing or does not match the schema (of an older version), secrets in clear.
    // A secret that cannot be read any more is missing. Throws std::runtime_error for a schema that is no JSON object.
    const base::Value& of(std::string_view plugin_id, std::string_view schema_json) const;
    const base::Value* stored(std::string_view plugin_id) const;  // secrets are {"sealed": "…"}; null when nothing was saved
    int version(std::string_view plugin_id) const;                // 0 when nothing was saved

private:
    struct Stored { const base::Value* value; int version; };
    struct InForce { base::Arena arena; const base::Value* value = nullptr; };

    const Secrets& secrets_;
    base::Arena arena_;
    std::map<std::string, Stored, std::less<>> stored_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, std::unique_ptr<InForce>, std::less<>> in_force_;  // by plugin and schema: two versions may be active
};

class Settings {
public:
    Settings(db::Pool& pool, const Secrets& secrets) : pool_{pool}, secrets_{secrets} {}
    std::shared_ptr<const SettingsState> get() const;  // throws db::Unavailable when it must be read and cannot
    std::string company_zone() const;                  // "Europe/Paris"; throws likewise
    std::string company_language() const;              // "fr"; the default language while it cannot be read
    const Secrets& secrets() const noexcept { return secrets_; }
    void invalidate() noexcept { cache_.invalidate(); }
    void trust(bool notifications_arrive) noexcept { cache_.trust(notifications_arrive); }

private:
    db::Pool& pool_;
    const Secrets& secrets_;
    NotifiedCache<SettingsState> cache_;
};

struct SettingsWrite {
    std::string_view plugin_id, schema_json;
    const base::Value& values;            // members to set, null: back to the default; those of a group likewise; secrets in clear
    std::int64_t by = 0;                  // user; 0: the system
    std::optional<int> expected_version;  // refused as "settings.version" when another one is stored
};
struct SettingsWritten {
    int version = 0;
    std::vector<std::string> changed;  // "company.name"; empty: everything was so already, and nothing was written
};
// Checks, stores and publishes core.settings_changed/1 {plugin, changed} in the caller's transaction, as the host. Problem::path is "/company/name", codes are
// "settings.version", "settings.unknown", "settings.required" and "settings.value".
base::Result<SettingsWritten> write_settings(db::Connection& connection, const Secrets& secrets, const SettingsWrite& write);

}  // namespace host::core
