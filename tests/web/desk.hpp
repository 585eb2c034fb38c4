// A whole desk in the test's process: the App with the built packages on a fresh database, on a free port,
// and clients that speak to it over real sockets.
#pragma once

#include "app.hpp"
#include "auth/users.hpp"
#include "base/json.hpp"
#include "support/postgres.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <unistd.h>

namespace web_test {

inline constexpr std::string_view kPassword = "un mot de passe long";

struct Answer {
    int status = 0;
    std::multimap<std::string, std::string> headers;
    std::string body;

    std::string header(const std::string& name) const {
        for (const auto& [key, value] : headers)
            if (Poco::icompare(key, name) == 0) return value;
        return {};
    }
    bool contains(std::string_view text) const { return body.find(text) != std::string::npos; }
    const host::base::Value& json() const {
        if (!parsed_) {
            arena_ = std::make_shared<host::base::Arena>();
            auto result = host::base::parse_json(*arena_, body);
            parsed_ = result ? *result : host::base::Value::object(*arena_);
            EXPECT_TRUE(result) << body;
        }
        return *parsed_;
    }
    std::int64_t integer(std::string_view key) const {
        const auto* v = json().get(key);
        return v && v->is(host::base::Value::Type::integer) ? v->as_integer() : -1;
    }
    std::string text(std::string_view key) const {
        const auto* v = json().get(key);
        return v && v->is(host::base::Value::Type::string) ? std::string{v->as_string()} : std::string{};
    }
    // Message of errors[] for a field; "" when there is none.
    std::string error(std::string_view field) const {
        const auto* errors = json().get("errors");
        for (std::size_t i = 0; errors && i < errors->size(); ++i)
            if (errors->at(i)->get("field")->as_string() == field) return std::string{errors->at(i)->get("message")->as_string()};
        return {};
    }

private:
    mutable std::shared_ptr<host::base::Arena> arena_;
    mutable const host::base::Value* parsed_ = nullptr;
};

using Headers = std::map<std::string, std::string>;

// One keep-alive connection.
class Client {
public:
    explicit Client(std::uint16_t port) : session_{std::make_unique<Poco::Net::HTTPClientSession>("127.0.0.1", port)} {
        session_->setTimeout(Poco::Timespan{30, 0});
        session_->setKeepAliveTimeout(Poco::Timespan{50, 0});
    }

