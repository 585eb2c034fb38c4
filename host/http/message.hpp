// A request that was read completely and found well-formed, and the response to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string id;            // 16 hex digits, in the log and on error pages
    std::string method;        // "GET", upper case as sent
    std::string target;        // as sent
    std::string path;          // percent-decoded, no dot segments, valid UTF-8
    std::string query_string;  // as sent, without '?'
    Pairs query;               // decoded
    Pairs headers;             // names in lower case, values trimmed
    std::string body;
    std::string peer_ip;

    std::optional<std::string_view> header(std::string_view lower_case_name) const;
    std::optional<std::string_view> query_value(std::string_view name, std::size_t index = 0) const;
    std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    Pairs headers;  // without Content-Length, Date, Connection: the connection writes those
    std::string body;
    bool close = false;  // close the connection after this answer

    void set(std::string_view name, std::string_view value);  // replaces; throws std::invalid_argument on CR, LF, NUL (R07)
    void add(std::string_view name, std::string_view value);  // appends (Set-Cookie)
};

// application/x-www-form-urlencoded; nullopt when malformed (bad escape, invalid UTF-8, NUL) or > 200 fields (R09).
std::optional<Pairs> parse_form(std::string_view body);
std::string percent_encode(std::string_view text);  // everything but unreserved characters
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace host::http
