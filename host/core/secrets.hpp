// Secrets at rest: sealed under one key that every host of a deployment shares (XChaCha20-Poly1305). The key
// is a file of 32 bytes that only the service's user can read; it is made the first time something is sealed.
// Any thread.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace host::core {

class Secrets {
public:
    explicit Secrets(std::filesystem::path key_file) : key_file_{std::move(key_file)} {}

    // As base64. place ("settings/mail/password") is authenticated: a sealed text cannot be moved to another place.
    // Throws std::runtime_error when the key can be neither read nor made.
    std::string seal(std::string_view plain, std::string_view place) const;
    // nullopt when the key is missing, not readable or another one, or the text was altered: it must be entered again.
    std::optional<std::string> open(std::string_view sealed, std::string_view place) const;

private:
    std::string key(bool make) const;  // "" when there is none

    std::filesystem::path key_file_;
    mutable std::mutex mutex_;
    mutable std::string key_;
};

}  // namespace host::core
