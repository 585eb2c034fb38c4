#include "plugin/lifecycle.hpp"

#include "base/log.hpp"
#include "base/semver.hpp"
#include "base/strings.hpp"
#include "plugin/check.hpp"
#include "plugin/cluster_lock.hpp"
#include "plugin/crash_marks.hpp"
#include "plugin/deployment_settings.hpp"
#include "plugin/declared_fields.hpp"
#include "plugin/module_list.hpp"
#include "plugin/package_store.hpp"
#include "plugin/preflight.hpp"
#include "plugin/processes.hpp"
#include "plugin/provision.hpp"
#include "plugin/world.hpp"

#include <signal.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace host::plugin {
namespace {

namespace fs = std::filesystem;

template <class F>
void in_transaction(db::Connection& connection, F&& f) {
    connection.begin();
    try {
        f();
        connection.commit();
    } catch (...) {
        if (connection.depth() > 0) connection.rollback();
        throw;
    }
}

std::string label(const Manifest& m) { return m.id + ' ' + m.version; }

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

// Private copies that a process left behind when it was killed.
void remove_stale_copies(const fs::path& run_folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{run_folder, error}) {
        const auto name = entry.path().stem().string();  // <id>-<pid>-<number>
        const auto last = name.rfind('-');
        const auto first = last == std::string::npos || last == 0 ? std::string::npos : name.rfind('-', last - 1);
        pid_t pid = 0;
        if (first == std::string::npos || entry.path().extension() != ".so") continue;
        std::from_chars(name.data() + first + 1, name.data() + last, pid);
        if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH) fs::remove(entry.path(), error);
    }
}

}  // namespace

struct Lifecycle::Impl {
    const abi::Services& services;
    db::Pool& pool;
    Registry& registry;
    std::shared_ptr<const ui::TemplateSet> host_templates;
    i18n::Catalogs::Domain host_domain;
    std::vector<Manifest::Slot> host_slots;
    std::vector<std::pair<std::string, std::string>> host_routes;
    LifecycleOptions options;
    PackageStore store;
    std::mutex turn{};
    std::uint64_t last_generation = 0;
    std::uint64_t last_snapshot = 0;
    std::string followed{};  // wanted_signature() this process has made itself equal to
    const std::string process_id = new_process_id();
    std::set<std::string> contracted{};  // sha256 of packages whose "contract" migrations have all run

    ~Impl() {
        if (followed.empty()) return;  // never in core.process
        try {
            remove_process(*pool.acquire(), process_id);
        } catch (const std::exception&) {
            // the row grows old by itself
        }
    }

    World look(db::Connection& connection, std::shared_ptr<const Package> also = nullptr) {
        const auto snapshot = registry.current();
        auto found = store.scan();
        if (also) found.packages.push_back(std::move(also));
        World world{read_records(connection), std::move(found), snapshot ? snapshot->generations() : Generations{}};
        world.applied = db::applied_migrations(connection);
        return world;
    }

    base::Result<Plan> resolved(const World& world, const Wanted& wanted) const {
        return resolve(world.candidates, wanted, GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR);
    }

    base::Result<std::shared_ptr<const Snapshot>> build(Generations generations) {
        return Snapshot::build(++last_snapshot, std::move(generations), host_domain, host_slots, host_routes);
    }

    // --- starting one plugin ---

    base::Result<std::shared_ptr<const Generation>> start_one(db::Connection& connection, const Package& package, std::string& phase) {
        const auto& m = package.manifest;
        phase = "database";
        ensure_record(connection, m.id);
        if (auto problems = provision(connection, package); !problems.empty()) return problems;
        phase = "load";
        auto loaded = Generation::load(services, package, ++last_generation, options.run_folder, host_templates);
        if (!loaded) return loaded.problems();
        base::log(base::Level::info, "plugin loaded",
                  {{"plugin", m.id}, {"version", m.version}, {"generation", static_cast<std::int64_t>(last_generation)}});
        return registry.adopt(*std::move(loaded));
    }

