#include "core/secrets.hpp"

#include "base/base64.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "base/random.hpp"

#include <sodium.h>

#include <stdexcept>
#include <unistd.h>

namespace host::core {
namespace {

constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// Hosts that start together agree: the first link() wins, all read what it made.
void make_key_file(const std::filesystem::path& file) {
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
    const std::filesystem::path draft = file.string() + "." + base::random_token(8);
    base::write_file(draft, base::random_bytes(kKeyBytes), 0600);
    const bool first = link(draft.c_str(), file.c_str()) == 0;
    std::filesystem::remove(draft);
    if (first) base::log(base::Level::info, "key for secrets made: keep a copy of it with the backups", {{"file", std::string_view{file.native()}}});
}

}  // namespace

std::string Secrets::key(bool make) const {
    std::lock_guard lock{mutex_};
    if (!key_.empty()) return key_;
    if (make && !std::filesystem::exists(key_file_)) make_key_file(key_file_);
    auto content = base::read_file(key_file_, kKeyBytes);
    if (content && content->size() == kKeyBytes) key_ = *std::move(content);
    return key_;
}

std::string Secrets::seal(std::string_view plain, std::string_view place) const {
    const auto with = key(true);
    if (with.empty()) throw std::runtime_error{"the key for secrets cannot be read: " + key_file_.string()};
    std::string out = base::random_bytes(kNonceBytes);
    out.resize(kNonceBytes + plain.size() + kTagBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + kNonceBytes, nullptr, bytes(plain), plain.size(), bytes(place), place.size(), nullptr,
                                               bytes(std::string_view{out}), bytes(with));
    return base::base64url(out);
}

std::optional<std::string> Secrets::open(std::string_view sealed, std::string_view place) const {
    const auto with = key(false);
    const auto in = base::from_base64url(sealed);
    if (with.empty() || !in || in->size() < kNonceBytes + kTagBytes) return std::nullopt;
    std::string out(in->size() - kNonceBytes - kTagBytes, '\0');
    const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(out), nullptr, nullptr, bytes(std::string_view{*in}) + kNonceBytes,
                                                                   in->size() - kNonceBytes, bytes(place), place.size(),
                                                                   bytes(std::string_view{*in}), bytes(with));
    return refused ? std::nullopt : std::optional{std::move(out)};
}

}  // namespace host::core
