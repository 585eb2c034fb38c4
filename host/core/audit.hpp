// What administrators must be able to look up later. A line is part of the transaction that makes the
// change: what was rolled back is not in it.
#pragma once

#include "db/pool.hpp"

#include <cstdint>
#include <string_view>

namespace host::core {

struct AuditLine {
    std::int64_t user_id = 0;       // 0 and below: no user
    std::string_view actor;         // his login; "system"
    std::string_view address, request_id;
    std::string_view action;        // "core.module_enabled"
    std::string_view subject;       // "module/tickets"
    std::string_view details_json;  // an object without secrets, or ""
};

void audit(db::Connection& connection, const AuditLine& line);
void audit(db::Pool& pool, const AuditLine& line);  // for what has no transaction of its own

}  // namespace host::core