    base::Result<std::shared_ptr<const Generation>> start_or_keep(db::Connection& connection, const World& world,
                                                                  const Candidate& candidate) {
        const auto& id = candidate.manifest->id;
        if (auto active = find(world.active, id); active && active->package().sha256 == candidate.sha256) return active;
        std::string phase;
        if (auto problems = world.contracted(candidate); !problems.empty()) {
            fail(connection, id, "database", problems);
            return problems;
        }
        auto started = start_one(connection, *world.package(candidate), phase);
        if (!started) fail(connection, id, phase, started.problems());
        return started;
    }

    // Kept for the modules page.
    void fail(db::Connection& connection, const std::string& id, const std::string& phase, const base::Problems& problems) {
        const std::string text{base::trim(base::to_text(problems))};
        base::log(base::Level::error, "plugin could not be started", {{"plugin", id}, {"phase", phase}, {"reason", text}});
        record_failure(connection, id, phase, text);
    }

    // The views of a plugin that was upgraded may have been made anew.
    base::Problems renew_reads(db::Connection& connection, const Generations& generations) {
        for (const auto& g : generations) {
            if (auto problems = grant_reads(connection, g->manifest()); !problems.empty()) return problems;
            if (auto problems = grant_columns(connection, g->manifest()); !problems.empty()) return problems;
        }
        return {};
    }

    // --- following: does what it can, and records what it cannot ---

    void follow(db::Connection& connection) {
        if (options.safe_mode) return stay_alone(connection);
        World world = look(connection);
        auto signature = wanted_signature(connection, world.records);
        Generations next = start_all(connection, world, acceptable(connection, world));
        auto snapshot = build(next);
        if (!snapshot) {
            next = compatible(connection, next);
            snapshot = build(next);
        }
        if (next != world.active || !registry.current()) registry.publish(*snapshot);
        (void)renew_reads(connection, next);  // said by provision() of the plugin concerned
        for (const auto& g : next)
            if (!find_same(world.active, g)) record_success(connection, g->id(), g->manifest().version);
        followed = std::move(signature);
        report(connection);
    }

    void stay_alone(db::Connection& connection) {
        if (!registry.current()) registry.publish(*build({}));
        followed = wanted_signature(connection, read_records(connection));
        report(connection);
    }

    // --- crashes ---

    void take_in_crashes(db::Connection& connection) {
        take_crashes(options.run_folder, [&](const Crash& crash) {
            base::log(base::Level::error, "a plugin brought the process down", {{"plugin", crash.plugin_id}, {"cause", crash.cause}});
            in_transaction(connection, [&] {
                if (!record_crash(connection, crash.plugin_id, crash.cause)) return;
                base::log(base::Level::error, "the plugin is left out until an operator enables it again", {{"plugin", crash.plugin_id}});
                announce(connection, crash.plugin_id);
            });
        });
    }

    // --- what other processes have to know, and what they hold up ---

    void report(db::Connection& connection) {
        std::int64_t generation = 0;
        std::from_chars(followed.data(), followed.data() + followed.size(), generation);
        report_process(connection, process_id, registry.loaded(), generation);
    }

    bool may_contract() const {
        const auto snapshot = registry.current();
        return std::any_of(snapshot->generations().begin(), snapshot->generations().end(), [&](const auto& g) { return to_contract(*g); });
    }

    bool to_contract(const Generation& g) const {
        const auto& migrations = g.package().migrations;
        return !contracted.contains(g.package().sha256) &&
               std::any_of(migrations.begin(), migrations.end(), [](const auto& m) { return m.phase == db::Phase::contract; });
    }

    // Under the cluster lock: no process can take up another package meanwhile.
    void contract(db::Connection& connection) {
        const auto snapshot = registry.current();
        const auto records = read_records(connection);
        for (const auto& g : snapshot->generations()) {
            const auto& sha256 = g->package().sha256;
            const auto record = records.find(g->id());
            const bool chosen = record == records.end() || record->second.sha256.empty() || record->second.sha256 == sha256;
            if (!to_contract(*g) || !chosen || processes_with_another(connection, g->id(), sha256) > 0) continue;
            const auto done = db::migrate(connection, g->id(), g->identity(), g->package().migrations, db::Phase::contract);
            if (done) {
                contracted.insert(sha256);
                if (record != records.end() && record->second.error_phase == "contract") record_success(connection, g->id(), g->manifest().version);
            } else if (record == records.end() || base::trim(base::to_text(done.problems())) != record->second.error_message) {
                fail(connection, g->id(), "contract", done.problems());
            }
        }
    }

