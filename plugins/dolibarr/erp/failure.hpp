// Why the ERP did not do what it was asked, sorted by what can be done about it.
#pragma once

#include <stdexcept>
#include <string>

namespace dolibarr::erp {

struct Failure : std::runtime_error {
    enum class Kind {
        passing,        // down, slow, 5xx, not JSON: try again later
        configuration,  // key, rights, address, prefix: somebody has to change a setting
        refused,        // this object, by the ERP's own words: the others go on
        gone,           // there is no such object any more
        unsupported     // this version of the ERP cannot do it
    };
    Failure(Kind kind, std::string message, int status = 0) : std::runtime_error{std::move(message)}, kind{kind}, status{status} {}
    Kind kind;
    int status;  // of HTTP; 0: none
};

}  // namespace dolibarr::erp
