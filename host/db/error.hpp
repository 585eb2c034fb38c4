// What PostgreSQL refused, or that it is not there.
#pragma once

#include <stdexcept>
#include <string>

namespace host::db {

class Error : public std::runtime_error {
public:
    Error(std::string message, std::string sqlstate, std::string constraint = {})
        : std::runtime_error{std::move(message)}, sqlstate_{std::move(sqlstate)}, constraint_{std::move(constraint)} {}
    const std::string& sqlstate() const noexcept { return sqlstate_; }      // "" when the connection was lost
    const std::string& constraint() const noexcept { return constraint_; }  // name of the violated constraint
    bool unique_violation() const noexcept { return sqlstate_ == "23505"; }

private:
    std::string sqlstate_;
    std::string constraint_;
};

// No connection could be had in time, or it broke, or the server refuses work (57P01-03, 53300, 57014 …):
// the caller answers 503 and may try again. in_doubt: COMMIT, or a statement outside a transaction, was sent
// and its answer never came.
class Unavailable : public Error {
public:
    explicit Unavailable(std::string message, std::string sqlstate = {}, bool in_doubt = false)
        : Error{std::move(message), std::move(sqlstate)}, in_doubt_{in_doubt} {}
    bool in_doubt() const noexcept { return in_doubt_; }

private:
    bool in_doubt_;
};

}  // namespace host::db
