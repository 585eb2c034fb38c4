// One request with Boost.Beast's parser. Fed with bytes; knows nothing of sockets.
#pragma once

#include "http/message.hpp"

#include <memory>

namespace host::http {

class RequestParser {
public:
    RequestParser();
    ~RequestParser();

    // head: complete, as HeadScanner found it. Fills method, target and headers; request is kept for the
    // body and must not move until done(). Throws Refusal 400.
    void parse_head(std::string_view head, Request& request);
    bool done() const;  // nothing of the body is missing
    bool keep_alive() const;
    bool http_1_0() const;
    // Throws Refusal 413 when the length is declared and larger; otherwise parse_body does when it becomes so.
    void limit_body(std::size_t bytes);
    // Appends what is body in received to the request's body; how many bytes of received it has used. The rest must
    // be given again, with more behind it. Throws Refusal 400 or 413.
    std::size_t parse_body(std::string_view received);

private:
    class Beast;
    std::unique_ptr<Beast> beast_;
};

}  // namespace host::http
