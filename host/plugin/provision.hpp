// What a plugin has in the database: a role, its schema, the views it may read, its migrations, and the
// first content of its lists and permissions.
#pragma once

#include "db/connection.hpp"
#include "plugin/package.hpp"

namespace host::plugin {

// Role and schema, rights to read, "expand" migrations. May be repeated. Throws db::Unavailable; what
// PostgreSQL refuses is a Problem. "contract" migrations are never run here.
base::Problems provision(db::Connection& connection, const Package& package);

// Grants the views of database.reads that lack a grant: a migration of their owner may have made them anew.
base::Problems grant_reads(db::Connection& connection, const Manifest& manifest);

base::Problems grant_reads_to(db::Connection& connection, const Manifest& manifest, const std::string& role);

// Lets the owners of lists read the views that the package's columns are sorted and filtered by.
base::Problems grant_columns(db::Connection& connection, const Manifest& manifest);

// Lists that are not there yet, and default grants of objects and permissions nobody has any grant of: what
// an administrator took away stays away.
void add_first_content(db::Connection& connection, const Manifest& manifest);

}  // namespace host::plugin
