// Builds everything in order, serves, stops in reverse. The command line uses the same object without
// the server.
#pragma once

#include "auth/sessions.hpp"
#include "background.hpp"
#include "config.hpp"
#include "core/reference_data.hpp"
#include "core/settings.hpp"
#include "db/listener.hpp"
#include "db/pool.hpp"
#include "file/files.hpp"
#include "pdf/printer.hpp"
#include "http/server.hpp"
#include "plugin/lifecycle.hpp"
#include "plugin/reaper.hpp"
#include "plugin/registry.hpp"
#include "web/gateway.hpp"
#include "web/layout.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace host {

// Templates of the host's own pages. Throws std::runtime_error.
std::shared_ptr<const ui::TemplateSet> read_host_templates(const Config& config);

class App {
public:
    // Connects, migrates the host's schema. Throws db::Unavailable, std::runtime_error.
    explicit App(Config config);
    ~App();

    // A database nobody has used: the first administrator and every package that came with the program.
    // Says what was made; the password is in it once, when it was not given.
    struct FirstStart { bool happened = false; std::string login, password; base::Problems problems; };
    FirstStart first_start();

    void load_plugins();                 // what is wanted; for the command line and before serve
    void serve();                        // load_plugins, listen; returns at once
    void stop();                         // graceful, at most 30 s
    std::uint16_t port() const noexcept { return server_->port(); }

    db::Pool& pool() noexcept { return pool_; }
    plugin::Lifecycle& lifecycle() noexcept { return *lifecycle_; }
    plugin::Registry& registry() noexcept { return registry_; }
    plugin::Reaper& reaper() noexcept { return reaper_; }
    const Config& config() const noexcept { return config_; }
    const abi::Services& services() const noexcept { return services_; }
    std::string metrics() const;         // Prometheus text

private:
    void listen_for_changes();
    void remember_extensions(const plugin::Snapshot& snapshot);  // its subscriptions and jobs, as rows
    void follow();                       // thread: reconciles after a notification and every 5 s
    void wake_follower();

    Config config_;
    db::Pool pool_;
    core::ReferenceData reference_;
    core::Secrets secrets_;
    core::Settings settings_;
    auth::Sessions sessions_;
    file::Files files_;
    pdf::Printer printer_;
    web::Assets assets_;
    web::Badges badges_;
    std::shared_ptr<const ui::TemplateSet> templates_;
    std::unique_ptr<web::Layout> layout_;
    abi::Services services_;
    plugin::Reaper reaper_;
    plugin::Registry registry_;
    std::unique_ptr<plugin::Lifecycle> lifecycle_;
    std::unique_ptr<web::Site> site_;
    web::Health health_;
    std::unique_ptr<web::Gateway> gateway_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<http::Handler> metrics_handler_;
    std::unique_ptr<http::Server> metrics_server_;
    std::unique_ptr<Background> background_;
    std::unique_ptr<db::Listener> listener_;
    std::thread follower_;
    std::mutex follower_mutex_;
    std::condition_variable follower_wakes_;
    bool follower_due_ = false;
    bool stopping_ = false;
};

}  // namespace host
