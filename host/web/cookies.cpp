#include "web/cookies.hpp"

namespace host::web {
namespace {

bool loopback_name(std::string_view host) {
    return host.empty() || host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]") || host == "::1";
}

}  // namespace

Cookies::Cookies(const Config& config)
    : secure_{config.https() || loopback_name(config.public_url.empty() ? std::string_view{config.listen_host} : std::string_view{config.public_host()})},
      session_{secure_ ? "__Host-sid" : "sid"}, login_csrf_{secure_ ? "__Host-csrf" : "csrf"} {}

void Cookies::set(http::Response& response, std::string_view name, std::string_view value, std::string_view more) const {
    std::string cookie{name};
    cookie.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax").append(more);
    if (secure_) cookie += "; Secure";
    response.add("Set-Cookie", cookie);
}

void Cookies::set_session(http::Response& response, std::string_view token) const { set(response, session_, token, ""); }
void Cookies::clear_session(http::Response& response) const { set(response, session_, "", "; Max-Age=0"); }
void Cookies::set_login_csrf(http::Response& response, std::string_view token) const { set(response, login_csrf_, token, ""); }

std::string Cookies::plugin_prefix(std::string_view plugin_id) const {
    return std::string{secure_ ? "__Host-" : ""}.append(plugin_id).append(".");
}
void Cookies::set_for(http::Response& response, std::string_view name, std::string_view value, std::int32_t seconds) const {
    set(response, name, value, "; Max-Age=" + std::to_string(seconds));
}

void Cookies::set_language(http::Response& response, std::string_view language) const {
    constexpr int kYear = 365 * 86'400;
    set_for(response, "lang", language, kYear);
}

}  // namespace host::web
