#include "core/audit.hpp"

#include <optional>

namespace host::core {

void audit(db::Connection& connection, const AuditLine& line) {
    const auto user = line.user_id > 0 ? std::optional{line.user_id} : std::nullopt;
    const auto details = line.details_json.empty() ? std::nullopt : std::optional{line.details_json};
    connection.exec("insert into core.audit (user_id, actor, address, request_id, action, subject, details)"
                    " values ($1::bigint, $2, $3, $4, $5, $6, $7::jsonb)",
                    {user, line.actor, line.address, line.request_id, line.action, line.subject, details});
}

void audit(db::Pool& pool, const AuditLine& line) { audit(*pool.acquire(), line); }

}  // namespace host::core
