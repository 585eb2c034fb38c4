#include "app.hpp"

#include "auth/users.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "db/migrator.hpp"
#include "event/subscriptions.hpp"
#include "job/jobs.hpp"
#include "pages/routes.hpp"

#include <map>
#include <stdexcept>

namespace host {
namespace {

db::PoolOptions pool_options(const Config& config) {
    db::PoolOptions options;
    options.url = config.database_url;
    options.size = config.database_connections;
    return options;
}

void migrate_host(db::Pool& pool, const std::filesystem::path& share) {
    auto migrations = db::read_migrations(share / "sql");
    if (!migrations) throw std::runtime_error{base::to_text(migrations.problems())};
    if (migrations->empty()) throw std::runtime_error{"no migrations in " + (share / "sql").string() + ": is GUICHET_SHARE right?"};
    auto lease = pool.acquire();
    db::prepare_ledger(*lease);
    auto done = db::migrate(*lease, "core", {}, *migrations, db::Phase::expand);
    if (!done) throw std::runtime_error{base::to_text(done.problems())};
    if (*done > 0) base::log(base::Level::info, "database migrated", {{"migrations", std::int64_t{*done}}});
}

plugin::LifecycleOptions lifecycle_options(const Config& config) {
    plugin::LifecycleOptions options;
    options.package_folders = config.packages;
    options.install_folder = config.state / "packages";
    options.run_folder = config.state / "run";
    options.package_folders.push_back(options.install_folder);
    options.safe_mode = config.safe_mode;
    return options;
}

std::vector<std::pair<std::string, std::string>> reserved(const std::vector<web::HostRoute>& routes) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& route : routes) out.emplace_back(route.method, route.path);
    return out;
}

http::ServerOptions server_options(const Config& config) {
    http::ServerOptions options;
    options.host = config.listen_host;
    options.port = config.listen_port;
    options.workers = config.workers;
    if (!config.public_url.empty()) options.public_hosts = {config.public_host(), "localhost", "127.0.0.1", "[::1]"};
    return options;
}

class MetricsHandler final : public http::Handler {
public:
    explicit MetricsHandler(const App& app) : app_{app} {}
    std::size_t max_body_bytes(const http::Request&) noexcept override { return 0; }
    http::Response handle(http::Request& request) override {
        http::Response response;
        response.status = request.path == "/metrics" ? 200 : 404;
        response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        if (response.status == 200) response.body = app_.metrics();
        return response;
    }
    http::Response refuse(int status, std::string_view, const http::Request*) noexcept override {
        http::Response response;
        response.status = status;
        return response;
    }

private:
    const App& app_;
};

// A share folder without assets, as that of some tests, has plain documents.
std::string read_pdf_style(const Config& config) {
    auto style = base::read_file(config.share / "assets" / "pdf.css");
    return style ? std::move(*style) : std::string{};
}

}  // namespace

std::shared_ptr<const ui::TemplateSet> read_host_templates(const Config& config) {
    const auto folder = config.share / "templates";
    std::map<std::string, std::string> sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.path().extension() != ".html") continue;
        auto text = base::read_file(entry.path());
        if (!text) throw std::runtime_error{base::to_text(text.problems())};
        sources[std::filesystem::relative(entry.path(), folder).generic_string()] = std::move(*text);
    }
    auto set = ui::TemplateSet::parse("core", sources, nullptr);
    if (!set) throw std::runtime_error{base::to_text(set.problems())};
    return *set;
}

App::App(Config config)
    : config_{std::move(config)},
      pool_{pool_options(config_)},
      reference_{pool_},
      secrets_{config_.secret_key_file.empty() ? config_.state / "secret.key" : config_.secret_key_file},
      settings_{pool_, secrets_},
      sessions_{pool_},
      files_{config_.state / "files"},
      printer_{config_.state / "pdf", read_pdf_style(config_)},
      assets_{config_.share / "assets"},
      templates_{read_host_templates(config_)},
      layout_{std::make_unique<web::Layout>(templates_, assets_, badges_, config_.safe_mode)},
      services_{&pool_, &reference_, layout_.get()},
      registry_{reaper_},
      health_{pool_} {
    services_.files = &files_;
    services_.printer = &printer_;

    services_.settings = &settings_;
    services_.secrets = &secrets_;
    services_.site_url = config_.site_url();
    migrate_host(pool_, config_.share);
    registry_.observe([this](const plugin::Snapshot& next) {
        if (background_) background_->snapshot_changes(next);
        remember_extensions(next);
    });
    auto routes = pages::all_routes(config_, badges_);
    lifecycle_ = std::make_unique<plugin::Lifecycle>(services_, pool_, registry_, templates_, i18n::read_domain("core", config_.share / "i18n"),
                                                     pages::slots(), reserved(routes), lifecycle_options(config_));
    site_ = std::make_unique<web::Site>(web::Site{config_, pool_, sessions_, reference_, registry_, reaper_, *lifecycle_, templates_, services_});
    gateway_ = std::make_unique<web::Gateway>(*site_, std::move(routes), assets_, health_, badges_);
}

App::~App() { stop(); }

