#include "plugin/elf.hpp"

#include <elf.h>
#include <link.h>

#include <bit>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace host::plugin {
namespace {

#if defined(__x86_64__)
constexpr unsigned kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
#elif defined(__riscv)
constexpr unsigned kMachine = EM_RISCV;
#else
#error "name this machine's ELF number here"
#endif

constexpr unsigned char kByteOrder = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

struct Damaged : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_{bytes} {}

    ElfInfo run() {
        check_header();
        ElfInfo info;
        for (std::size_t i = 0; i < header_.e_shnum; ++i) {
            const auto section = section_at(i);
            if (section.sh_type == SHT_DYNSYM) read_symbols(section, info);
            if (section.sh_type == SHT_DYNAMIC) read_dynamic(section, info);
        }
        if (info.symbols.empty()) throw Damaged{"has no dynamic symbols (section headers stripped?)"};
        return info;
    }

private:
    // memcpy: nothing in a file is sure to be aligned.
    template <class T>
    T at(std::size_t offset) const {
        if (offset > bytes_.size() || sizeof(T) > bytes_.size() - offset) throw Damaged{"is cut off"};
        T out;
        std::memcpy(&out, bytes_.data() + offset, sizeof out);
        return out;
    }

    void check_header() {
        if (bytes_.size() < EI_NIDENT || bytes_.substr(0, SELFMAG) != ELFMAG) throw Damaged{"is not an ELF file"};
        const auto ident = [&](std::size_t i) { return static_cast<unsigned char>(bytes_[i]); };
        if (ident(EI_CLASS) != (sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32) || ident(EI_DATA) != kByteOrder)
            throw Damaged{"is built for another kind of machine"};
        header_ = at<ElfW(Ehdr)>(0);
        if (header_.e_machine != kMachine) throw Damaged{"is built for another kind of machine"};
        if (header_.e_type != ET_DYN) throw Damaged{"is not a shared object"};
    }

    ElfW(Shdr) section_at(std::size_t index) const {
        if (index >= header_.e_shnum) throw Damaged{"names a section that does not exist"};
        return at<ElfW(Shdr)>(header_.e_shoff + index * sizeof(ElfW(Shdr)));
    }

    std::string_view content(const ElfW(Shdr) & section) const {
        if (section.sh_offset > bytes_.size() || section.sh_size > bytes_.size() - section.sh_offset) throw Damaged{"is cut off"};
        return bytes_.substr(section.sh_offset, section.sh_size);
    }

    static std::string_view string_at(std::string_view table, std::size_t offset) {
        const auto end = offset < table.size() ? table.find('\0', offset) : std::string_view::npos;
        if (end == std::string_view::npos) throw Damaged{"names a text outside of its table"};
        return table.substr(offset, end - offset);
    }

    void read_symbols(const ElfW(Shdr) & section, ElfInfo& info) const {
        const auto strings = content(section_at(section.sh_link));
        const auto size = content(section).size();
        for (std::size_t offset = sizeof(ElfW(Sym)); offset + sizeof(ElfW(Sym)) <= size; offset += sizeof(ElfW(Sym))) {
            const auto symbol = at<ElfW(Sym)>(section.sh_offset + offset);  // the first one is always empty
            info.symbols.push_back(
                {string_at(strings, symbol.st_name), binding(ELF64_ST_BIND(symbol.st_info)), symbol.st_shndx != SHN_UNDEF});
        }
    }

    static Binding binding(unsigned value) {
        switch (value) {
            case STB_LOCAL:
                return Binding::local;
            case STB_WEAK:
                return Binding::weak;
            case STB_GNU_UNIQUE:
                return Binding::unique;
            default:
                return Binding::global;
        }
    }

    void read_dynamic(const ElfW(Shdr) & section, ElfInfo& info) const {
        const auto strings = content(section_at(section.sh_link));
        const auto size = content(section).size();
        for (std::size_t offset = 0; offset + sizeof(ElfW(Dyn)) <= size; offset += sizeof(ElfW(Dyn))) {
            const auto entry = at<ElfW(Dyn)>(section.sh_offset + offset);
            if (entry.d_tag == DT_NEEDED) info.needed.push_back(string_at(strings, entry.d_un.d_val));
            if (entry.d_tag == DT_FLAGS_1 && (entry.d_un.d_val & DF_1_NODELETE)) info.no_delete = true;
        }
    }

    std::string_view bytes_;
    ElfW(Ehdr) header_{};
};

}  // namespace

base::Result<ElfInfo> read_elf(std::string_view bytes) {
    try {
        return Reader{bytes}.run();
    } catch (const Damaged& damage) {
        return base::Problem{"library.file", damage.what(), ""};
    }
}

}  // namespace host::plugin
