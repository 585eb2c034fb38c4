// Thrown while a request is read: it is answered with this status and its connection closed.
#pragma once

#include <stdexcept>
#include <string>

namespace host::http {

class Refusal : public std::runtime_error {
public:
    Refusal(int status, const std::string& reason) : std::runtime_error{reason}, status_{status} {}
    int status() const noexcept { return status_; }

private:
    int status_;
};

}  // namespace host::http
