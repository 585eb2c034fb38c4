#include "auth/principal.hpp"

#include <algorithm>

namespace host::auth {
namespace {

constexpr std::string_view kLevelTexts[] = {"none", "own", "team", "all"};

}  // namespace

std::string_view to_text(Level level) { return kLevelTexts[static_cast<std::size_t>(level)]; }

std::optional<Level> to_level(std::string_view text) {
    const auto it = std::ranges::find(kLevelTexts, text);
    if (it == std::end(kLevelTexts)) return std::nullopt;
    return static_cast<Level>(it - std::begin(kLevelTexts));
}

const Principal& system_principal() {
    static const Principal principal = [] {
        Principal p;
        p.user_id = -1;
        p.name = "system";
        p.everything = true;
        return p;
    }();
    return principal;
}

const Principal& anonymous_principal() {
    static const Principal principal;
    return principal;
}

}  // namespace host::auth
