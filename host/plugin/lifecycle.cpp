#include "plugin/lifecycle.hpp"

#include "base/log.hpp"
#include "base/semver.hpp"
#include "base/strings.hpp"
#include "plugin/module_list.hpp"
#include "plugin/package_store.hpp"
#include "plugin/preflight.hpp"
#include "plugin/provision.hpp"
#include "plugin/world.hpp"

#include <signal.h>

#include <algorithm>
#include <charconv>

namespace host::plugin {
namespace {

namespace fs = std::filesystem;

// One operation at a time on the whole database. Everything an operation writes goes through this connection.
class ClusterLock {
public:
    explicit ClusterLock(db::Pool& pool) : lease_{pool.acquire()} {
        lease_->exec({}, "select pg_advisory_lock(hashtext('guichet'), hashtext('plugins'))", {});
    }
    ~ClusterLock() {
        try {
            lease_->exec({}, "select pg_advisory_unlock(hashtext('guichet'), hashtext('plugins'))", {});
        } catch (const std::exception&) {
            // a broken connection has lost its locks
        }
    }
    ClusterLock(const ClusterLock&) = delete;
    db::Connection& connection() { return *lease_; }

private:
    db::Pool::Lease lease_;
};

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
    std::mutex operation{};
    std::uint64_t last_generation = 0;
    std::uint64_t last_snapshot = 0;
    std::string followed{};  // wanted_signature() this process has made itself equal to

    World look(db::Connection& connection) {
        const auto snapshot = registry.current();
        return {read_records(connection), store.scan(), snapshot ? snapshot->generations() : Generations{}};
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
        for (const auto& g : generations)
            if (auto problems = grant_reads(connection, g->manifest()); !problems.empty()) return problems;
        return {};
    }

    // --- following: does what it can, and records what it cannot ---

    void follow(db::Connection& connection) {
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
    }

    static bool find_same(const Generations& generations, const std::shared_ptr<const Generation>& g) {
        return std::find(generations.begin(), generations.end(), g) != generations.end();
    }

