#include "plugin/check.hpp"

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "base/semver.hpp"
#include "db/migrator.hpp"
#include "plugin/generation.hpp"
#include "plugin/package.hpp"
#include "plugin/preflight.hpp"
#include "plugin/provision.hpp"

#include <guichet/abi/plugin.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

namespace host::plugin {
namespace {

namespace fs = std::filesystem;

void add(base::Problems& to, const base::Problems& more) { to.insert(to.end(), more.begin(), more.end()); }

constexpr unsigned kChildSeconds = 20;

// What the child says: a JSON array of [code, message, path].
std::string to_json(const base::Problems& problems) {
    base::Arena arena;
    auto* list = base::Value::array(arena);
    for (const auto& problem : problems) {
        auto* entry = list->add_array({});
        for (const auto* text : {&problem.code, &problem.message, &problem.path}) entry->push(base::Value::string(arena, *text));
    }
    return base::to_json(*list);
}

base::Problems from_json(std::string_view text) {
    base::Arena arena;
    const auto list = base::parse_json(arena, text);
    if (!list) return {{"check.child", "the child process gave no answer", ""}};
    base::Problems out;
    const auto word = [](const base::Value* entry, std::size_t i) { return std::string{entry->at(i)->as_string()}; };
    for (std::size_t i = 0; i < (*list)->size(); ++i) {
        const auto* entry = (*list)->at(i);
        out.push_back({word(entry, 0), word(entry, 1), word(entry, 2)});
    }
    return out;
}

// There is no database: start() may fail for want of it, and is not judged.
base::Problems load_once(const Package& package, const std::shared_ptr<const ui::TemplateSet>& host_templates, const fs::path& scratch) {
    db::PoolOptions nowhere;
    nowhere.url = "host=" + scratch.string() + " dbname=none";
    db::Pool pool{nowhere};
    abi::Services services;
    services.pool = &pool;
    auto loaded = Generation::load(services, package, 1, scratch, host_templates);
    if (loaded) return {};
    auto problems = loaded.problems();
    std::erase_if(problems, [](const base::Problem& problem) { return problem.code.starts_with("start."); });
    return problems;
}

[[noreturn]] void child(const Package& package, const std::shared_ptr<const ui::TemplateSet>& host_templates, const fs::path& scratch) {
    ::alarm(kChildSeconds);
    std::string answer;
    try {
        answer = to_json(load_once(package, host_templates, scratch));
    } catch (const std::exception& e) {
        answer = to_json({{"check.child", e.what(), ""}});
    }
    base::write_file(scratch / "answer", answer);
    ::_exit(0);  // no destructor of the package, no exit handler of the parent
}

base::Problems verdict(int status, const std::string& id, const fs::path& answer) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        const auto text = base::read_file(answer);
        if (text) return from_json(*text);
        return {{"library.exit", "ends the process when it is loaded", id}};
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        return {{"library.hang", "does not come back within " + std::to_string(kChildSeconds) + " s when it is loaded", id}};
    const std::string how = WIFSIGNALED(status) ? ::strsignal(WTERMSIG(status)) : "exit " + std::to_string(WEXITSTATUS(status));
    return {{"library.crash", "brings the process down when it is loaded: " + how, id}};
}

}  // namespace

base::Problems check_files(const fs::path& folder, const std::shared_ptr<const ui::TemplateSet>& host_templates) {
    auto [package, problems] = inspect_package(folder);
    std::error_code error;
    if (const auto library = package.library(); !library.empty() && fs::exists(library, error))
        if (const auto checked = preflight(library); !checked) add(problems, checked.problems());
    if (const auto parsed = ui::TemplateSet::parse(package.manifest.id, package.template_sources, host_templates); !parsed)
        add(problems, parsed.problems());
    if (const auto conditions = parse_conditions(package.manifest); !conditions) add(problems, conditions.problems());
    const auto range = base::Range::parse(package.manifest.abi);
    if (range && !range->matches({GUICHET_ABI_MAJOR, GUICHET_ABI_MINOR, 0, {}}))
        problems.push_back({"resolve.abi",
                            package.manifest.id + ' ' + package.manifest.version + " needs version " + package.manifest.abi +
                                " of the plugin API, this host has " + std::to_string(GUICHET_ABI_MAJOR) + '.' +
                                std::to_string(GUICHET_ABI_MINOR),
                            "/api/abi"});
    return problems;
}

base::Problems check_bind(const fs::path& folder, const std::shared_ptr<const ui::TemplateSet>& host_templates,
                          const fs::path& scratch_folder) {
    const auto package = read_package(folder);
    if (!package) return {};  // check_files() says why
    if (package->library().empty()) return {};
    const auto scratch = fs::absolute(scratch_folder) / ("check-" + base::random_token(9));
    fs::create_directories(scratch);
    const auto pid = ::fork();
    if (pid == 0) child(*package, host_templates, scratch);
    int status = 0;
    if (pid > 0) ::waitpid(pid, &status, 0);
    const auto problems = pid > 0 ? verdict(status, package->manifest.id, scratch / "answer")
                                  : base::Problems{{"check.child", "no child process could be started", ""}};
    std::error_code ignored;
    fs::remove_all(scratch, ignored);
    return problems;
}

base::Problems check_migrations(const fs::path& folder, db::Connection& connection) {
    const auto package = read_package(folder);
    if (!package || package->migrations.empty()) return {};
    const auto name = "guichet_check_" + std::to_string(::getpid());
    const auto schema = '"' + package->manifest.database.schema + '"';
    const db::Identity identity{name, schema + ", core"};
    base::Problems problems;
    connection.begin();
    try {
        const db::Param of_manifest[] = {package->manifest.database.schema};
        if (!connection.exec({}, "select from pg_namespace where nspname = $1", of_manifest).empty())
            connection.exec_script({}, "alter schema " + schema + " rename to " + name);  // nobody else sees it
        connection.exec_script({}, "create role " + name + " nologin; grant " + name + " to current_user; create schema " + schema +
                                       " authorization " + name + "; grant usage on schema core to " + name);
        add(problems, grant_reads_to(connection, package->manifest, name));
        for (const auto phase : {db::Phase::expand, db::Phase::contract})
            if (problems.empty())
                if (const auto done = db::migrate(connection, name, identity, package->migrations, phase); !done) add(problems, done.problems());
    } catch (const db::Error& e) {
        problems.push_back({"database.refused", e.what(), e.sqlstate()});
    }
    if (connection.depth() > 0) connection.rollback();
    return problems;
}

}  // namespace host::plugin
