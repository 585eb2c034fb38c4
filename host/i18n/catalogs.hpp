// Translations of the active packages: one gettext domain per package id ("core" is the host), read by
// Boost.Locale from .mo bytes. Immutable; a new one is built with each snapshot. Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace host::i18n {

inline constexpr std::string_view kLanguages[] = {"fr", "en"};  // the first is the default
inline constexpr std::string_view kDefaultLanguage = kLanguages[0];

class Catalogs {
public:
    struct Domain {
        std::string id;
        std::map<std::string, std::string, std::less<>> mo_bytes;  // by language
    };
    explicit Catalogs(std::vector<Domain> domains);
    ~Catalogs();

    // The msgid itself when there is no translation. Results live as long as the catalogue or the msgid.
    std::string_view text(std::string_view domain, std::string_view language, std::string_view msgid) const;
    std::string_view plural(std::string_view domain, std::string_view language, std::string_view one, std::string_view many,
                            std::int64_t n) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Reads i18n/<lang>.mo of a folder.
Catalogs::Domain read_domain(std::string id, const std::filesystem::path& i18n_folder);

// "fr-CA,fr;q=0.9,en;q=0.8" -> "fr"; otherwise when it has nothing of ours (RFC 9110, 12.5.4).
std::string_view negotiate(std::string_view accept_language, std::string_view otherwise = kDefaultLanguage);

}  // namespace host::i18n