    static bool find_same(const Generations& generations, const std::shared_ptr<const Generation>& g) {
        return std::find(generations.begin(), generations.end(), g) != generations.end();
    }

    // The largest set of wanted plugins that fits together, taken in the order of their ids.
    Plan acceptable(db::Connection& connection, const World& world) {
        Wanted wanted = world.choices();
        Plan plan;
        for (const auto& [id, record] : world.records) {
            if (!record.wanted || record.quarantined) continue;
            wanted.enabled.insert(id);
            if (auto with = resolved(world, wanted)) plan = *std::move(with);
            else {
                wanted.enabled.erase(id);
                fail(connection, id, "resolve", with.problems());
            }
        }
        return plan;
    }

    Generations start_all(db::Connection& connection, const World& world, const Plan& plan) {
        Generations out;
        for (const auto& candidate : plan.order) {
            const auto& m = *candidate.manifest;
            const auto missing =
                std::find_if(m.requires_.begin(), m.requires_.end(), [&](const auto& entry) { return !find(out, entry.first); });
            if (missing != m.requires_.end()) {
                fail(connection, m.id, "resolve",
                     {{"resolve.missing", label(m) + " needs " + missing->first + ", which could not be started", ""}});
                continue;
            }
            if (auto started = start_or_keep(connection, world, candidate)) out.push_back(*started);
            else if (auto previous = find(world.active, m.id)) out.push_back(previous);
        }
        return out;
    }

    // Leaves out what cannot be published together with what comes before it.
    Generations compatible(db::Connection& connection, const Generations& generations) {
        Generations out;
        for (const auto& g : generations) {
            auto with = out;
            with.push_back(g);
            if (auto snapshot = build(with)) out = std::move(with);
            else fail(connection, g->id(), "publish", snapshot.problems());
        }
        return out;
    }

    // --- changing: all or nothing ---

    base::Result<std::string> perform(db::Connection& connection, const Operation& operation) {
        if (options.safe_mode && operation.kind != Operation::Kind::disable)
            return base::Problem{"change.safe_mode", "this host runs in safe mode: no module is loaded. Start it without safe mode first", ""};
        const World world = look(connection);
        auto change = plan_change(world, operation);
        if (!change) {
            const bool starts = operation.kind != Operation::Kind::disable && !operation.id.empty();
            if (starts && (world.records.contains(operation.id) || world.in_sight(operation.id)))
                fail(connection, operation.id, "resolve", change.problems());
            return change.problems();
        }
        return carry_out(connection, world, *change);
    }

    base::Result<std::string> carry_out(db::Connection& connection, const World& world, Change& change) {
        Generations next;
        for (const auto& candidate : change.order) {
            auto started = start_or_keep(connection, world, candidate);
            if (started) next.push_back(*started);
            else if (change.needed.contains(candidate.manifest->id)) return started.problems();
            else std::erase_if(change.steps, [&](const Change::Step& step) { return step.id == candidate.manifest->id; });
        }
        auto problems = renew_reads(connection, next);
        auto snapshot = build(next);
        if (!snapshot) problems.insert(problems.end(), snapshot.problems().begin(), snapshot.problems().end());
        if (!problems.empty()) return refused(connection, change, "publish", problems);
        try {
            in_transaction(connection, [&] {
                record(connection, world, change, next);
                if (problems = write_settings(connection, change, next); !problems.empty()) throw Refused{};
            });
        } catch (const Refused&) {
            return problems;
        } catch (const db::Unavailable&) {
            throw;  // nothing can be recorded either
        } catch (const db::Error& e) {
            return refused(connection, change, "record", {{"database.refused", e.what(), e.sqlstate()}});
        }
        if (next != world.active) registry.publish(*snapshot);
        finish(connection);
        return to_text(change);
    }

    // The change is made: what fails here is made up for by the next reconcile().
    void finish(db::Connection& connection) {
        try {
            followed = wanted_signature(connection, read_records(connection));
            report(connection);
            contract(connection);
        } catch (const db::Error& e) {
            base::log(base::Level::warn, "a change of modules is done, but not reported yet", {{"reason", std::string_view{e.what()}}});
        }
    }

