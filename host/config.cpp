#include "config.hpp"

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/strings.hpp"

#include <Poco/Net/IPAddress.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>

namespace host {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view kNames[] = {"listen", "metrics_listen", "database_url", "state", "share", "packages", "public_url", "trusted_proxies",
                                       "secret_key_file", "admin_password", "log", "safe_mode", "workers", "database_connections", "job_workers", "delivery_workers"};

std::optional<int> to_int(std::string_view text) {
    int n = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
    return ec == std::errc{} && end == text.data() + text.size() ? std::optional{n} : std::nullopt;
}

bool split_address(std::string_view text, std::string& host, std::uint16_t& port) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const auto number = to_int(text.substr(colon + 1));
    if (!number || *number < 0 || *number > 65535) return false;
    host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    port = static_cast<std::uint16_t>(*number);
    return true;
}

base::Problems read_file_values(const std::filesystem::path& file, Values& values) {
    const auto text = base::read_file(file);
    if (!text) return text.problems();
    base::Arena arena;
    const auto json = base::parse_json(arena, *text);
    if (!json) return {{"config.json", base::to_text(json.problems()), file.string()}};
    if (!(*json)->is(base::Value::Type::object)) return {{"config.shape", "one JSON object is expected", file.string()}};
    base::Problems problems;
    for (std::size_t i = 0; i < (*json)->size(); ++i) {
        const auto* value = (*json)->at(i);
        const auto name = (*json)->key(i);
        if (std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames))
            problems.push_back({"config.unknown", "this setting does not exist", "/" + std::string{name}});
        else if (value->is(base::Value::Type::string)) values[std::string{name}] = value->as_string();
        else if (value->is(base::Value::Type::integer)) values[std::string{name}] = std::to_string(value->as_integer());
        else problems.push_back({"config.type", "a string or an integer is expected", "/" + std::string{name}});
    }
    return problems;
}

void read_environment(Values& values) {
    for (const auto name : kNames) {
        std::string variable = "GUICHET_";
        for (const char c : name) variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (const char* value = std::getenv(variable.c_str())) values[std::string{name}] = value;
    }
}

base::Problems set_values(const Values& values, Config& config, Needs needs) {
    base::Problems problems;
    const auto bad = [&](std::string_view name, std::string message) {
        problems.push_back({"config.value", std::move(message), std::string{name}});
    };
    const auto with = [&](std::string_view name, const std::function<void(const std::string&)>& use) {
        if (const auto it = values.find(name); it != values.end()) use(it->second);
    };
    const auto positive = [&](std::string_view name, int& to) {
        with(name, [&](const std::string& v) {
            const auto n = to_int(v);
            if (n && *n > 0 && *n <= 512) to = *n;
            else bad(name, "a number from 1 to 512 is expected");
        });
    };
    with("listen", [&](const std::string& v) { if (!split_address(v, config.listen_host, config.listen_port)) bad("listen", "host:port is expected"); });
    with("metrics_listen", [&](const std::string& v) { if (!split_address(v, config.metrics_host, config.metrics_port)) bad("metrics_listen", "host:port is expected"); });
    with("database_url", [&](const std::string& v) { config.database_url = v; });
    with("state", [&](const std::string& v) { config.state = v; });
    with("share", [&](const std::string& v) { config.share = v; });
    with("packages", [&](const std::string& v) {
        config.packages.clear();
        for (const auto folder : base::split(v, ':')) config.packages.emplace_back(folder);
    });
    with("trusted_proxies", [&](const std::string& v) {
        for (const auto part : base::split(v, ',')) {
            Poco::Net::IPAddress address;
            const auto text = std::string{base::trim(part)};
            if (Poco::Net::IPAddress::tryParse(text, address)) config.trusted_proxies.push_back(address.toString());
            else if (!text.empty()) bad("trusted_proxies", "'" + text + "' is not an address");
        }
    });
    with("public_url", [&](const std::string& v) {
        if (v.empty() || v.starts_with("http://") || v.starts_with("https://")) config.public_url = v;
        else bad("public_url", "an address that begins with http:// or https:// is expected");
    });
    with("secret_key_file", [&](const std::string& v) { config.secret_key_file = v; });
    with("admin_password", [&](const std::string& v) { config.admin_password = v; });
    with("log", [&](const std::string& v) {
        if (v == "json" || v == "text") config.log_json = v == "json";
        else bad("log", "text or json is expected");
    });
    with("safe_mode", [&](const std::string& v) {
        if (v == "0" || v == "1") config.safe_mode = v == "1";
        else bad("safe_mode", "0 or 1 is expected");
    });
    positive("workers", config.workers);
    positive("database_connections", config.database_connections);
    positive("job_workers", config.job_workers);
    positive("delivery_workers", config.delivery_workers);
    if (config.database_url.empty() && needs == Needs::database) bad("database_url", "set GUICHET_DATABASE_URL (scripts/run does it for you)");
    return problems;
}

}  // namespace

std::string Config::public_host() const {
    const auto begin = public_url.find("://");
    if (begin == std::string::npos) return {};
    const auto from = begin + 3;
    return public_url.substr(from, public_url.find_first_of("/?#", from) - from);
}

std::string Config::site_url() const {
    auto url = public_url.empty() ? "http://" + listen_host + ":" + std::to_string(listen_port) : public_url;
    while (url.ends_with('/')) url.pop_back();
    return url;
}

base::Result<Config> read_config(const std::filesystem::path& executable, Needs needs) {
    Config config;
    config.share = executable.parent_path() / "share";
    config.packages = {executable.parent_path() / "packages"};
    Values values;
    base::Problems problems;
    const char* named = std::getenv("GUICHET_CONFIG");
    const std::filesystem::path file = named ? named : "guichet.json";
    if (named || std::filesystem::exists(file)) problems = read_file_values(file, values);
    read_environment(values);
    auto wrong = set_values(values, config, needs);
    problems.insert(problems.end(), wrong.begin(), wrong.end());
    if (!problems.empty()) return problems;
    return config;
}

}  // namespace host
