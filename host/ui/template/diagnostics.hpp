// Problems of one template, with their place in it.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace host::ui {

// The rest of the tag cannot be read.
class SyntaxError : public std::runtime_error {
public:
    SyntaxError(std::size_t offset, const std::string& message) : std::runtime_error{message}, offset_{offset} {}
    std::size_t offset() const noexcept { return offset_; }

private:
    std::size_t offset_;
};

class Diagnostics {
public:
    Diagnostics(std::string_view name, std::string_view source, base::Problems& problems)
        : name_{name}, source_{source}, problems_{problems} {}

    // After the 20th of a template the rest is left out: most likely the consequence of one.
    void report(std::size_t offset, std::string message);
    bool full() const { return count_ >= kMaxProblems; }

private:
    static constexpr std::size_t kMaxProblems = 20;

    std::string position(std::size_t offset) const;  // "file:line:column", both from 1, columns in characters

    std::string_view name_;
    std::string_view source_;
    base::Problems& problems_;
    std::size_t count_ = 0;
};

}  // namespace host::ui
