// guichet_http: the request a handler reads and the response it builds. The gateway (host/web) fills the
// first and sends the second.
#pragma once

#include "abi/ctx.hpp"
#include "http/message.hpp"
#include "http/multipart.hpp"
#include "http/router.hpp"

#include <span>

struct guichet_http {
    guichet_ctx& ctx;
    const host::http::Request& request;
    const std::vector<std::pair<std::string_view, std::string>>& params;
    const host::http::Pairs& form;
    const host::base::Value* json = nullptr;
    std::span<const host::http::Upload> uploads{};
    std::string_view cookie_prefix{};  // before the names of the plugin's cookies
    bool bare = false;                 // pages are whole documents of the plugin
    host::http::Response response{};
    struct Cookie { std::string name, value; std::int32_t max_age_s; };
    std::vector<Cookie> cookies{};     // to be set
    std::string framed_by{};           // origins
};
