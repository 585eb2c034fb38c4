// Why a password is refused, in the user's language.
#pragma once

#include "base/result.hpp"
#include "web/site.hpp"

#include <string>

namespace host::pages {

inline std::string password_problem(const web::Call& call, const base::Problem& problem) {
    if (problem.code == "password_common") return call.tr("This password is too easy to guess. Several words in a row make a good one.");
    return call.tr("A password has 12 to 128 characters.");
}

}  // namespace host::pages
