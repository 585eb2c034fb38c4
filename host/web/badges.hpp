// Numbers beside menu entries. Plugins count them; a number is kept for a few seconds, so that a page shows what is known
// and asks for the rest after it has come. Any thread.
#pragma once

#include "abi/ctx.hpp"
#include "plugin/snapshot.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace host::web {

class Badges {
public:
    using Entry = plugin::Snapshot::MenuEntry;

    // Nothing when it was not counted in the last 15 s.
    std::optional<std::int64_t> known(const guichet_ctx& ctx, const Entry& entry) const;
    // Asks the plugin when it is not known; 0 when that fails.
    std::int64_t count(guichet_ctx& ctx, const Entry& entry);
    // After something that the user has changed, so that he sees what it did to his numbers.
    void forget(std::int64_t user_id);

private:
    struct Count {
        std::int64_t value;
        std::chrono::steady_clock::time_point until;
    };
    static std::string key(const guichet_ctx& ctx, const Entry& entry);
    void keep(std::string key, std::int64_t value);

    mutable std::mutex mutex_;
    std::map<std::string, Count, std::less<>> counts_;
};

}  // namespace host::web