    base::Problems refused(db::Connection& connection, const Change& change, const std::string& phase, const base::Problems& problems) {
        for (const auto& step : change.steps)
            if (step.kind != Change::Step::Kind::disable && change.asked_for.contains(step.id)) fail(connection, step.id, phase, problems);
        return problems;
    }

    void record(db::Connection& connection, const World& world, const Change& change, const Generations& next) {
        for (const auto& id : change.removed) record_removal(connection, world, change, id);
        for (const auto& g : next) record_one(connection, world, change, *g);
        for (const auto& step : change.steps)
            if (step.kind == Change::Step::Kind::install) record_package(connection, step.id, change.operation.sha256);
        announce(connection, change.operation.id);
    }

    struct Refused {};  // ends a transaction

    base::Problems write_settings(db::Connection& connection, const Change& change, const Generations& next) {
        base::Problems problems;
        if (change.operation.kind != Operation::Kind::deploy || !services.secrets) return problems;
        for (const auto& g : next) {
            const auto found = write_deployment_settings(connection, *services.secrets, change.operation.deployment, g->manifest());
            problems.insert(problems.end(), found.begin(), found.end());
        }
        return problems;
    }

    // A bridge that the operator switches off stays off when what it connects comes back.
    void record_removal(db::Connection& connection, const World& world, const Change& change, const std::string& id) {
        const auto g = find(world.active, id);
        const auto before = world.records.find(id);
        const auto* step = change.step(id);
        const bool bridge = g && !g->manifest().enable_when.empty() && step && step->because.empty();
        record_wanted(connection, id, false, bridge || (before != world.records.end() && before->second.refused));
    }

    void record_one(db::Connection& connection, const World& world, const Change& change, const Generation& g) {
        const bool needed = change.needed.contains(g.id());
        const auto before = find(world.active, g.id());
        const bool is_new = !before || before->package().sha256 != g.package().sha256;
        const auto known = world.records.find(g.id());
        if (needed && known != world.records.end() && known->second.quarantined) release(connection, g.id());
        if (needed && !world.wanted(g.id())) record_wanted(connection, g.id(), true, false);
        if (is_new) {
            add_first_content(connection, g.manifest());
            add_declared_fields(connection, g.package());
            if (needed) record_package(connection, g.id(), g.package().sha256);
            if (before) record_previous(connection, g.id(), before->package().sha256);
        }
        if (is_new || needed) record_success(connection, g.id(), g.manifest().version);
    }

    // --- trying out ---

    base::Result<Change> preview(db::Connection& connection, const Operation& operation, std::shared_ptr<const Package> also) {
        const World world = look(connection, std::move(also));
        auto change = plan_change(world, operation);
        if (!change) return change.problems();
        base::Problems problems;
        for (const auto& candidate : change->order) {
            const auto* package = change->step(candidate.manifest->id) ? world.package(candidate) : nullptr;
            if (!package || package->library().empty()) continue;
            if (const auto checked = preflight(package->library()); !checked)
                problems.insert(problems.end(), checked.problems().begin(), checked.problems().end());
        }
        if (!problems.empty()) return problems;
        change->order.clear();  // of this world
        return change;
    }

    base::Result<std::string> fill_demo(db::Connection& connection, std::int64_t tickets) {
        std::vector<std::string> filled;
        const auto snapshot = registry.current();
        for (const auto& g : snapshot->generations()) {
            for (const auto& [file, sql] : g->package().demo_sql) {
                in_transaction(connection, [&, &sql = sql] {
                    const auto count = std::to_string(tickets);
                    const db::Param params[] = {count};
                    connection.exec({}, "select set_config('guichet.demo_tickets', $1, true), set_config('statement_timeout', '0', true)",
                                    params);
                    connection.exec_script(g->identity(), sql);
                });
            }
            if (!g->package().demo_sql.empty()) filled.push_back(g->id());
        }
        if (filled.empty()) return base::Problem{"demo.none", "no enabled module has demo data", ""};
        return "Demo data are in: " + join(filled) + '.';
    }

    // --- frame of every operation ---

    template <class F>
    auto operate(F&& f) -> decltype(f(std::declval<db::Connection&>())) {
        try {
            const std::lock_guard lock{turn};
            ClusterLock cluster{pool};
            if (wanted_signature(cluster.connection(), read_records(cluster.connection())) != followed) follow(cluster.connection());
            return f(cluster.connection());
        } catch (const db::Unavailable& e) {
            return base::Problem{"database.unavailable",
                                 std::string{"the database did not answer in time, or another host is changing modules: "} + e.what(), ""};
        } catch (const db::Error& e) {
            return base::Problem{"database.refused", e.what(), e.sqlstate()};
        }
    }
};

