#include "plugin/field_values.hpp"

#include <array>

namespace host::plugin {
namespace {

constexpr std::string_view kStep = "2000";

bool has_table(db::Connection& connection, const FieldOwner& owner) {
    const auto& schema = owner.generation->manifest().database.schema;
    return !connection
                .exec("select from information_schema.columns where table_schema = $1 and table_name = $2 and column_name = 'custom'"
                      " and data_type = 'jsonb'",
                      {schema, owner.table})
                .empty();
}

// The name is in the catalogue: has_table() found it there.
std::string quoted(const std::string& name) { return '"' + name + '"'; }

}  // namespace

std::int64_t count_values(db::Pool& pool, const FieldOwner& owner, std::string_view code) {
    auto lease = pool.acquire();
    if (!has_table(*lease, owner)) return 0;
    const std::array<db::Param, 1> params{code};
    return lease->exec(owner.generation->identity(), "select count(*) from " + quoted(owner.table) + " where custom <> '{}' and custom ? $1::text", params)
        .i64(0, 0);
}

void remove_values(db::Pool& pool, const FieldOwner& owner, std::string_view code) {
    auto lease = pool.acquire();
    if (!has_table(*lease, owner)) return;
    const auto table = quoted(owner.table);
    const auto sql = "update " + table + " set custom = custom - $1::text where id in (select id from " + table +
                     " where custom <> '{}' and custom ? $1::text limit " + std::string{kStep} + ")";
    const std::array<db::Param, 1> params{code};
    while (lease->exec(owner.generation->identity(), sql, params).affected() > 0) {
    }
}

}  // namespace host::plugin
