// The part of a shared object that tells how it links: needed libraries and dynamic symbols. A damaged file
// is a Problem. boost::dll::library_info is not enough: it tells neither what a library imports nor how.
#pragma once

#include "base/result.hpp"

#include <string_view>
#include <vector>

namespace host::plugin {

enum class Binding { local, global, weak, unique };
struct ElfSymbol {
    std::string_view name;
    Binding binding;
    bool defined;
};
struct ElfInfo {  // names point into the bytes
    std::vector<std::string_view> needed;
    std::vector<ElfSymbol> symbols;
    bool no_delete = false;  // linked with -z nodelete
};
// Refuses what is not a shared object for this machine.
base::Result<ElfInfo> read_elf(std::string_view bytes);

}  // namespace host::plugin
