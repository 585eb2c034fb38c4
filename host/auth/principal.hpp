// Who acts, and what he may do. Immutable once built, shared by requests of the same session or key.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::auth {

enum class Level : std::int32_t { none = 0, own = 1, team = 2, all = 3 };
std::string_view to_text(Level level);  // "none", "own", "team", "all"
std::optional<Level> to_level(std::string_view text);

struct Principal {
    std::int64_t user_id = 0;     // 0 = anonymous, -1 = system
    std::string login, name, email;
    std::string language;         // "" = follow the browser
    std::string zone = "Europe/Paris";
    std::string theme = "auto";   // auto | light | dark
    std::string profile;          // code, "agent"
    bool everything = false;      // administrators and the system
    bool password_due = false;    // somebody else chose his password: he chooses his own before anything else
    std::map<std::string, Level, std::less<>> grants;  // permission -> level
    std::vector<std::int64_t> teams;                   // active ones
    std::string csrf_token;       // of the session; "" for API keys
    std::int64_t session_id = 0;  // 0 when there is no session

    Level level(std::string_view permission) const {
        if (everything) return Level::all;
        const auto it = grants.find(permission);
        return it == grants.end() ? Level::none : it->second;
    }
    bool can(std::string_view permission) const { return level(permission) != Level::none; }
};

const Principal& system_principal();
const Principal& anonymous_principal();

}  // namespace host::auth
