#include "i18n/catalogs.hpp"

#include "base/file.hpp"
#include "base/log.hpp"
#include "base/strings.hpp"
#include "i18n/mo_file.hpp"

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <iterator>
#include <locale>
#include <stdexcept>

namespace host::i18n {
namespace {

using Messages = boost::locale::message_format<char>;

constexpr std::size_t kLanguageCount = std::size(kLanguages);

std::size_t language_index(std::string_view language) {
    return static_cast<std::size_t>(std::ranges::find(kLanguages, language) - std::begin(kLanguages));
}

// Boost.Locale wants a terminated msgid. Most are short.
class Terminated {
public:
    explicit Terminated(std::string_view text) {
        if (text.size() >= sizeof short_) {
            long_ = text;
            return;
        }
        std::memcpy(short_, text.data(), text.size());
        short_[text.size()] = '\0';
    }
    const char* get() const { return long_.empty() ? short_ : long_.c_str(); }

private:
    char short_[128];
    std::string long_;
};

// One language of one package. A locale of its own, so that a bad catalogue harms no other package.
std::locale load(const std::string& mo_bytes, const std::string& language) {
    check_mo(mo_bytes);
    boost::locale::gnu_gettext::messages_info info;
    info.language = language;
    info.encoding = "UTF-8";
    info.domains.emplace_back("messages");
    info.paths.emplace_back(".");
    info.callback = [&](const std::string&, const std::string&) { return std::vector<char>(mo_bytes.begin(), mo_bytes.end()); };
    return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

// The rules look at the last digits, so a count past what Boost.Locale takes keeps its last nine.
int rule_count(std::int64_t n) {
    constexpr std::uint64_t kBillion = 1'000'000'000;
    const std::uint64_t magnitude = n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    return static_cast<int>(magnitude < kBillion ? magnitude : kBillion + magnitude % kBillion);
}

class Domain {
public:
    explicit Domain(const Catalogs::Domain& domain) {
        for (const auto& [language, bytes] : domain.mo_bytes) {
            const std::size_t index = language_index(language);
            if (index == kLanguageCount) continue;
            try {
                locales_[index] = load(bytes, language);
                messages_[index] = &std::use_facet<Messages>(locales_[index]);
            } catch (const std::exception& error) {
                base::log(base::Level::error, "translations ignored: the .mo file is damaged",
                          {{"package", std::string_view{domain.id}},
                           {"language", std::string_view{language}},
                           {"reason", std::string_view{error.what()}}});
            }
        }
    }
    const Messages* messages(std::string_view language) const {
        const std::size_t index = language_index(language);
        return index == kLanguageCount ? nullptr : messages_[index];
    }

private:
    std::array<std::locale, kLanguageCount> locales_;  // own what messages_ points to
    std::array<const Messages*, kLanguageCount> messages_{};
};

// "fr;q=0.8" -> 0.8; nonsense counts as 0.
double quality(std::string_view range) {
    const auto at = range.find("q=");
    if (at == range.npos) return 1;
    const std::string_view digits = range.substr(at + 2);
    double q = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), q, std::chars_format::fixed);
    return q;
}

}  // namespace

struct Catalogs::Impl {
    std::map<std::string, i18n::Domain, std::less<>> domains;

    const Messages* messages(std::string_view domain, std::string_view language) const {
        const auto found = domains.find(domain);
        return found == domains.end() ? nullptr : found->second.messages(language);
    }
};

Catalogs::Catalogs(std::vector<Domain> domains) : impl_{std::make_unique<Impl>()} {
    for (const Domain& domain : domains) impl_->domains.emplace(domain.id, domain);
}

Catalogs::~Catalogs() = default;

std::string_view Catalogs::text(std::string_view domain, std::string_view language, std::string_view msgid) const {
    const Messages* messages = impl_->messages(domain, language);
    if (!messages || msgid.empty()) return msgid;
    const char* text = messages->get(0, nullptr, Terminated{msgid}.get());
    return text && *text ? std::string_view{text} : msgid;
}

std::string_view Catalogs::plural(std::string_view domain, std::string_view language, std::string_view one, std::string_view many,
                                  std::int64_t n) const {
    if (const Messages* messages = impl_->messages(domain, language); messages && !one.empty()) {
        const char* text = messages->get(0, nullptr, Terminated{one}.get(), rule_count(n));
        if (text && *text) return text;
    }
    return n == 1 || n == -1 ? one : many;
}

Catalogs::Domain read_domain(std::string id, const std::filesystem::path& i18n_folder) {
    Catalogs::Domain domain{std::move(id), {}};
    for (const std::string_view language : kLanguages) {
        const auto file = i18n_folder / (std::string{language} + ".mo");
        if (!std::filesystem::exists(file)) continue;
        auto bytes = base::read_file(file);
        if (!bytes) throw std::runtime_error{base::to_text(bytes.problems())};
        domain.mo_bytes.emplace(language, std::move(*bytes));
    }
    return domain;
}

std::string_view negotiate(std::string_view accept_language, std::string_view otherwise) {
    std::string_view best = otherwise;
    double best_quality = 0;
    for (const std::string_view part : base::split(accept_language, ',')) {
        const std::string_view range = base::trim(part);
        const std::string primary = base::lower_ascii(range.substr(0, range.find_first_of("-;")));
        const std::size_t index = language_index(base::trim(primary));
        if (index == kLanguageCount || quality(range) <= best_quality) continue;
        best = kLanguages[index];
        best_quality = quality(range);
    }
    return best;
}

}  // namespace host::i18n