App::FirstStart App::first_start() {
    FirstStart first;
    if (!auth::any_user(pool_)) {
        first.happened = true;
        first.login = "admin";
        first.password = config_.admin_password.empty() ? base::random_token(15) : config_.admin_password;
        const auto made = auth::create_user(pool_, {first.login, "Administrateur", "", first.password, "administrator", ""});
        if (!made) first.problems = made.problems();
    }
    if (pool_.exec("select not exists (select from core.plugin)").boolean(0, 0))
        for (const auto& module : lifecycle_->list())
            if (auto enabled = lifecycle_->enable(module.id); !enabled)
                first.problems.insert(first.problems.end(), enabled.problems().begin(), enabled.problems().end());
    return first;
}

void App::load_plugins() { lifecycle_->start(); }

void App::remember_extensions(const plugin::Snapshot& snapshot) {
    try {
        event::sync_subscriptions(pool_, snapshot);
        job::sync_jobs(pool_, settings_.company_zone(), snapshot);
    } catch (const std::exception& e) {
        base::log(base::Level::error, "subscriptions and jobs could not be stored", {{"reason", std::string_view{e.what()}}});
    }
}

void App::serve() {
    background_ = std::make_unique<Background>(config_, services_, registry_);
    listen_for_changes();
    background_->start();
    follower_ = std::thread{[this] { follow(); }};
    server_ = std::make_unique<http::Server>(server_options(config_), *gateway_);
    server_->start();
    if (!config_.metrics_host.empty()) {
        metrics_handler_ = std::make_unique<MetricsHandler>(*this);
        http::ServerOptions options;
        options.host = config_.metrics_host;
        options.port = config_.metrics_port;
        options.workers = 2;
        options.public_hosts = {config_.metrics_host, "localhost", "127.0.0.1", "[::1]"};
        metrics_server_ = std::make_unique<http::Server>(options, *metrics_handler_);
        metrics_server_->start();
    }
}

void App::listen_for_changes() {
    db::Listener::Callbacks callbacks;
    callbacks.notified = [this](std::string_view channel, std::string_view payload) {
        if (channel == "core_registry") return wake_follower();
        if (channel == "core_outbox" || channel == "core_jobs" || channel == "core_mail") return background_->notified(channel, payload);
        reference_.invalidate();
        settings_.invalidate();
        sessions_.invalidate();
    };
    callbacks.reconnected = [this] {
        reference_.trust(true);
        settings_.trust(true);
        sessions_.trust(true);
        wake_follower();
        background_->wake();
    };
    callbacks.lost = [this] {
        reference_.trust(false);
        settings_.trust(false);
        sessions_.trust(false);
    };
    listener_ = std::make_unique<db::Listener>(config_.database_url, std::vector<std::string>{"core_registry", "core_outbox", "core_jobs", "core_mail", "core_reference", "core_auth"}, callbacks);
}

void App::wake_follower() {
    {
        std::lock_guard lock{follower_mutex_};
        follower_due_ = true;
    }
    follower_wakes_.notify_one();
}

void App::follow() {
    std::unique_lock lock{follower_mutex_};
    while (!stopping_) {
        follower_wakes_.wait_for(lock, std::chrono::seconds{5}, [this] { return follower_due_ || stopping_; });
        if (stopping_) return;
        follower_due_ = false;
        lock.unlock();
        try {
            lifecycle_->reconcile();
            if (const auto snapshot = registry_.current()) remember_extensions(*snapshot);  // the database may have been away
        } catch (const std::exception& e) {
            base::log(base::Level::warn, "modules could not be compared with what is wanted", {{"reason", std::string_view{e.what()}}});
        }
        lock.lock();
    }
}

void App::stop() {
    health_.draining();
    if (server_) server_->stop(std::chrono::seconds{30});
    if (metrics_server_) metrics_server_->stop(std::chrono::seconds{1});
    {
        std::lock_guard lock{follower_mutex_};
        stopping_ = true;
    }
    follower_wakes_.notify_one();
    if (follower_.joinable()) follower_.join();
    listener_.reset();
    if (background_) background_->stop();
}

std::string App::metrics() const {
    std::string out;
    const auto add = [&out](std::string_view name, std::string_view type, std::uint64_t value) {
        out.append("# TYPE ").append(name).append(" ").append(type).append("\n").append(name).append(" ").append(std::to_string(value)).append("\n");
    };
    const auto server = server_->stats();
    const auto pool = pool_.stats();
    const auto reaper = reaper_.stats();
    add("guichet_http_requests_total", "counter", server.requests);
    add("guichet_http_rejected_total", "counter", server.refused);
    add("guichet_http_connections", "gauge", server.connections);
    add("guichet_http_busy_workers", "gauge", server.busy_workers);
    add("guichet_db_pool_open", "gauge", static_cast<std::uint64_t>(pool.open));
    add("guichet_db_pool_in_use", "gauge", static_cast<std::uint64_t>(pool.in_use));
    add("guichet_db_pool_waiting", "gauge", static_cast<std::uint64_t>(pool.waiting));
    add("guichet_plugin_unmapped_total", "counter", reaper.unmapped);
    add("guichet_plugin_still_mapped_total", "counter", reaper.still_mapped);
    add("guichet_plugin_pinned_total", "counter", reaper.pinned);
    add("guichet_plugin_waiting", "gauge", reaper.waiting);
    if (background_) out += background_->metrics();
    return out;
}

}  // namespace host
