// LISTEN on its own connection and thread. Calls back on that thread: notified(channel, payload), and
// reconnected() after every (re)connection, because notifications may have been missed before it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace host::db {

class Listener {
public:
    struct Callbacks {
        std::function<void(std::string_view channel, std::string_view payload)> notified;
        std::function<void()> reconnected;
        std::function<void()> lost;  // caches fed by notifications must not be trusted until reconnected()
    };
    Listener(std::string url, std::vector<std::string> channels, Callbacks callbacks);
    ~Listener();  // stops the thread

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::db
