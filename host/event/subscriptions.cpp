#include "event/subscriptions.hpp"

#include "plugin/generation.hpp"
#include "queue/queue.hpp"

namespace host::event {

void sync_subscriptions(db::Pool& pool, const plugin::Snapshot& snapshot) {
    std::vector<std::string> ids, plugins;
    for (const auto& generation : snapshot.generations()) plugins.push_back(generation->id());
    db::Transaction transaction{pool};
    for (const auto& [id, target] : snapshot.subscriptions()) {
        ids.push_back(id);
        transaction.exec("insert into core.subscription (id, plugin_id, event, version, max_attempts) values ($1, $2, $3, $4, $5)"
                         " on conflict (id) do update set version = excluded.version, max_attempts = excluded.max_attempts, retired_at = null",
                         {id, target.generation->id(), target.item->event, target.item->version, target.item->max_attempts});
    }
    transaction.exec("update core.subscription set retired_at = clock_timestamp()"
                     " where retired_at is null and plugin_id = any($2::text[]) and id <> all($1::text[])",
                     {queue::array_literal(ids), queue::array_literal(plugins)});
    transaction.commit();
}

}  // namespace host::event
