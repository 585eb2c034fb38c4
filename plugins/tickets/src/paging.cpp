#include "paging.hpp"

#include <algorithm>

namespace tickets {
namespace {

constexpr int kMostItems = 200;

}  // namespace

Paging read_paging(const Call& call, guichet::Request request, std::string_view sort, guichet::Problems& problems) {
    Paging out;
    if (const auto text = request.query("limit")) {
        const auto limit = guichet::to_integer(*text).value_or(0);
        if (limit < 1 || limit > kMostItems) problems.add("limit", call.tr("Give a whole number from 1 to 200."));
        else out.limit = static_cast<int>(limit);
    }
    if (const auto text = request.query("cursor")) {
        out.after = decode(*text, sort);
        if (!out.after) problems.add("cursor", call.tr("This is not a cursor of this list."));
    }
    return out;
}

void check_names(const Call& call, const Parameters& parameters, const std::function<Takes(std::string_view)>& takes,
                 guichet::Problems& problems) {
    for (const auto& [name, value] : parameters.all()) {
        const auto how = takes(name);
        if (how == Takes::nothing) problems.add(call.ctx.dup(name), call.tr("There is no such parameter."));
        else if (how == Takes::once && parameters.repeats(name)) problems.add(call.ctx.dup(name), call.tr("Give this once."));
    }
}

void check_names(const Call& call, guichet::Request request, std::span<const std::string_view> once,
                 std::span<const std::string_view> several, guichet::Problems& problems) {
    const auto has = [](std::span<const std::string_view> names, std::string_view name) {
        return std::ranges::find(names, name) != names.end();
    };
    const auto takes = [&](std::string_view name) {
        return has(several, name) ? Takes::several : has(once, name) ? Takes::once : Takes::nothing;
    };
    check_names(call, Parameters{request.query_string()}, takes, problems);
}

}  // namespace tickets
