// The way of every request: health and assets, who asks, which route, may he, is it from our pages, is the
// body what the route takes; then the host's page or the plugin's handler; then the security headers.
#pragma once

#include "http/router.hpp"
#include "plugin/manifest.hpp"
#include "http/server.hpp"
#include "web/assets.hpp"
#include "web/badges.hpp"
#include "web/cookies.hpp"
#include "web/health.hpp"
#include "web/site.hpp"

#include <memory>
#include <vector>

namespace host::web {

struct Failure;

class Gateway final : public http::Handler {
public:
    Gateway(Site& site, std::vector<HostRoute> host_routes, const Assets& assets, Health& health, Badges& badges);

    std::size_t max_body_bytes(const http::Request& request) noexcept override;
    http::Response handle(http::Request& request) override;
    http::Response refuse(int status, std::string_view reason, const http::Request* request) noexcept override;

private:
    struct Route;  // of the host or of a plugin
    struct Visit;  // what is known of one request so far

    static std::string content_of(const Visit& visit);
    http::Response answer(http::Request& request, Visit& visit);
    http::Response visit_route(Visit& visit);
    http::Response run(Visit& visit);
    http::Response run_plugin(Visit& visit);
    http::Response finished(guichet_http& exchange, const plugin::Manifest::Route& route, const http::Request& request) const;
    http::Response run_host(Visit& visit);
    std::shared_ptr<const auth::Principal> who(const http::Request& request, bool api);
    Route find(const plugin::Snapshot& snapshot, const http::Request& request) const;
    http::Response fail(Visit& visit, int status, std::string_view detail = {});
    http::Response fail(Visit& visit, const Failure& failure);
    http::Response openapi(Visit& visit);
    std::string server_url(const http::Request& request) const;

    Site& site_;
    std::vector<HostRoute> host_routes_;
    http::Router host_router_;
    const Assets& assets_;
    Health& health_;
    Badges& badges_;
    Cookies cookies_;
};

}  // namespace host::web
