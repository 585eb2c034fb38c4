#include "http/router.hpp"

#include "base/strings.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace host::http {
namespace {

struct Route {
    std::string method;
    std::size_t index;
    std::vector<std::string> param_names;
};

// The parts between the slashes: "/" is one empty part, so "/a" and "/a/" are different paths.
std::vector<std::string_view> segments(std::string_view path) { return base::split(path.substr(1), '/'); }

bool is_param(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }

[[noreturn]] void malformed(std::string_view pattern) { throw std::invalid_argument{"malformed route pattern " + std::string{pattern}}; }

void check_pattern(std::string_view pattern) {
    if (!pattern.starts_with('/')) malformed(pattern);
    std::set<std::string_view> names;
    for (const std::string_view segment : segments(pattern)) {
        const bool param = is_param(segment);
        const std::string_view text = param ? segment.substr(1, segment.size() - 2) : segment;
        if (text.find_first_of("{}") != std::string_view::npos) malformed(pattern);
        if (param && !names.insert(text).second) malformed(pattern);
    }
}

}  // namespace

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> param;
    std::vector<Route> routes;

    const Route* route(std::string_view method) const {
        const auto found = std::ranges::find(routes, method, &Route::method);
        return found == routes.end() ? nullptr : &*found;
    }
};

namespace {

// One walk over the trie for one path; literals are tried before the parameter at every level.
template <class Node>
class Search {
public:
    Search(std::string_view method, std::string_view path) : method_{method}, segments_{segments(path)} {}

    const Route* visit(const Node& node, std::size_t depth) {
        if (depth == segments_.size()) return arrive(node);
        const auto literal = node.literals.find(segments_[depth]);
        if (literal != node.literals.end())
            if (const Route* route = visit(*literal->second, depth + 1)) return route;
        if (!node.param || segments_[depth].empty()) return nullptr;
        values_.push_back(segments_[depth]);
        if (const Route* route = visit(*node.param, depth + 1)) return route;
        values_.pop_back();
        return nullptr;
    }
    const std::vector<std::string_view>& values() const { return values_; }
    std::vector<std::string_view> allowed() && { return std::move(allowed_); }

private:
    const Route* arrive(const Node& node) {
        const Route* route = node.route(method_);
        if (!route && method_ == "HEAD") route = node.route("GET");
        if (!route)
            for (const Route& other : node.routes) allow(other.method);
        return route;
    }
    void allow(std::string_view method) {
        if (std::ranges::find(allowed_, method) == allowed_.end()) allowed_.push_back(method);
        if (method == "GET") allow("HEAD");
    }

    std::string_view method_;
    std::vector<std::string_view> segments_;
    std::vector<std::string_view> values_;
    std::vector<std::string_view> allowed_;
};

}  // namespace

Router::Router() : root_{std::make_unique<Node>()} {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

bool Router::add(std::string_view method, std::string_view pattern, std::size_t index) {
    check_pattern(pattern);
    std::vector<std::string> param_names;
    Node* node = root_.get();
    for (const std::string_view segment : segments(pattern)) {
        const bool param = is_param(segment);
        if (param) param_names.emplace_back(segment.substr(1, segment.size() - 2));
        std::unique_ptr<Node>& child = param ? node->param : node->literals[std::string{segment}];
        if (!child) child = std::make_unique<Node>();
        node = child.get();
    }
    if (node->route(method)) return false;
    node->routes.push_back({std::string{method}, index, std::move(param_names)});
    return true;
}

Router::Answer Router::find(std::string_view method, std::string_view path) const {
    Answer answer;
    if (!path.starts_with('/')) return answer;
    Search<Node> search{method, path};
    const Route* route = search.visit(*root_, 0);
    if (!route) {
        answer.allowed = std::move(search).allowed();
        return answer;
    }
    answer.match.emplace();
    answer.match->index = route->index;
    for (std::size_t i = 0; i < route->param_names.size(); ++i)
        answer.match->params.emplace_back(route->param_names[i], std::string{search.values()[i]});
    return answer;
}

}  // namespace host::http
