// The subscriptions of the active plugins as rows, so that events reach them. Any thread.
#pragma once

#include "db/pool.hpp"
#include "plugin/snapshot.hpp"

namespace host::event {

// Adds new ones, which get events from then on. Those of a plugin that is not in the snapshot stay: what is published
// meanwhile waits for it. Those that an active plugin does not have any more are retired. Nothing is taken away by a
// host that runs another version than the one enabled last. May be repeated. Throws db::Error.
void sync_subscriptions(db::Pool& pool, const plugin::Snapshot& snapshot);

}  // namespace host::event
