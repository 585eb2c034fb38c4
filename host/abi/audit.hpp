// A line of the audit log with what the context knows: who, from where, which request.
#pragma once

#include "abi/ctx.hpp"
#include "core/audit.hpp"

namespace host::abi {

// Borrows from ctx and from the arguments.
core::AuditLine audit_line(const guichet_ctx& ctx, std::string_view action, std::string_view subject, std::string_view details_json = {});

}  // namespace host::abi
