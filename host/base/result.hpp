// A value, or the reason why there is none: for outcomes the caller must handle and explain. What ends
// a request or a job is an exception instead.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace host::base {

struct Problem {
    std::string code;     // stable, for programs: "manifest.unknown_key"
    std::string message;  // for an administrator, says what to do when it can
    std::string path;     // JSON pointer, file or handler the problem is about; may be empty
};
using Problems = std::vector<Problem>;

std::string to_text(const Problems& problems);  // one line each

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : data_{std::move(value)} {}
    Result(Problem problem) : data_{Problems{std::move(problem)}} {}
    Result(Problems problems) : data_{std::move(problems)} {}

    bool ok() const noexcept { return data_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }
    T& value() & { return std::get<0>(data_); }
    const T& value() const& { return std::get<0>(data_); }
    T&& value() && { return std::get<0>(std::move(data_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Problems& problems() const { return std::get<1>(data_); }

private:
    std::variant<T, Problems> data_;
};

}  // namespace host::base
