// Versions of packages, services and interfaces, and the ranges that ask for them (plugin_api.md 2.7).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::base {

struct Version {
    int major = 0, minor = 0, patch = 0;
    std::string prerelease;  // "rc.1"; "" for a release

    // "1.4.2" or "1.5.0-rc.1", exactly as Semantic Versioning 2.0.0 without build metadata.
    static std::optional<Version> parse(std::string_view text);
    // Also "1.4" and "1", as services and interfaces are numbered; what is missing is 0.
    static std::optional<Version> parse_short(std::string_view text);

    std::string to_string() const;
    std::strong_ordering operator<=>(const Version& other) const;  // precedence of Semantic Versioning
    bool operator==(const Version&) const = default;
};

// "^1.4": same major and at least; "^0.3": same minor and at least; "~1.4.2": same minor and at least;
// "1.4", ">=1.4", ">", "<=", "<", "=" compare. Comparators joined by one space must all hold.
// What a comparator leaves out is 0, except that "^0" and "~1" mean the same major.
// A pre-release can be named by "=" only, and matches only a comparator that names exactly it.
class Range {
public:
    static std::optional<Range> parse(std::string_view text);
    bool matches(const Version& version) const;

private:
    enum class Operator { equal, less, less_equal, greater, greater_equal };
    struct Comparator {
        Operator op;
        Version version;
        bool holds(const Version& v) const;
    };
    bool add(std::string_view comparator);
    std::vector<Comparator> comparators_;
};

}  // namespace host::base
