// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/file.hpp - a stored file; its strings live until the context ends.
#pragma once

#include "error.hpp"

namespace guichet {

struct File {
    explicit File(const guichet_file& f) : id{f.id}, bytes{f.bytes}, name{view(f.name)}, type{view(f.type)}, sha256{view(f.sha256)} {}
    int64_t id;
    int64_t bytes;
    std::string_view name, type, sha256;
};

namespace detail {
inline guichet_file empty_file() {
    guichet_file f{};
    f.size = sizeof f;
    return f;
}
}  // namespace detail

}  // namespace guichet
