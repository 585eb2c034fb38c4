#include "cli/package_commands.hpp"

#include "abi/call.hpp"
#include "abi/guard.hpp"
#include "app.hpp"
#include "base/random.hpp"
#include "base/semver.hpp"
#include "base/strings.hpp"
#include "pages/routes.hpp"
#include "plugin/package_store.hpp"

#include <sysexits.h>
#include <algorithm>
#include <iostream>
#include <map>

namespace host::cli {
namespace {

using plugin::Generation;
using plugin::Manifest;
using plugin::Package;

using Packages = std::map<std::string, std::shared_ptr<const Package>>;

Packages newest_packages(const Config& config) {
    Packages newest;
    for (const auto& package : plugin::PackageStore{config.packages, config.state / "packages"}.scan().packages) {
        auto& known = newest[package->manifest.id];
        if (!known || base::Version::parse(known->manifest.version) < base::Version::parse(package->manifest.version)) known = package;
    }
    return newest;
}

// How many of the words are the command's name; 0 when it is another one.
std::size_t match(const Manifest::Command& command, const std::vector<std::string>& words) {
    const auto name = base::split(command.name, ' ');
    const bool same = name.size() <= words.size() && std::equal(name.begin(), name.end(), words.begin());
    return same ? name.size() : 0;
}

struct Call {
    const Manifest::Command& command;
    std::vector<std::string> words;
};

int run(guichet_ctx& ctx, const Generation& generation, const Call& call) {
    const auto& handler = generation.bindings().commands.at(call.command.handler);
    auto* words = base::Value::array(ctx.arena);
    for (const auto& word : call.words) words->push(base::Value::string(ctx.arena, word));
    std::int32_t exit_status = 1;
    const auto status = abi::call(ctx, generation, [&] { return handler.fn(handler.self, &ctx, abi::wrap(words), &exit_status); });
    if (status == GUICHET_OK) return exit_status;
    std::cerr << ctx.error.message << "\n";
    return status == GUICHET_E_INVALID ? 1 : EX_TEMPFAIL;
}

// Removed with everything in it.
class ScratchFolder {
public:
    ScratchFolder() : path_{std::filesystem::temp_directory_path() / ("guichet-" + base::random_token(9))} {
        std::filesystem::create_directories(path_);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// The package behind those that it requires, so that their services answer it; without a database only the package.
void add_with_required(const Packages& all, const std::string& id, std::vector<std::shared_ptr<const Package>>& out) {
    const auto found = all.find(id);
    const auto known = std::ranges::any_of(out, [&](const auto& package) { return package->manifest.id == id; });
    if (found == all.end() || known) return;
    for (const auto& [required, range] : found->second->manifest.requires_) add_with_required(all, required, out);
    out.push_back(found->second);
}

using Generations = std::vector<std::shared_ptr<const Generation>>;

Generations load(const abi::Services& services, const std::vector<std::shared_ptr<const Package>>& packages,
                 const std::filesystem::path& scratch, const std::shared_ptr<const ui::TemplateSet>& templates) {
    Generations out;
    for (const auto& package : packages) {
        auto loaded = Generation::load(services, *package, out.size() + 1, scratch, templates);
        if (!loaded) throw std::runtime_error{base::to_text(loaded.problems())};
        out.push_back(*std::move(loaded));
    }
    return out;
}

std::shared_ptr<const plugin::Snapshot> together(const Config& config, const Generations& generations) {
    auto snapshot = plugin::Snapshot::build(1, generations, i18n::read_domain("core", config.share / "i18n"), pages::slots(), {});
    if (!snapshot) throw std::runtime_error{base::to_text(snapshot.problems())};
    return *snapshot;
}

int run_alone(const Config& config, const Packages& all, const Package& package, const Call& call) {
    const ScratchFolder scratch;
    const bool database = !config.database_url.empty();
    db::PoolOptions options;
    options.url = database ? config.database_url : "host=" + scratch.path().string() + " dbname=none";
    db::Pool pool{options};
    const core::Secrets secrets{config.secret_key_file.empty() ? config.state / "secret.key" : config.secret_key_file};
    core::Settings settings{pool, secrets};
    abi::Services services;
    services.pool = &pool;
    services.settings = &settings;
    services.secrets = &secrets;
    std::vector<std::shared_ptr<const Package>> packages;
    if (database) add_with_required(all, package.manifest.id, packages);
    else packages.push_back(all.at(package.manifest.id));
    const auto generations = load(services, packages, scratch.path(), read_host_templates(config));
    const auto snapshot = database ? together(config, generations) : nullptr;
    const auto& generation = *generations.back();
    guichet_ctx ctx{services, snapshot, &generation, auth::system_principal(), "en", base::random_token(6), 0};
    return run(ctx, generation, call);
}

int run_among_others(const Config& config, const Package& package, const Call& call) {
    if (config.database_url.empty())
        throw std::runtime_error{"set GUICHET_DATABASE_URL: guichet " + call.command.name + " needs a database"};
    App app{config};
    app.load_plugins();
    const auto snapshot = app.registry().current();
    const auto* generation = snapshot->find(package.manifest.id);
    if (!generation || !generation->bindings().commands.contains(call.command.handler))
        throw std::runtime_error{"the module " + package.manifest.id + " is not switched on"};
    guichet_ctx ctx{app.services(), snapshot, generation, auth::system_principal(), "en", base::random_token(6), 0};
    return run(ctx, *generation, call);
}

// What hands something over has to keep it meanwhile: mail servers know this status (sysexits.h).
int try_among_others(const Config& config, const Package& package, const Call& call) {
    try {
        return run_among_others(config, package, call);
    } catch (const std::exception& e) {
        std::cerr << "guichet " << call.command.name << ": " << e.what() << "\n";
        return EX_TEMPFAIL;
    }
}

}  // namespace

void print_package_commands(const Config& config) {
    std::string lines;
    for (const auto& [id, package] : newest_packages(config))
        for (const auto& command : package->manifest.commands) {
            auto line = "  " + command.name + (command.usage.empty() ? "" : ' ' + command.usage);
            const auto width = base::count_code_points(line);
            lines += line + std::string(width < 41 ? 41 - width : 1, ' ') + command.summary + '\n';
        }
    if (!lines.empty()) std::cout << "\nCommands of modules:\n\n" << lines;
}

std::optional<int> run_package_command(const Config& config, const std::vector<std::string>& words) {
    const auto packages = newest_packages(config);
    for (const auto& [id, package] : packages)
        for (const auto& command : package->manifest.commands)
            if (const auto name = match(command, words)) {
                const Call call{command, {words.begin() + static_cast<std::ptrdiff_t>(name), words.end()}};
                return command.database ? try_among_others(config, *package, call) : run_alone(config, packages, *package, call);
            }
    return std::nullopt;
}

}  // namespace host::cli
