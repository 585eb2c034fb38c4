#include "plugin/library.hpp"

#include <boost/dll/shared_library.hpp>

#include <dlfcn.h>

namespace host::plugin {

namespace fs = std::filesystem;

struct Library::Impl {
    boost::dll::shared_library library;
    fs::path file;
    bool pinned = false;
};

Library::Library() = default;
Library::~Library() { close(); }
Library::Library(Library&&) noexcept = default;
Library& Library::operator=(Library&& other) noexcept {
    if (this != &other) {
        close();
        impl_ = std::move(other.impl_);
    }
    return *this;
}

base::Result<Library> Library::open(const fs::path& file, const fs::path& private_copy, bool pinned) {
    std::error_code error;
    fs::create_directories(private_copy.parent_path(), error);
    fs::remove(private_copy, error);  // of a process that died: never written over, it may be mapped
    if (!fs::copy_file(file, private_copy, error))
        return base::Problem{"library.copy", "cannot be copied to " + private_copy.string() + ": " + error.message(), file.string()};

    Library library;
    library.impl_ = std::make_unique<Impl>();
    library.impl_->file = private_copy;
    library.impl_->pinned = pinned;
    auto mode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local;
    if (pinned) mode |= static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);
    boost::dll::fs::error_code failure;
    library.impl_->library.load(private_copy.string(), failure, mode);
    if (failure) {
        const char* reason = ::dlerror();  // names the symbol or library that is missing; the code is only errno
        return base::Problem{"library.open", reason ? reason : failure.message(), file.string()};
    }
    return library;
}

guichet_plugin_main_fn Library::entry() const { return impl_->library.get<const guichet_plugin_v1*()>("guichet_plugin_main"); }

bool Library::pinned() const noexcept { return impl_ && impl_->pinned; }
Library::operator bool() const noexcept { return impl_ != nullptr; }

bool Library::close() noexcept {
    if (!impl_) return true;
    const auto impl = std::move(impl_);
    impl->library.unload();
    void* still = ::dlopen(impl->file.c_str(), RTLD_NOW | RTLD_NOLOAD);
    if (still) ::dlclose(still);
    std::error_code ignored;
    fs::remove(impl->file, ignored);
    return still == nullptr;
}

}  // namespace host::plugin
