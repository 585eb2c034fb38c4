// Path patterns ("/tickets/{id}/messages") to targets. Immutable once built; a literal segment wins
// over a parameter; two routes with the same method and shape are refused.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::http {

class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    // False when the pattern collides with one that is there. index is the caller's.
    bool add(std::string_view method, std::string_view pattern, std::size_t index);

    struct Match {
        std::size_t index = 0;
        std::vector<std::pair<std::string_view, std::string>> params;  // names live as long as the router
    };
    struct Answer {
        std::optional<Match> match;
        std::vector<std::string_view> allowed;  // methods of the path when only the method is wrong -> 405
    };
    // HEAD finds GET. path is decoded; a parameter never matches an empty segment or one with '/'.
    Answer find(std::string_view method, std::string_view path) const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace host::http
