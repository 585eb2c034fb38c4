#include "i18n/mo_file.hpp"

#include "base/strings.hpp"

#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace host::i18n {
namespace {

constexpr std::uint32_t kMagic = 0x950412de;
constexpr std::size_t kHeaderBytes = 28;
// No language needs more, and without - + * / no count can make the rule divide by zero or overflow.
constexpr std::string_view kPluralCharacters = "n0123456789 ()%=!<>&|?:";
constexpr std::size_t kMaxPluralBytes = 500;

class MoFile {
public:
    explicit MoFile(std::string_view bytes) : bytes_{bytes} {
        require(bytes.size() >= kHeaderBytes, "it is too short");
        swapped_ = read(0) == __builtin_bswap32(kMagic);
        require(swapped_ || read(0) == kMagic, "it is not a .mo file");
        require(read(4) >> 16 == 0, "its version is not supported");
    }

    void check() const {
        const std::uint32_t count = read(8);
        const std::uint64_t ids = read(12);
        const std::uint64_t texts = read(16);
        require(ids + 8ull * count <= bytes_.size() && texts + 8ull * count <= bytes_.size(), "a table is outside of it");
        bool described = false;
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::string_view id = string_at(ids + 8ull * i);
            const std::string_view text = string_at(texts + 8ull * i);
            if (id.empty()) {
                check_description(text);
                described = true;
            }
        }
        require(described, "it has no header entry");
        check_hash_table(count);
    }

private:
    static void require(bool sound, const char* why) {
        if (!sound) throw std::runtime_error{why};
    }

    std::uint32_t read(std::size_t offset) const {
        std::uint32_t word = 0;
        std::memcpy(&word, bytes_.data() + offset, sizeof word);
        return swapped_ ? __builtin_bswap32(word) : word;
    }

    std::string_view string_at(std::size_t descriptor) const {
        const std::uint64_t length = read(descriptor);
        const std::uint64_t offset = read(descriptor + 4);
        require(offset + length < bytes_.size(), "a text is outside of it");
        require(bytes_[offset + length] == '\0', "a text is not terminated");
        const std::string_view text = bytes_.substr(offset, length);
        require(base::valid_utf8(text), "a text is not UTF-8");
        return text;
    }

    static std::string_view setting(std::string_view text, std::string_view name) {
        const auto at = text.find(name);
        if (at == text.npos) return {};
        const std::string_view rest = text.substr(at + name.size());
        return base::trim(rest.substr(0, rest.find_first_of(";\n")));
    }

    static void check_description(std::string_view text) {
        require(base::lower_ascii(setting(text, "charset=")) == "utf-8", "its charset is not UTF-8");
        const std::string_view rule = setting(text, "plural=");
        require(rule.size() <= kMaxPluralBytes && rule.find_first_not_of(kPluralCharacters) == rule.npos,
                "its plural rule is not supported");
    }

    void check_hash_table(std::uint32_t count) const {
        const std::uint32_t size = read(20);
        const std::uint64_t offset = read(24);
        if (size == 0) return;
        require(size > 2 && offset + 4ull * size <= bytes_.size(), "its hash table is outside of it");
        for (std::uint32_t i = 0; i < size; ++i) require(read(offset + 4ull * i) <= count, "its hash table is wrong");
    }

    std::string_view bytes_;
    bool swapped_ = false;
};

}  // namespace

void check_mo(std::string_view bytes) { MoFile{bytes}.check(); }

}  // namespace host::i18n
