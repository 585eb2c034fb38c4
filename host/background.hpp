// What a host does without being asked: deliveries of events, runs of jobs and mail, with connections of its own, so that
// pages never wait for one because of them.
#pragma once

#include "abi/ctx.hpp"
#include "config.hpp"
#include "event/dispatcher.hpp"
#include "job/runner.hpp"
#include "mail/dispatcher.hpp"
#include "plugin/registry.hpp"

#include <string>

namespace host {

class Background {
public:
    // services: everything but the pool is used; must be complete.
    Background(const Config& config, const abi::Services& services, const plugin::Registry& registry);
    void start();
    void stop();  // waits for the deliveries, runs and mails in progress
    void wake();
    void snapshot_changes(const plugin::Snapshot& next) { runs_.snapshot_changes(next); }
    void notified(std::string_view channel, std::string_view payload);
    std::string metrics();  // Prometheus text; without what only the database knows when it is away

private:
    db::Pool pool_;
    abi::Services services_;
    event::Dispatcher deliveries_;
    job::Runner runs_;
    mail::Senders senders_;
    mail::Dispatcher mail_;
};

}  // namespace host
