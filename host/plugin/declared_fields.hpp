// Custom fields that a package brings: added once, afterwards they are the administrator's.
#pragma once

#include "db/connection.hpp"
#include "plugin/package.hpp"

namespace host::plugin {

// Fields that are not there yet, but for those an administrator has deleted. Labels in every language the package speaks.
void add_declared_fields(db::Connection& connection, const Package& package);

}  // namespace host::plugin
