// Parameters in PostgreSQL's text form, as libpq takes them. Used inside host/db only.
#pragma once

#include "db/params.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace host::db {

class ParamTexts {
public:
    // Throws Error "22021" for text with NUL, "22008" for a time outside the years 0001 to 9999.
    void assign(std::span<const Param> params);
    int count() const { return static_cast<int>(values_.size()); }
    const char* const* values() const { return values_.data(); }

private:
    void append(const Param& param);

    std::string buffer_;                // one after the other, each closed by NUL
    std::vector<const char*> values_;   // null for NULL
};

}  // namespace host::db
