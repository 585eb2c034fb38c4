// Log in, and who stands behind a session cookie or an API key. Principals are cached for a minute and
// dropped at once when a notification (core_auth, core_reference) says something changed; while
// notifications cannot arrive nothing is cached. Any thread.
#pragma once

#include "auth/principal.hpp"
#include "db/pool.hpp"

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace host::auth {

class Sessions {
public:
    explicit Sessions(db::Pool& pool) : pool_{pool} {}

    enum class Outcome { ok, wrong, throttled };
    struct Login {
        Outcome outcome = Outcome::wrong;
        std::string token;          // for the cookie
        std::int64_t user_id = 0;   // ok only
        bool locked = false;        // wrong, and with this failure the pair is throttled
    };
    // The same answer and cost for an unknown login, a wrong password and a disabled user (R18). Ten failures in
    // 15 minutes for a login from one network address throttle that pair only (R22).
    Login log_in(std::string_view login, std::string_view password, std::string_view peer_ip);
    void log_out(std::string_view token);

    // Null when unknown, idle for 30 minutes, older than 12 hours (R17) or of a disabled user.
    std::shared_ptr<const Principal> by_session(std::string_view token);
    std::shared_ptr<const Principal> by_api_key(std::string_view key);

    void invalidate();                               // forget every cached principal
    void trust(bool notifications_arrive);

private:
    struct Cached {
        std::shared_ptr<const Principal> principal;
        std::chrono::steady_clock::time_point until;
    };
    template <class Load>
    std::shared_ptr<const Principal> cached(const std::string& digest, Load&& load);

    db::Pool& pool_;
    std::mutex mutex_;
    std::map<std::string, Cached, std::less<>> cache_;
    std::uint64_t epoch_ = 0;
    std::atomic<bool> trusted_{false};
};

}  // namespace host::auth
