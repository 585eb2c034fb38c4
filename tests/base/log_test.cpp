#include "base/log.hpp"

#include "base/json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

using namespace host::base;
using namespace std::string_literals;

namespace {

const std::string kHostile = "a\r\nb\x1b[31m\0c\x7f\xc2\x9b\xe2\x80\xa8\xe2\x80\xae\xff\"\\é"s;

bool one_harmless_line(const std::string& line) {
    for (const char& c : line) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && &c != &line.back()) || byte == 0x7f || byte == 0xff) return false;
    }
    return line.back() == '\n' && line.find("\xc2\x9b") == std::string::npos && line.find("\xe2\x80") == std::string::npos;
}

}  // namespace

TEST(Log, HostileTextStaysOneLine) {
    for (const bool json : {false, true}) {
        const std::string line = log_line(json, 0, Level::warn, kHostile, {{"login", kHostile}});
        EXPECT_TRUE(one_harmless_line(line)) << line;
        EXPECT_NE(line.find("é"), std::string::npos);
    }
}

TEST(Log, JsonLinesParse) {
    const std::string line = log_line(true, 1'000'001, Level::error, kHostile, {{"login", kHostile}, {"port", 8080}});
    Arena arena;
    auto parsed = parse_json(arena, line);
    ASSERT_TRUE(parsed.ok()) << line << to_text(parsed.problems());
    EXPECT_EQ((*parsed)->get("ts")->as_string(), "1970-01-01T00:00:01.000001Z");
    EXPECT_EQ((*parsed)->get("level")->as_string(), "error");
    EXPECT_EQ((*parsed)->get("port")->as_integer(), 8080);
}

TEST(Log, TextCannotForgeAField) {
    EXPECT_EQ(log_line(false, 0, Level::info, "login refused", {{"login", "x\" user=\"root"}, {"tries", 3}}),
              "1970-01-01T00:00:00Z info login refused login=\"x\\\" user=\\\"root\" tries=3\n");
}

TEST(Log, LinesOfThreadsDoNotMixAndTheMinimumHolds) {
    testing::internal::CaptureStdout();
    configure_log(Level::info, false);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) threads.emplace_back([] { for (int i = 0; i < 200; ++i) log(Level::info, "whole line", {{"n", 1}}); });
    threads.clear();
    log(Level::debug, "not wanted");
    const std::string output = testing::internal::GetCapturedStdout();
    int lines = 0;
    for (std::size_t at = 0; at < output.size(); ++lines) {
        const std::size_t end = output.find('\n', at);
        ASSERT_NE(end, std::string::npos);
        ASSERT_TRUE(output.substr(at, end - at).ends_with("Z info whole line n=1")) << output.substr(at, end - at);
        at = end + 1;
    }
    EXPECT_EQ(lines, 800);
}
