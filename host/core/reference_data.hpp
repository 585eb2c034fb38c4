// Users, teams and lists: small tables that nearly every page needs, read once and kept until a
// notification says they changed (channel core_reference). While notifications cannot arrive, every
// reader reloads. Any thread.
#pragma once

#include "base/value.hpp"
#include "db/pool.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace host::core {

struct Reference {
    base::Arena arena;
    const base::Value* users = nullptr;  // [{id, name, login}], active, by name
    const base::Value* teams = nullptr;  // [{id, name}], active, by name
    std::map<std::string, std::map<std::string, const base::Value*, std::less<>>, std::less<>> lists;  // list -> language -> [{id, code, label, color, active}]
};

class ReferenceData {
public:
    explicit ReferenceData(db::Pool& pool) : pool_{pool} {}
    std::shared_ptr<const Reference> get() const;  // throws db::Unavailable when it must be read and cannot
    void invalidate() noexcept { ++wanted_; }
    void trust(bool notifications_arrive) noexcept;

private:
    db::Pool& pool_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const Reference> current_;
    mutable std::uint64_t loaded_ = 0;
    std::atomic<std::uint64_t> wanted_{1};
    std::atomic<bool> trusted_{false};
};

}  // namespace host::core
