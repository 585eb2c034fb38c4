#include "plugin/preflight.hpp"

#include "packages.hpp"
#include "plugin/elf.hpp"

#include <gmock/gmock.h>

#include <elf.h>

#include <cstring>

namespace {

using namespace host;
using plugin_tests::built;
using testing::HasSubstr;

std::string refusal(const std::filesystem::path& library) {
    const auto result = plugin::preflight(library);
    return result ? "accepted" : base::to_text(result.problems());
}

TEST(Preflight, RefusesASecondExport) { EXPECT_THAT(refusal(built("two_exports") / "plugin.so"), HasSubstr("somebody_elses_business")); }

TEST(Preflight, RefusesUniqueSymbols) {
    EXPECT_THAT(refusal(built("unique_symbol") / "plugin.so"), testing::AllOf(HasSubstr("unique symbol"), HasSubstr("-fno-gnu-unique")));
}

TEST(Preflight, RefusesThreadLocalDestructors) {
    EXPECT_THAT(refusal(built("thread_local") / "plugin.so"), HasSubstr("thread_local variable with a destructor"));
}

TEST(Preflight, RefusesWhatIsNotALibrary) {
    plugin_tests::TemporaryFolder folder;
    const auto file = folder.path() / "plugin.so";
    EXPECT_THAT(refusal(file), HasSubstr("No such file"));
    for (const std::string content : {"",
                                      "\x7f"
                                      "ELF",
                                      "#!/bin/sh\n"}) {
        base::write_file(file, content);
        EXPECT_NE(refusal(file), "accepted") << content;
    }
    EXPECT_THAT(refusal("/proc/self/exe"), testing::AnyOf(HasSubstr("does not export"), HasSubstr("not a shared object")));
}

TEST(Preflight, RefusesAnotherMachine) {
    auto bytes = *base::read_file(built("strict_c") / "plugin.so");
    bytes[offsetof(Elf64_Ehdr, e_machine)] = static_cast<char>(EM_S390);
    plugin_tests::TemporaryFolder folder;
    base::write_file(folder.path() / "plugin.so", bytes);
    EXPECT_THAT(refusal(folder.path() / "plugin.so"), HasSubstr("another kind of machine"));
}

// Every prefix, and every header byte turned over, must end in an answer.
TEST(Preflight, SurvivesDamagedFiles) {
    const auto bytes = *base::read_file(built("strict_c") / "plugin.so");
    for (std::size_t length = 0; length < bytes.size(); length += 1 + length / 16)
        (void)plugin::read_elf(std::string_view{bytes}.substr(0, length));
    auto damaged = bytes;
    Elf64_Ehdr header;
    std::memcpy(&header, bytes.data(), sizeof header);
    const auto turn = [&](std::size_t at) {
        damaged[at] = static_cast<char>(~damaged[at]);
        (void)plugin::read_elf(damaged);
        damaged[at] = bytes[at];
    };
    for (std::size_t at = 0; at < sizeof header; ++at) turn(at);
    for (std::size_t at = header.e_shoff; at < bytes.size(); ++at) turn(at);
}

TEST(Preflight, PinsWhatLeavesThreadDestructorsBehind) {
    EXPECT_TRUE(plugin::preflight(built("thread_key") / "plugin.so")->pin);
    const auto libcxx = plugin::preflight(built("libcxx") / "plugin.so");
    ASSERT_TRUE(libcxx.ok()) << base::to_text(libcxx.problems());
    EXPECT_TRUE(libcxx->pin);
}

TEST(Preflight, AcceptsWhatTheSdkBuilds) {
    for (const char* name : {"good1", "extra", "strict_c"}) {
        const auto result = plugin::preflight(built(name) / "plugin.so");
        ASSERT_TRUE(result.ok()) << base::to_text(result.problems());
        EXPECT_FALSE(result->pin) << name;
    }
}

}  // namespace
