#include "web/errors.hpp"

#include "base/json.hpp"

namespace host::web {

int http_status(guichet_status status) noexcept {
    switch (status) {
        case GUICHET_OK: return 200;
        case GUICHET_E_INVALID:
        case GUICHET_E_VETO: return 422;
        case GUICHET_E_NOT_FOUND: return 404;
        case GUICHET_E_DENIED: return 403;
        case GUICHET_E_CONFLICT: return 409;
        case GUICHET_E_TIMEOUT: return 504;
        case GUICHET_E_IO: return 507;
        case GUICHET_E_TOO_LARGE: return 413;
        case GUICHET_E_CANCELLED:
        case GUICHET_E_UNAVAILABLE: return 503;
        case GUICHET_E_MALFORMED: return 400;
        case GUICHET_E_PRECONDITION: return 412;
        default: return 500;
    }
}

std::string_view reason(int status) noexcept {
    switch (status) {
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 507: return "Insufficient Storage";
        default: return "Internal Server Error";
    }
}

Failure to_failure(guichet_status status, const abi::LastError& error) {
    Failure failure{http_status(status), {}, {}, 0};
    // a database error's text (it has an SQLSTATE) is for the log, whatever its status
    const bool for_user = (failure.status == 409 || failure.status == 412 || failure.status == 422 || failure.status == 400) && error.sqlstate.empty();
    if (for_user) {
        failure.detail = error.message;
        failure.errors = error.problems;
        if (failure.errors.empty() && !error.field.empty()) failure.errors.emplace_back(error.field, error.message);
    }
    if (failure.status == 503) failure.retry_after_s = 5;
    return failure;
}

bool is_api(std::string_view path) noexcept { return path.starts_with("/api/"); }

http::Response problem_json(const Failure& failure, std::string_view request_id) {
    base::Arena arena;
    auto* body = base::Value::object(arena);
    body->set("type", "about:blank");
    body->set("title", reason(failure.status));
    body->set("status", std::int64_t{failure.status});
    if (!failure.detail.empty()) body->set("detail", std::string_view{failure.detail});
    if (!failure.errors.empty()) {
        auto* errors = body->add_array("errors");
        for (const auto& [field, message] : failure.errors) {
            auto* entry = errors->add_object({});
            entry->set("field", std::string_view{field});
            entry->set("message", std::string_view{message});
        }
    }
    body->set("request_id", request_id);
    http::Response response;
    response.status = failure.status;
    response.set("Content-Type", "application/problem+json; charset=utf-8");
    if (failure.status == 401) response.set("WWW-Authenticate", "Bearer");
    if (failure.retry_after_s > 0) response.set("Retry-After", std::to_string(failure.retry_after_s));
    response.body = base::to_json(*body);
    return response;
}

}  // namespace host::web
