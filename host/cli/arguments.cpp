#include "cli/commands.hpp"

#include <algorithm>

namespace host::cli {
namespace {

bool is_option(const std::string& word) { return word.starts_with("--"); }
// Flags take no value; everything else that begins with "--" does.
bool is_flag(const std::string& word) {
    return word == "--if-empty" || word == "--cascade" || word == "--dry-run" || word == "--json";
}

}  // namespace

std::string Arguments::option(std::string_view name, std::string_view fallback) const {
    for (std::size_t i = 0; i + 1 < words_.size(); ++i)
        if (words_[i] == name) return words_[i + 1];
    return std::string{fallback};
}

bool Arguments::flag(std::string_view name) const { return std::ranges::find(words_, name) != words_.end(); }

std::string Arguments::word(std::size_t index) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (is_option(words_[i])) {
            if (!is_flag(words_[i])) ++i;
            continue;
        }
        if (index-- == 0) return words_[i];
    }
    return {};
}

std::string Arguments::unknown(std::initializer_list<std::string_view> options, std::initializer_list<std::string_view> flags) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (!is_option(words_[i])) continue;
        if (std::ranges::find(flags, words_[i]) != flags.end()) continue;
        if (std::ranges::find(options, words_[i]) == options.end()) return words_[i];
        ++i;
    }
    return {};
}

}  // namespace host::cli
