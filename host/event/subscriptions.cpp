#include "event/subscriptions.hpp"

#include "plugin/generation.hpp"
#include "queue/queue.hpp"

namespace host::event {

void sync_subscriptions(db::Pool& pool, const plugin::Snapshot& snapshot) {
    std::vector<std::string> ids, plugins, versions;
    for (const auto& generation : snapshot.generations()) {
        plugins.push_back(generation->id());
        versions.push_back(generation->manifest().version);
    }
    db::Transaction transaction{pool};
    for (const auto& [id, target] : snapshot.subscriptions()) {
        ids.push_back(id);
        transaction.exec("insert into core.subscription as s (id, plugin_id, event, version, max_attempts) values ($1, $2, $3, $4, $5)"
                         " on conflict (id) do update set version = excluded.version, max_attempts = excluded.max_attempts, retired_at = null"
                         " where (s.version, s.max_attempts, s.retired_at is null) is distinct from (excluded.version, excluded.max_attempts, true)"
                         " and not exists (select from core.plugin p where p.id = $2 and p.version <> $6)",
                         {id, target.generation->id(), target.item->event, target.item->version, target.item->max_attempts,
                          target.generation->manifest().version});
    }
    transaction.exec("update core.subscription s set retired_at = clock_timestamp() from core.plugin p, unnest($2::text[], $3::text[]) g(id, version)"
                     " where s.retired_at is null and s.id <> all($1::text[]) and p.id = s.plugin_id and g.id = p.id and g.version = p.version",
                     {queue::array_literal(ids), queue::array_literal(plugins), queue::array_literal(versions)});
    transaction.commit();
}

}  // namespace host::event
