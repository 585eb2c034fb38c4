#include "cli/commands.hpp"

#include "app.hpp"
#include "auth/users.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "cli/package_commands.hpp"
#include "cli/plugin_commands.hpp"
#include "core/audit.hpp"

#include <charconv>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>
#include <set>

namespace host::cli {
namespace {

const std::set<std::string, std::less<>> kCommands{"serve", "plugin", "deploy", "user", "apikey", "demo", "doctor"};

constexpr std::string_view kUsage = R"(Usage: guichet COMMAND

  serve                                  serve the desk on GUICHET_LISTEN (127.0.0.1:8080)
  plugin list                            the modules and their state
  plugin enable ID | disable ID          switch a module on or off; a running host follows. --cascade: with
                                         what requires it
  plugin upgrade ID | rollback ID        take the newest package, or the one before
  plugin install DIR                     take a package; upgrades the module when it is enabled
  deploy FILE|PRESET                     modules and settings together: minimal, full, guichet, koban, doliplus, axelor
                                         --dry-run with each of these: say what would be done, and why not
  plugin check DIR [--json]              everything that is wrong with a package
  user add LOGIN [--name N] [--email E] [--profile P] [--team T] [--password P]
  apikey add --user LOGIN [--label L]    prints the key once
  demo --tickets N [--if-empty]          fills the database with N realistic French tickets
  doctor                                 checks database, files and modules; says what to do

Settings come from guichet.json and the environment (GUICHET_DATABASE_URL, …).
)";

void print_first_start(const App::FirstStart& first) {
    if (first.happened) std::cout << "Administrator: " << first.login << "\nPassword:      " << first.password << "\n" << std::flush;
    if (!first.problems.empty()) std::cerr << base::to_text(first.problems) << "\n";
}

int serve(const Config& config) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // every thread inherits it; we wait for them here
    App app{config};
    print_first_start(app.first_start());
    app.load_plugins();
    app.serve();
    base::log(base::Level::info, "serving", {{"address", std::string_view{config.listen_host}}, {"port", std::int64_t{app.port()}}});
    int signal = 0;
    sigwait(&signals, &signal);
    base::log(base::Level::info, "stopping");
    app.stop();
    return 0;
}

int user(const Config& config, const Arguments& arguments) {
    if (arguments.word(0) != "add" || arguments.word(1).empty()) return wrong_call("guichet user add LOGIN");
    if (auto word = arguments.unknown({"--name", "--email", "--profile", "--team", "--password"}, {}); !word.empty())
        return wrong_call("no option " + word);
    App app{config};
    auth::NewUser user;
    user.login = arguments.word(1);
    user.name = arguments.option("--name", user.login);
    user.email = arguments.option("--email");
    user.profile = arguments.option("--profile", "agent");
    user.team = arguments.option("--team");
    const bool given = !arguments.option("--password").empty();
    user.password = given ? arguments.option("--password") : base::random_token(15);
    const auto made = auth::create_user(app.pool(), user);
    if (!made) return report(made.problems());
    remember(app.pool(), "core.user_added", "user/" + user.login);
    std::cout << "User " << user.login << " (" << user.profile << ") is added.\n";
    if (!given) std::cout << "Password: " << user.password << "\n";
    return 0;
}

int apikey(const Config& config, const Arguments& arguments) {
    const auto login = arguments.option("--user");
    if (arguments.word(0) != "add" || login.empty()) return wrong_call("guichet apikey add --user LOGIN");
    App app{config};
    const auto id = auth::find_user(app.pool(), login);
    if (!id) return report(base::Problem{"user.unknown", "There is no active user " + login, ""});
    remember(app.pool(), "core.api_key_added", "user/" + login);
    std::cout << auth::create_api_key(app.pool(), *id, arguments.option("--label")) << "\n";
    return 0;
}

// Users of the demo deployment: a manager and agents in two teams. They share one password, printed once.
base::Problems add_demo_users(App& app, const std::string& password) {
    static constexpr struct {
        std::string_view login, name, profile, team;
    } kUsers[] = {
        {"camille", "Camille Lefèvre", "manager", "Assistance"},
        {"hugo", "Hugo Marchand", "agent", "Assistance"},
        {"ines", "Inès Benali", "agent", "Terrain"},
        {"theo", "Théo Girard", "agent", "Terrain"},
    };
    base::Problems problems;
    for (const auto& u : kUsers) {
        auth::NewUser user{std::string{u.login}, std::string{u.name}, std::string{u.login} + "@guichet.example", password,
                           std::string{u.profile}, std::string{u.team}};
        if (auth::find_user(app.pool(), user.login)) continue;
        if (auto made = auth::create_user(app.pool(), user); !made)
            problems.insert(problems.end(), made.problems().begin(), made.problems().end());
    }
    return problems;
}

