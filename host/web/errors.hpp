// Answers to what went wrong: problem+json for REST, a page for people, a fragment for htmx.
#pragma once

#include "abi/ctx.hpp"
#include "http/message.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::web {

int http_status(guichet_status status) noexcept;
std::string_view reason(int status) noexcept;  // "Not Found"

struct Failure {
    int status = 500;
    std::string detail;  // for the user; empty when there is nothing he could do with it
    std::vector<std::pair<std::string, std::string>> errors;  // field, message
    int retry_after_s = 0;
};
// What may be said of a failed call: the plugin's words when they are meant for the user, nothing else (R12).
Failure to_failure(guichet_status status, const abi::LastError& error);

bool is_api(std::string_view path) noexcept;
http::Response problem_json(const Failure& failure, std::string_view request_id);

}  // namespace host::web
