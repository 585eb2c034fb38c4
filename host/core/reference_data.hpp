// Users, teams, lists, custom fields and arrangements of widgets: small tables that nearly every page needs, read once and kept until a
// notification says they changed (channel core_reference). Any thread.
#pragma once

#include "base/value.hpp"
#include "core/arrangements.hpp"
#include "core/fields.hpp"
#include "core/notified_cache.hpp"
#include "db/pool.hpp"

#include <map>
#include <memory>
#include <string>

namespace host::core {

struct Reference {
    base::Arena arena;
    const base::Value* users = nullptr;  // [{id, name, login}], active, by name
    const base::Value* teams = nullptr;  // [{id, name}], active, by name
    std::map<std::string, std::map<std::string, const base::Value*, std::less<>>, std::less<>> lists;  // list -> language -> [{id, code, label, color, active}]
    Fields fields;
    Arrangements arrangements;
};

class ReferenceData {
public:
    explicit ReferenceData(db::Pool& pool) : pool_{pool} {}
    std::shared_ptr<const Reference> get() const;  // throws db::Unavailable when it must be read and cannot
    void invalidate() noexcept { cache_.invalidate(); }
    void trust(bool notifications_arrive) noexcept { cache_.trust(notifications_arrive); }

private:
    db::Pool& pool_;
    NotifiedCache<Reference> cache_;
};

}  // namespace host::core
