// Cookies of this site. Where the browser lets us they are "__Host-" and Secure (R16): over https, and on
// loopback, which browsers trust like https.
#pragma once

#include "config.hpp"
#include "http/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace host::web {

class Cookies {
public:
    explicit Cookies(const Config& config);
    std::optional<std::string_view> session(const http::Request& request) const { return request.cookie(session_); }
    std::optional<std::string_view> login_csrf(const http::Request& request) const { return request.cookie(login_csrf_); }
    void set_session(http::Response& response, std::string_view token) const;
    void clear_session(http::Response& response) const;
    void set_login_csrf(http::Response& response, std::string_view token) const;  // double submit before there is a session
    // Cookies of a plugin: their names begin with it.
    std::string plugin_prefix(std::string_view plugin_id) const;
    void set_for(http::Response& response, std::string_view name, std::string_view value, std::int32_t seconds) const;
    // "lang": what somebody who does not log in wants to read. For a year.
    void set_language(http::Response& response, std::string_view language) const;

private:
    void set(http::Response& response, std::string_view name, std::string_view value, std::string_view more) const;
    bool secure_;
    std::string session_, login_csrf_;
};

}  // namespace host::web
