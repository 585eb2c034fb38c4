// What the connections of one server share.
#pragma once

#include "http/public_hosts.hpp"
#include "http/request_ids.hpp"
#include "http/server.hpp"

#include <atomic>

namespace host::http {

struct ServerContext {
    ServerContext(ServerOptions server_options, Handler& server_handler)
        : options{std::move(server_options)}, handler{server_handler}, hosts{options.public_hosts} {}

    const ServerOptions options;
    Handler& handler;
    const PublicHosts hosts;
    RequestIds ids;
    std::atomic<bool> stopping{false};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> refused{0};
};

}  // namespace host::http
