// Rows of core.plugin: what the operator wants of each plugin, and how the last attempt went.
#pragma once

#include "db/connection.hpp"

#include <map>
#include <string>
#include <string_view>

namespace host::plugin {

struct PluginRecord {
    bool wanted = false;
    bool refused = false;  // a bridge the operator switched off
    std::string sha256;    // "" = no package chosen
    std::string error_phase, error_message;
    std::string previous_sha256;   // what a rollback returns to; "" = nothing
    int crashes = 0;               // of the last ten minutes
    std::string crashed_at;        // of the last one, "2026-11-22T19:02:40Z"
    bool quarantined = false;      // left out until an operator enables it again
};
using PluginRecords = std::map<std::string, PluginRecord>;

PluginRecords read_records(db::Connection& connection);
// Changes with everything a following host must act upon.
std::string wanted_signature(db::Connection& connection, const PluginRecords& records);

void ensure_record(db::Connection& connection, const std::string& id);
void record_wanted(db::Connection& connection, const std::string& id, bool wanted, bool refused);
void record_package(db::Connection& connection, const std::string& id, const std::string& sha256);
void record_previous(db::Connection& connection, const std::string& id, const std::string& sha256);
void record_success(db::Connection& connection, const std::string& id, const std::string& version);
// It brought the process down. The third time in ten minutes it is quarantined: true.
bool record_crash(db::Connection& connection, const std::string& id, const std::string& cause);
void release(db::Connection& connection, const std::string& id);  // from quarantine
void record_failure(db::Connection& connection, const std::string& id, const std::string& phase, const std::string& message);
// Tells every host, at commit, that the wanted set changed.
void announce(db::Connection& connection, const std::string& id);

}  // namespace host::plugin
