// What a deployment sets: guichet.json, then the environment, which wins.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace host {

struct Config {
    std::string listen_host = "127.0.0.1";
    std::uint16_t listen_port = 8080;
    std::string metrics_host;                   // "" = no metrics listener
    std::uint16_t metrics_port = 0;
    std::string database_url;
    std::filesystem::path state = "var";        // packages, run copies
    std::filesystem::path share;                // sql, templates, assets of the host: "<executable>/share"
    std::vector<std::filesystem::path> packages;  // folders of packages; default "<executable>/packages"
    std::string public_url;                     // "https://desk.example.org"; "" = the listen address
    std::vector<std::string> trusted_proxies;   // addresses whose X-Forwarded-For is believed
    std::filesystem::path secret_key_file;      // what secrets are sealed with, the same for every host; "" = "<state>/secret.key"
    std::string admin_password;                 // of the first administrator; "" = random, printed once
    bool log_json = false;
    bool safe_mode = false;                     // "1": start with the host's own pages and no module at all
    int workers = 8;
    int database_connections = 6;               // of requests; background work has its own
    int job_workers = 3;  // one of them may listen to mailboxes for long
    int delivery_workers = 2;

    bool https() const { return public_url.starts_with("https://"); }
    std::string public_host() const;            // "desk.example.org"; "" when public_url is
    std::string site_url() const;               // of links in mails: public_url or the listen address, without a / at the end
};

// Names: GUICHET_LISTEN, _METRICS_LISTEN, _DATABASE_URL, _STATE, _SHARE, _PACKAGES, _PUBLIC_URL, _TRUSTED_PROXIES (addresses with commas between), _SECRET_KEY_FILE, _ADMIN_PASSWORD, _LOG,
// _SAFE_MODE, _WORKERS, _DATABASE_CONNECTIONS, _JOB_WORKERS, _DELIVERY_WORKERS; in guichet.json the same in lower case without the prefix. The file is
// ./guichet.json or $GUICHET_CONFIG.
// Without database: database_url may be missing.
enum class Needs { database, no_database };
base::Result<Config> read_config(const std::filesystem::path& executable, Needs needs = Needs::database);

}  // namespace host