    // The largest set of wanted plugins that fits together, taken in the order of their ids.
    Plan acceptable(db::Connection& connection, const World& world) {
        Wanted wanted = world.choices();
        Plan plan;
        for (const auto& [id, record] : world.records) {
            if (!record.wanted) continue;
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

    // Brings id, what it requires and the bridges that follow from it into service. wanted is complete.
    base::Result<std::string> bring_up(db::Connection& connection, const World& world, const Wanted& wanted, const std::string& id) {
        const auto plan = resolved(world, wanted);
        if (!plan) {
            if (world.records.contains(id) || world.in_sight(id)) fail(connection, id, "resolve", plan.problems());
            return plan.problems();
        }
        const auto needed = closure(*plan, id);
        Generations next;
        for (const auto& candidate : plan->order) {
            auto started = start_or_keep(connection, world, candidate);
            if (started) next.push_back(*started);
            else if (needed.contains(candidate.manifest->id)) return started.problems();
        }
        auto problems = renew_reads(connection, next);
        auto snapshot = build(next);
        if (!snapshot) problems.insert(problems.end(), snapshot.problems().begin(), snapshot.problems().end());
        if (!problems.empty()) {
            fail(connection, id, "publish", problems);
            return problems;
        }
        in_transaction(connection, [&] {
            for (const auto& g : next) commit_one(connection, world, *g, needed.contains(g->id()), find_same(world.active, g));
            announce(connection, id);
        });
        registry.publish(*snapshot);
        return outcome(world, next, needed, id);
    }

    void commit_one(db::Connection& connection, const World& world, const Generation& g, bool needed, bool was_active) {
        if (needed && !world.wanted(g.id())) record_wanted(connection, g.id(), true, false);
        if (!was_active) {
            add_first_content(connection, g.manifest());
            if (needed) record_package(connection, g.id(), g.package().sha256);
        }
        if (!was_active || needed) record_success(connection, g.id(), g.manifest().version);
    }

    // id and all it requires.
    static std::set<std::string> closure(const Plan& plan, const std::string& id) {
        std::set<std::string> out{id};
        for (auto it = plan.order.rbegin(); it != plan.order.rend(); ++it)
            if (out.contains(it->manifest->id))
                for (const auto& [other, range] : it->manifest->requires_) out.insert(other);
        return out;
    }

    static std::string outcome(const World& world, const Generations& next, const std::set<std::string>& needed, const std::string& id) {
        const auto now = find(next, id);
        const auto before = find(world.active, id);
        if (before == now) return label(now->manifest()) + " is enabled already.";
        if (before) return label(now->manifest()) + " is enabled; it was " + before->manifest().version + '.';
        std::vector<std::string> with, bridges;
        for (const auto& g : next)
            if (g != now && !find_same(world.active, g)) (needed.contains(g->id()) ? with : bridges).push_back(label(g->manifest()));
        auto text = label(now->manifest()) + " is enabled";
        if (!with.empty()) text += ", with what it requires: " + join(with);
        if (!bridges.empty()) text += (with.empty() ? ", with " : "; also ") + join(bridges);
        return text + '.';
    }

    base::Result<std::string> enable(db::Connection& connection, const std::string& id) {
        World world = look(connection);
        auto wanted = world.wanted_and_active();
        wanted.enabled.insert(id);
        wanted.refused.erase(id);
        // The recorded package, else the best one in sight: what is active may have been replaced on disk.
        const auto record = world.records.find(id);
        if (record == world.records.end() || !world.in_sight(id, record->second.sha256)) {
            wanted.packages.erase(id);
            if (world.in_sight(id))
                std::erase_if(world.candidates, [&](const Candidate& c) { return c.manifest->id == id && !world.in_sight(id, c.sha256); });
        }
        return bring_up(connection, world, wanted, id);
    }

    base::Result<std::string> disable(db::Connection& connection, const std::string& id, bool cascade) {
        const World world = look(connection);
        if (!world.records.contains(id) && !find(world.active, id))
            return base::Problem{"disable.unknown", "'" + id + "' was never enabled", id};
        std::set<std::string> removed{id}, also;
        for (bool grown = true; grown;) {
            auto more = world.dependents(removed, true);
            const auto asked_for = world.dependents(removed, false);
            if (!asked_for.empty() && !cascade)
                return base::Problem{"disable.required",
                                     id + " is required by " + join({asked_for.begin(), asked_for.end()}) + ": disable that first", id};
            more.insert(asked_for.begin(), asked_for.end());
            grown = !more.empty();
            removed.insert(more.begin(), more.end());
            also.insert(more.begin(), more.end());
        }
        return take_down(connection, world, removed, id, also);
    }

    base::Result<std::string> take_down(db::Connection& connection, const World& world, const std::set<std::string>& removed,
                                        const std::string& id, const std::set<std::string>& also) {
        Generations next;
        for (const auto& g : world.active)
            if (!removed.contains(g->id())) next.push_back(g);
        auto snapshot = build(next);
        if (!snapshot) return snapshot.problems();
        in_transaction(connection, [&] {
            for (const auto& gone : removed) {
                const auto g = find(world.active, gone);
                const bool bridge = g && !g->manifest().enable_when.empty();
                const auto record = world.records.find(gone);
                const bool refused = (gone == id && bridge) || (record != world.records.end() && record->second.refused);
                record_wanted(connection, gone, false, refused);
            }
            announce(connection, id);
        });
        if (next != world.active) registry.publish(*snapshot);
        return id + " is disabled" + (also.empty() ? "" : ", with what needs it: " + join({also.begin(), also.end()})) +
               ". Its data are kept.";
    }

    base::Result<std::string> install(db::Connection& connection, const fs::path& folder) {
        const auto package = read_package(folder);
        if (!package) return package.problems();
        if (auto problems = store.install(*package); !problems.empty()) return problems;
        World world = look(connection);
        const auto& id = package->manifest.id;
        if (!world.wanted(id)) {
            record_package(connection, id, package->sha256);
            return label(package->manifest) + " is installed.";
        }
        auto wanted = world.wanted_and_active();
        wanted.enabled.insert(id);
        wanted.packages[id] = package->sha256;
        auto done = bring_up(connection, world, wanted, id);
        if (!done) return done;
        return label(package->manifest) + " is installed. " + *done;
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
    base::Result<std::string> operate(F&& f) {
        try {
            const std::lock_guard lock{operation};
            ClusterLock cluster{pool};
            if (!registry.current()) follow(cluster.connection());
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
    const std::lock_guard lock{impl_->operation};
    remove_stale_copies(impl_->options.run_folder);
    if (!impl_->registry.current()) impl_->registry.publish(*impl_->build({}));
    ClusterLock cluster{impl_->pool};
    impl_->follow(cluster.connection());
}

void Lifecycle::reconcile() {
    const std::lock_guard lock{impl_->operation};
    {
        auto lease = impl_->pool.acquire();
        if (wanted_signature(*lease, read_records(*lease)) == impl_->followed) return;
    }
    ClusterLock cluster{impl_->pool};
    impl_->follow(cluster.connection());
}

base::Result<std::string> Lifecycle::enable(const std::string& id) {
    return impl_->operate([&](db::Connection& c) { return impl_->enable(c, id); });
}

base::Result<std::string> Lifecycle::disable(const std::string& id, bool cascade) {
    return impl_->operate([&](db::Connection& c) { return impl_->disable(c, id, cascade); });
}

base::Result<std::string> Lifecycle::install(const fs::path& folder) {
    if (auto problems = check(folder); !problems.empty()) return problems;
    return impl_->operate([&](db::Connection& c) { return impl_->install(c, folder); });
}

base::Result<std::string> Lifecycle::fill_demo(std::int64_t tickets) {
    return impl_->operate([&](db::Connection& c) { return impl_->fill_demo(c, tickets); });
}

std::vector<ModuleInfo> Lifecycle::list() {
    const auto snapshot = impl_->registry.current();
    auto lease = impl_->pool.acquire();
    return module_list(read_records(*lease), impl_->store.scan(), snapshot.get());
}

base::Problems Lifecycle::check(const fs::path& folder) {
    auto [package, problems] = inspect_package(folder);
    const auto add = [&](const base::Problems& more) { problems.insert(problems.end(), more.begin(), more.end()); };
    std::error_code error;
    if (const auto library = package.library(); !library.empty() && fs::exists(library, error))
        if (const auto checked = preflight(library); !checked) add(checked.problems());
    if (const auto parsed = ui::TemplateSet::parse(package.manifest.id, package.template_sources, impl_->host_templates); !parsed)
        add(parsed.problems());
    const auto range = base::Range::parse(package.manifest.abi);
    if (range && !range->matches({GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR, 0, {}}))
        problems.push_back({"resolve.abi",
                            label(package.manifest) + " needs version " + package.manifest.abi + " of the plugin API, this host has " +
                                std::to_string(GUICHET_ABI_MAJOR) + '.' + std::to_string(GUICHET_ABI_MINOR),
                            "/api/abi"});
    return problems;
}

}  // namespace host::plugin
