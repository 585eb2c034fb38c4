// One mapped shared library. The file given is copied first: a file that is mapped must never be
// overwritten in place, and a fresh inode guarantees a fresh mapping.
#pragma once

#include "base/result.hpp"

#include <guichet/abi/plugin.h>

#include <filesystem>
#include <memory>

namespace host::plugin {

class Library {
public:
    Library();
    ~Library();
    Library(Library&&) noexcept;
    Library& operator=(Library&&) noexcept;

    // Opens a private copy with RTLD_NOW | RTLD_LOCAL; pinned adds RTLD_NODELETE (plugin_api.md 2.8).
    static base::Result<Library> open(const std::filesystem::path& file, const std::filesystem::path& private_copy, bool pinned);
    guichet_plugin_main_fn entry() const;
    bool pinned() const noexcept;
    explicit operator bool() const noexcept;
    // Closes and verifies with RTLD_NOLOAD. True when the mapping is gone. Deletes the copy.
    bool close() noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::plugin
