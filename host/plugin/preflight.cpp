#include "plugin/preflight.hpp"

#include "base/file.hpp"
#include "plugin/elf.hpp"

#include <algorithm>

namespace host::plugin {
namespace {

constexpr std::string_view kEntry = "guichet_plugin_main";

class Check {
public:
    Check(const ElfInfo& elf, std::string file) : elf_{elf}, file_{std::move(file)} {}

    base::Result<Preflight> run() {
        exports();
        thread_locals();
        runtime();
        if (!problems_.empty()) return problems_;
        return Preflight{elf_.no_delete || imports("pthread_key_create") || imports("tss_create")};
    }

private:
    void add(std::string code, std::string message) { problems_.push_back({std::move(code), std::move(message), file_}); }

    // A weak import is a question, not a use: libstdc++ asks for some of these names.
    bool imports(std::string_view name) const {
        return std::any_of(elf_.symbols.begin(), elf_.symbols.end(), [&](const ElfSymbol& symbol) {
            return !symbol.defined && symbol.binding == Binding::global && symbol.name == name;
        });
    }

    void exports() {
        bool entry = false;
        std::string others;
        for (const auto& symbol : elf_.symbols) {
            if (!symbol.defined || symbol.binding == Binding::local) continue;
            if (symbol.binding == Binding::unique)
                add("library.unique", "exports the unique symbol " + std::string{symbol.name} +
                                          ": it could never be unloaded, and two versions would share it; build with -fno-gnu-unique "
                                          "(guichet_add_plugin does)");
            else if (symbol.name == kEntry) entry = true;
            else others += (others.empty() ? "" : ", ") + std::string{symbol.name};
        }
        if (!entry) add("library.entry", "does not export guichet_plugin_main");
        if (!others.empty())
            add("library.exports",
                "exports more than guichet_plugin_main: " + others + "; link with the SDK's version script (guichet_add_plugin does)");
    }

    void thread_locals() {
        for (const char* name : {"__cxa_thread_atexit", "__cxa_thread_atexit_impl"})
            if (imports(name))
                add("library.thread_local", "has a thread_local variable with a destructor (it imports " + std::string{name} +
                                                "): the library would stay mapped until every thread that touched it has ended");
    }

    // The dynamic linker would bind part of a second C++ runtime to the host's: objects made by one and
    // destroyed by the other.
    void runtime() {
        for (const auto needed : elf_.needed)
            if (needed.starts_with("libc++.") || needed.starts_with("libc++abi."))
                add("library.runtime",
                    "needs " + std::string{needed} +
                        ", a C++ runtime other than the host's; link it statically (-static-libstdc++ -Wl,--exclude-libs,ALL)");
    }

    const ElfInfo& elf_;
    std::string file_;
    base::Problems problems_;
};

}  // namespace

base::Result<Preflight> preflight(const std::filesystem::path& library) {
    const auto bytes = base::read_file(library);
    if (!bytes) return bytes.problems();
    const auto elf = read_elf(*bytes);
    if (!elf) return base::Problem{elf.problems()[0].code, elf.problems()[0].message, library.string()};
    return Check{*elf, library.string()}.run();
}

}  // namespace host::plugin
