#include "plugin/processes.hpp"

#include "base/json.hpp"
#include "base/random.hpp"

#include <unistd.h>

#include <array>

namespace host::plugin {
namespace {

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string{name.data()} : std::string{};
}

std::string to_json(const LoadedPackages& loaded) {
    base::Arena arena;
    auto* object = base::Value::object(arena);
    for (const auto& [id, sums] : loaded) {
        auto* list = object->add_array(id);
        for (const auto& sha256 : sums) list->push(base::Value::string(arena, sha256));
    }
    return base::to_json(*object);
}

}  // namespace

std::string new_process_id() { return base::random_token(12); }

void report_process(db::Connection& connection, const std::string& process_id, const LoadedPackages& loaded, std::int64_t generation) {
    connection.exec(
        "insert into core.process (id, host, pid, generation, plugins) values ($1, $2, $3, $4, $5::jsonb) "
        "on conflict (id) do update set seen_at = clock_timestamp(), generation = excluded.generation, plugins = excluded.plugins",
        {process_id, host_name(), static_cast<std::int64_t>(::getpid()), generation, to_json(loaded)});
    connection.exec("delete from core.process where seen_at < clock_timestamp() - interval '1 hour'", {});
}

void remove_process(db::Connection& connection, const std::string& process_id) {
    connection.exec("delete from core.process where id = $1", {process_id});
}

int processes_with_another(db::Connection& connection, const std::string& plugin_id, const std::string& sha256) {
    return static_cast<int>(
        connection
            .exec("select count(*) from core.process where seen_at > clock_timestamp() - interval '30 seconds' and exists "
                  "(select from jsonb_array_elements_text(plugins->$1) sum where sum <> $2)",
                  {plugin_id, sha256})
            .i64(0, 0));
}

}  // namespace host::plugin
