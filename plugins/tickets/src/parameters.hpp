// A query string as names and values, in its order: links of a list change some of them and keep the rest.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tickets {

class Parameters {
public:
    struct Pair {
        std::string name, value;
    };

    Parameters() = default;
    // Decoded; what has no name is left out.
    explicit Parameters(std::string_view query_string);

    const std::vector<Pair>& all() const { return pairs_; }
    // The first value, "" when there is none.
    std::string_view get(std::string_view name) const;
    // Every value that is not empty.
    std::vector<std::string_view> values(std::string_view name) const;
    bool repeats(std::string_view name) const;

    Parameters without(std::initializer_list<std::string_view> names) const;
    Parameters without(std::string_view name, std::string_view value) const;
    Parameters with(std::string_view name, std::string_view value) const;

    // Encoded; empty values are left out.
    std::string text() const;
    // path?text, or path when there is nothing.
    std::string address(std::string_view path) const;

private:
    std::vector<Pair> pairs_;
};

}  // namespace tickets
