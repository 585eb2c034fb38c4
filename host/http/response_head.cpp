#include "http/response_head.hpp"

#include "http/field_syntax.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Net/HTTPResponse.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <stdexcept>

namespace host::http {
namespace {

// Written by us; a second one from a handler would move the border between two responses.
bool is_of_the_connection(std::string_view name) {
    constexpr std::array<std::string_view, 5> kNames{"Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Date"};
    return std::ranges::any_of(kNames, [&](std::string_view own) { return same_ignoring_case(own, name); });
}

// "Sun, 22 Nov 2026 19:02:40 GMT"; made once per second and thread.
std::string_view http_date() {
    thread_local std::time_t second = 0;
    thread_local std::string text;
    if (const std::time_t now = std::time(nullptr); now != second) {
        text = Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now), Poco::DateTimeFormat::HTTP_FORMAT);
        second = now;
    }
    return text;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool has_body(int status) { return status != 204 && status != 304; }

void write_head(std::string& out, const Response& response, const ResponseHead& head) {
    using Poco::Net::HTTPResponse;
    if (response.status < 200 || response.status > 599) throw std::invalid_argument{"status out of range"};
    out.assign("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(HTTPResponse::getReasonForStatus(static_cast<HTTPResponse::HTTPStatus>(response.status))).append("\r\n");
    for (const auto& [name, value] : response.headers) {
        if (!is_token(name) || !is_field_value(value)) throw std::invalid_argument{"unfit response header"};
        if (!is_of_the_connection(name)) append_field(out, name, value);
    }
    if (has_body(response.status)) append_field(out, "Content-Length", std::to_string(response.body.size()));
    append_field(out, "Date", http_date());
    if (!head.keep_alive) append_field(out, "Connection", "close");
    else if (head.http_1_0) append_field(out, "Connection", "keep-alive");
    out.append("\r\n");
}

}  // namespace host::http