    Answer send(const std::string& method, const std::string& target, const Headers& headers = {}, const std::string& body = {}) {
        Poco::Net::HTTPRequest request{method, target, "HTTP/1.1"};
        request.setKeepAlive(true);
        for (const auto& [name, value] : headers) request.set(name, value);
        if (!body.empty() || method == "POST" || method == "PATCH") request.setContentLength(static_cast<std::streamsize>(body.size()));
        session_->sendRequest(request) << body;
        Poco::Net::HTTPResponse response;
        Answer answer;
        auto& in = session_->receiveResponse(response);
        Poco::StreamCopier::copyToString(in, answer.body);
        answer.status = response.getStatus();
        answer.headers = {response.begin(), response.end()};
        return answer;
    }

private:
    std::unique_ptr<Poco::Net::HTTPClientSession> session_;
};

class Api {
public:
    Api(std::uint16_t port, std::string key) : client_{port}, key_{std::move(key)} {}
    Answer get(const std::string& path) { return client_.send("GET", path, headers()); }
    Answer post(const std::string& path, const std::string& json, Headers more = {}) { return write("POST", path, json, std::move(more)); }
    Answer patch(const std::string& path, const std::string& json, Headers more = {}) { return write("PATCH", path, json, std::move(more)); }
    Answer del(const std::string& path) { return client_.send("DELETE", path, headers()); }
    Answer write(const std::string& method, const std::string& path, const std::string& json, Headers more = {}) {
        auto all = headers();
        all["Content-Type"] = "application/json";
        for (auto& [name, value] : more) all[name] = value;
        return client_.send(method, path, all, json);
    }

private:
    Headers headers() const { return {{"Authorization", "Bearer " + key_}}; }
    Client client_;
    std::string key_;
};

// Keeps cookies and follows nothing.
class Browser {
public:
    explicit Browser(std::uint16_t port) : client_{port} {}
    Answer get(const std::string& path, Headers more = {}) { return remember(client_.send("GET", path, with_cookies(std::move(more)))); }
    // Fields as given; the token of the last page that had one is added.
    Answer post(const std::string& path, std::map<std::string, std::string> fields, Headers more = {}) {
        return post_pairs(path, {fields.begin(), fields.end()}, std::move(more));
    }
    // The same of a form in which a name may be there several times.
    Answer post_pairs(const std::string& path, std::vector<std::pair<std::string, std::string>> fields, Headers more = {}) {
        if (std::ranges::none_of(fields, [](const auto& field) { return field.first == "_csrf"; })) fields.emplace_back("_csrf", csrf_);
        std::string body;
        for (const auto& [name, value] : fields)
            body += (body.empty() ? "" : "&") + host::http::percent_encode(name) + "=" + host::http::percent_encode(value);
        more["Content-Type"] = "application/x-www-form-urlencoded";
        return remember(client_.send("POST", path, with_cookies(std::move(more)), body));
    }
    // A form with one file, as browsers send it.
    Answer post_parts(const std::string& path, std::map<std::string, std::string> fields, const std::string& file_field,
                      const std::string& file_name, const std::string& content, Headers more = {}) {
        constexpr std::string_view kBoundary = "----guichet-test-boundary";
        if (!fields.contains("_csrf")) fields["_csrf"] = csrf_;
        std::string body;
        const auto part = [&](const std::string& disposition, const std::string& text) {
            body.append("--").append(kBoundary).append("\r\nContent-Disposition: form-data; ").append(disposition).append("\r\n\r\n");
            body.append(text).append("\r\n");
        };
        for (const auto& [name, value] : fields) part("name=\"" + name + "\"", value);
        part("name=\"" + file_field + "\"; filename=\"" + file_name + "\"", content);
        body.append("--").append(kBoundary).append("--\r\n");
        more["Content-Type"] = "multipart/form-data; boundary=" + std::string{kBoundary};
        return remember(client_.send("POST", path, with_cookies(std::move(more)), body));
    }
    Answer log_in(const std::string& login, const std::string& password = std::string{kPassword}) {
        get("/login");
        auto answer = post("/login", {{"login", login}, {"password", password}, {"next", "/"}});
        if (answer.status == 303) get("/preferences");  // its token
        return answer;
    }
    const std::string& csrf() const { return csrf_; }
    std::map<std::string, std::string> cookies;

private:
    Headers with_cookies(Headers headers) const {
        std::string all;
        for (const auto& [name, value] : cookies) all += (all.empty() ? "" : "; ") + name + "=" + value;
        if (!all.empty()) headers["Cookie"] = all;
        return headers;
    }
    Answer remember(Answer answer) {
        for (const auto& [name, value] : answer.headers) {
            if (Poco::icompare(name, "Set-Cookie") != 0) continue;
            const auto equals = value.find('=');
            const auto key = value.substr(0, equals);
            const auto content = value.substr(equals + 1, value.find(';') - equals - 1);
            if (content.empty()) cookies.erase(key);
            else cookies[key] = content;
        }
        const auto field = answer.body.find("name=\"_csrf\"");
        if (field != std::string::npos) {
            const auto from = answer.body.find("value=\"", field) + 7;
            csrf_ = answer.body.substr(from, answer.body.find('"', from) - from);
        }
        return answer;
    }
    Client client_;
    std::string csrf_;
};

using Folders = std::vector<std::filesystem::path>;

inline std::filesystem::path new_state_folder() {
    static int next = 0;
    return std::filesystem::temp_directory_path() / ("guichet-desk-" + std::to_string(getpid()) + "-" + std::to_string(next++));
}

inline host::Config desk_config(const Folders& packages, const std::string& database_url) {
    host::Config config;
    config.listen_port = 0;
    config.database_url = database_url;
    config.state = new_state_folder();
    config.share = std::filesystem::path{BUILD_DIR} / "share";
    config.packages = packages;
    config.admin_password = kPassword;
    return config;
}

// A database on which every module of these folders was switched on, once for all desks of the process: each begins with a copy.
class Seed {
public:
    explicit Seed(const Folders& packages) : database_url_{support::fresh_database()} {
        const auto config = desk_config(packages, database_url_);
        const RemoveFolder state{config.state};
        host::App app{config};
        const auto first = app.first_start();
        EXPECT_TRUE(first.problems.empty()) << host::base::to_text(first.problems);
    }
    Seed(const Seed&) = delete;
    const std::string& database_url() const { return database_url_; }
    static const Seed& of(const Folders& packages) {
        static std::map<Folders, Seed> seeds;
        return seeds.try_emplace(packages, packages).first->second;
    }

private:
    struct RemoveFolder {
        const std::filesystem::path& path;
        ~RemoveFolder() { std::filesystem::remove_all(path); }
    };
    std::string database_url_;
};

class Desk {
public:
    explicit Desk(const Folders& packages = {std::filesystem::path{BUILD_DIR} / "packages"}) {
        const auto config = desk_config(packages, support::copy_of_database(Seed::of(packages).database_url()));
        state = config.state;
        app = std::make_unique<host::App>(config);
        app->load_plugins();
        app->serve();
    }
    ~Desk() {
        app.reset();
        std::filesystem::remove_all(state);
    }
    std::uint16_t port() const { return app->port(); }
    std::int64_t add_user(const std::string& login, const std::string& profile = "agent", const std::string& team = {}) {
        auto made = host::auth::create_user(app->pool(), {login, login, login + "@guichet.example", std::string{kPassword}, profile, team});
        EXPECT_TRUE(made) << login;
        return made ? *made : 0;
    }
    Api api(const std::string& login = "admin") {
        return {port(), host::auth::create_api_key(app->pool(), *host::auth::find_user(app->pool(), login), "test")};
    }
    Browser browser() const { return Browser{port()}; }
    void set_level(const std::string& profile, const std::string& permission, int level) {
        app->pool().exec("insert into core.profile_grant (profile_id, permission, level) select id, $2, $3 from core.profile where code = $1"
                         " on conflict (profile_id, permission) do update set level = excluded.level",
                         {profile, permission, level});
    }
    std::int64_t count(const std::string& sql) { return app->pool().exec(sql).i64(0, 0); }

    std::filesystem::path state;
    std::unique_ptr<host::App> app;
};

// One desk for the tests of a suite that do not break it.
class DeskTest : public testing::Test {
protected:
    static void SetUpTestSuite() { desk_ = std::make_unique<Desk>(); }
    static void TearDownTestSuite() { desk_.reset(); }
    static Desk& desk() { return *desk_; }

private:
    static inline std::unique_ptr<Desk> desk_;
};

}  // namespace web_test
