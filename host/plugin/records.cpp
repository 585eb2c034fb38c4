#include "plugin/records.hpp"

namespace host::plugin {
PluginRecords read_records(db::Connection& connection) {
    PluginRecords records;
    const auto rows = connection.exec(
        "select id, wanted = 'enabled', refused, coalesce(package_sha256, ''), coalesce(error->>'phase', ''), "
        "coalesce(error->>'message', ''), coalesce(previous_sha256, ''), cardinality(crashes), "
        "coalesce(to_char(crashes[cardinality(crashes)] at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), ''), "
        "quarantined_at is not null "
        "from core.plugin");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto text = [&](std::size_t column) { return std::string{rows.text(i, column)}; };
        records[text(0)] = {rows.boolean(i, 1), rows.boolean(i, 2), text(3), text(4), text(5), text(6), static_cast<int>(rows.i64(i, 7)),
                            text(8), rows.boolean(i, 9)};
    }
    return records;
}

std::string wanted_signature(db::Connection& connection, const PluginRecords& records) {
    std::string out{connection.exec("select last_value::text from core.registry_generation").text(0, 0)};
    for (const auto& [id, record] : records)
        out += '\n' + id + ' ' + record.sha256 + (record.wanted ? " wanted" : "") + (record.refused ? " refused" : "") +
               (record.quarantined ? " quarantined" : "");
    return out;
}

void ensure_record(db::Connection& connection, const std::string& id) {
    connection.exec("insert into core.plugin (id) values ($1) on conflict do nothing", {id});
}

void record_wanted(db::Connection& connection, const std::string& id, bool wanted, bool refused) {
    connection.exec(
        "insert into core.plugin (id, wanted, refused) values ($1, $2, $3) "
        "on conflict (id) do update set wanted = excluded.wanted, refused = excluded.refused, error = null, changed_at = now()",
        {id, wanted ? "enabled" : "disabled", refused});
}

void record_package(db::Connection& connection, const std::string& id, const std::string& sha256) {
    connection.exec(
        "insert into core.plugin (id, package_sha256) values ($1, $2) "
        "on conflict (id) do update set package_sha256 = excluded.package_sha256, changed_at = now()",
        {id, sha256});
}

void record_previous(db::Connection& connection, const std::string& id, const std::string& sha256) {
    connection.exec("update core.plugin set previous_sha256 = $2 where id = $1", {id, sha256});
}

void record_success(db::Connection& connection, const std::string& id, const std::string& version) {
    connection.exec(
        "update core.plugin set version = $2, error = null, changed_at = now() where id = $1 and (version is distinct from $2 or error is "
        "not null)",
        {id, version});
}

bool record_crash(db::Connection& connection, const std::string& id, const std::string& cause) {
    const auto rows =  // none: the row is made before the plugin is first called
        connection.exec(
            "update core.plugin set crashes = array(select c from unnest(crashes) c where c > now() - interval '10 minutes' order by c) "
            "|| now() where id = $1 returning cardinality(crashes) >= 3 and quarantined_at is null, cardinality(crashes)",
            {id});
    if (rows.empty() || !rows.boolean(0, 0)) return false;
    connection.exec("update core.plugin set quarantined_at = now(), changed_at = now() where id = $1", {id});
    record_failure(connection, id, "crash",
                   "brought the process down " + std::to_string(rows.i64(0, 1)) + " times within ten minutes, last by " + cause +
                       ": it is left out until somebody enables it again");
    return true;
}

void release(db::Connection& connection, const std::string& id) {
    connection.exec("update core.plugin set quarantined_at = null, crashes = '{}', error = null, changed_at = now() where id = $1", {id});
}

void record_failure(db::Connection& connection, const std::string& id, const std::string& phase, const std::string& message) {
    connection.exec(
        "insert into core.plugin (id, error) values ($1, jsonb_build_object('phase', $2::text, 'message', $3::text, 'at', now())) "
        "on conflict (id) do update set error = excluded.error, changed_at = now()",
        {id, phase, message});
}

void announce(db::Connection& connection, const std::string& id) {
    connection.exec("select nextval('core.registry_generation'), pg_notify('core_registry', $1)", {id});
}

}  // namespace host::plugin
