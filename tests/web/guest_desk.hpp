// A desk with the package tests/web/guest besides the built ones.
#pragma once

#include "web/desk.hpp"

namespace web_test {

class GuestDeskTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        const std::filesystem::path build{BUILD_DIR};
        desk_ = std::make_unique<Desk>(std::vector{build / "packages", build / "guest-packages"});
        desk_->add_user("agent");
    }
    static void TearDownTestSuite() { desk_.reset(); }
    static Desk& desk() { return *desk_; }
    static Browser logged_in(const std::string& login = "agent") {
        auto browser = desk_->browser();
        browser.cookies["lang"] = "en";
        browser.log_in(login);
        return browser;
    }
    // As the plugin of the table: its generated columns call its functions.
    static std::int64_t run(const std::string& sql, std::initializer_list<host::db::Param> params) {
        auto lease = desk_->app->pool().acquire();
        return lease->exec({"guichet_p_directory", "directory, core"}, sql, {params.begin(), params.size()}).i64(0, 0);
    }
    static std::int64_t add_account(const std::string& name) {
        return run("insert into account (name, type) values ($1, 'customer') returning id", {name});
    }

private:
    static inline std::unique_ptr<Desk> desk_;
};

// The text between two others; "" when they are not there.
inline std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const auto begin = text.find(from);
    if (begin == std::string::npos) return {};
    const auto end = text.find(to, begin + from.size());
    return end == std::string::npos ? std::string{} : text.substr(begin + from.size(), end - begin - from.size());
}

inline std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
    return n;
}

// What a browser makes of an attribute's value.
inline std::string unescaped(std::string text) {
    for (auto at = text.find("&amp;"); at != std::string::npos; at = text.find("&amp;", at + 1)) text.replace(at, 5, "&");
    return text;
}

}  // namespace web_test