int demo(const Config& config, const Arguments& arguments) {
    const auto text = arguments.option("--tickets", "60");
    std::int64_t tickets = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), tickets);
    if (ec != std::errc{} || end != text.data() + text.size() || tickets < 1 || tickets > 10'000'000)
        return wrong_call("--tickets takes a number from 1 to 10000000");
    App app{config};
    if (arguments.flag("--if-empty") && auth::any_user(app.pool())) return 0;
    const auto first = app.first_start();
    print_first_start(first);
    app.load_plugins();
    const bool newcomers = !auth::find_user(app.pool(), "camille");
    const auto password = first.happened ? first.password : base::random_token(15);
    if (const auto problems = add_demo_users(app, password); !problems.empty()) return report(problems);
    if (newcomers) std::cout << "Demo users:    camille (manager), hugo, ines, theo (agents); same password"
                             << (first.happened ? "\n" : ": " + password + "\n") << std::flush;
    return report(app.lifecycle().fill_demo(tickets));
}

int doctor(const Config& config) {
    int bad = 0;
    const auto line = [&bad](bool ok, const std::string& what, const std::string& advice) {
        std::cout << (ok ? "ok    " : "WRONG ") << what << "\n";
        if (!ok) std::cout << "      " << advice << "\n";
        bad += !ok;
    };
    std::error_code ignored;
    line(std::filesystem::exists(config.share / "templates"), "files of the program in " + config.share.string(), "build again, or set GUICHET_SHARE");
    const auto space = std::filesystem::space(std::filesystem::exists(config.state) ? config.state : std::filesystem::path{"."}, ignored);
    line(ignored || space.available > 512u << 20, "disk space for " + config.state.string(), "less than 512 MiB are free: make room");
    try {
        App app{config};
        line(true, "database answers and its schema is current", "");
        app.load_plugins();
        for (const auto& module : app.lifecycle().list())
            line(!module.wanted || module.state == "active", "module " + module.id + " is " + module.state, module.error_phase + ": " + module.error_message);
    } catch (const std::exception& e) {
        line(false, "database", std::string{e.what()} + "; check GUICHET_DATABASE_URL and that PostgreSQL runs");
    }
    return bad == 0 ? 0 : 1;
}

std::filesystem::path executable() {
    std::error_code error;
    auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::current_path() / "guichet" : path;
}

// A command that a package declares. One that needs no database gets none refused.
int run_of_package(const std::vector<std::string>& words) {
    const auto config = read_config(executable(), Needs::no_database);
    if (!config) return report(base::Result<std::string>{config.problems()}), 2;
    base::configure_log(base::Level::warn, config->log_json);
    try {
        if (const auto status = run_package_command(*config, words)) return *status;
    } catch (const std::exception& e) {
        std::cerr << e.what() << "\n";
        return 1;
    }
    return wrong_call("guichet: no command " + words.front());
}

}  // namespace

void remember(db::Pool& pool, std::string_view action, const std::string& subject) {
    core::audit(pool, {0, "command line", {}, {}, action, subject, {}});
}

int wrong_call(std::string_view what) {
    std::cerr << what << "\n\n" << kUsage;
    return 2;
}

int report(const base::Result<std::string>& result) {
    if (result) {
        std::cout << *result << "\n";
        return 0;
    }
    std::cerr << base::to_text(result.problems()) << "\n";
    return 1;
}

int run(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const std::string command = argc > 1 ? argv[1] : "";
    if (command.empty() || command == "help" || command == "--help") {
        std::cout << kUsage;
        if (const auto config = read_config(executable(), Needs::no_database)) print_package_commands(*config);
        return command.empty() ? 2 : 0;
    }
    if (command == "version" || command == "--version") {
        std::cout << GUICHET_VERSION << "\n";
        return 0;
    }
    if (!kCommands.contains(command)) return run_of_package({argv + 1, argv + argc});
    const Arguments arguments{std::vector<std::string>(argv + 2, argv + argc)};
    const bool checks = command == "plugin" && arguments.word(0) == "check";
    const auto config = read_config(executable(), checks ? Needs::no_database : Needs::database);
    if (!config) {
        std::cerr << base::to_text(config.problems()) << "\n";
        return 2;
    }
    base::configure_log(command == "serve" ? base::Level::info : base::Level::warn, config->log_json);
    try {
        if (command == "serve") return serve(*config);
        if (command == "plugin") return plugin(*config, arguments);
        if (command == "deploy") return deploy(*config, arguments);
        if (command == "user") return user(*config, arguments);
        if (command == "apikey") return apikey(*config, arguments);
        if (command == "demo") return demo(*config, arguments);
        return doctor(*config);
    } catch (const std::exception& e) {
        std::cerr << e.what() << "\n";
        return 1;
    }
}

}  // namespace host::cli