Lifecycle::Lifecycle(const abi::Services& services, db::Pool& pool, Registry& registry,
                     std::shared_ptr<const ui::TemplateSet> host_templates, i18n::Catalogs::Domain host_domain,
                     std::vector<Manifest::Slot> host_slots, std::vector<std::pair<std::string, std::string>> host_routes,
                     LifecycleOptions options)
    : impl_{new Impl{services,
                     pool,
                     registry,
                     std::move(host_templates),
                     std::move(host_domain),
                     std::move(host_slots),
                     std::move(host_routes),
                     options,
                     {options.package_folders, options.install_folder}}} {}

void Lifecycle::start() {
    const std::lock_guard lock{impl_->turn};
    remove_stale_copies(impl_->options.run_folder);
    record_crashes_in(impl_->options.run_folder);
    if (!impl_->registry.current()) impl_->registry.publish(*impl_->build({}));
    ClusterLock cluster{impl_->pool};
    impl_->take_in_crashes(cluster.connection());
    impl_->follow(cluster.connection());
}

void Lifecycle::reconcile() {
    const std::lock_guard lock{impl_->turn};
    bool follows = false;
    {
        auto lease = impl_->pool.acquire();
        follows = impl_->registry.current() && wanted_signature(*lease, read_records(*lease)) == impl_->followed;
        if (follows) impl_->report(*lease);
        if (follows && !impl_->may_contract()) return;
    }
    ClusterLock cluster{impl_->pool};
    if (!follows) impl_->follow(cluster.connection());
    impl_->contract(cluster.connection());
}

bool Lifecycle::safe_mode() const { return impl_->options.safe_mode; }

base::Result<std::string> Lifecycle::perform(const Operation& operation) {
    return impl_->operate([&](db::Connection& c) { return impl_->perform(c, operation); });
}

base::Result<std::string> Lifecycle::enable(const std::string& id) { return perform({Operation::Kind::enable, id, false, {}, {}}); }

base::Result<std::string> Lifecycle::disable(const std::string& id, bool cascade) {
    return perform({Operation::Kind::disable, id, cascade, {}, {}});
}

base::Result<std::string> Lifecycle::install(const fs::path& folder) {
    if (auto problems = check(folder); !problems.empty()) return problems;
    const auto package = read_package(folder);
    if (!package) return package.problems();
    return impl_->operate([&](db::Connection& c) -> base::Result<std::string> {
        if (auto problems = impl_->store.install(*package); !problems.empty()) return problems;
        return impl_->perform(c, {Operation::Kind::install, package->manifest.id, false, package->sha256, {}});
    });
}

base::Result<Change> Lifecycle::preview(const Operation& operation, const fs::path& folder) {
    auto complete = operation;
    std::shared_ptr<const Package> also;
    if (operation.kind == Operation::Kind::install) {
        if (auto problems = check(folder); !problems.empty()) return problems;
        auto package = read_package(folder);
        if (!package) return package.problems();
        complete.id = package->manifest.id;
        complete.sha256 = package->sha256;
        also = std::make_shared<const Package>(*std::move(package));
    }
    return impl_->operate([&](db::Connection& c) { return impl_->preview(c, complete, also); });
}

base::Result<std::string> Lifecycle::fill_demo(std::int64_t tickets) {
    return impl_->operate([&](db::Connection& c) { return impl_->fill_demo(c, tickets); });
}

std::vector<ModuleInfo> Lifecycle::list() {
    const auto snapshot = impl_->registry.current();
    auto lease = impl_->pool.acquire();
    const auto found = impl_->store.scan();
    auto modules = module_list(read_records(*lease), found, db::applied_migrations(*lease), snapshot.get());
    for (auto& module : modules)
        if (!module.contract_pending.empty()) module.contract_waits_for = processes_with_another(*lease, module.id, module.active_sha256);
    return modules;
}

base::Problems Lifecycle::check(const fs::path& folder) { return check_files(folder, impl_->host_templates); }

}  // namespace host::plugin
