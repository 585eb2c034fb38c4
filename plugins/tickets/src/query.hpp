// A statement put together from fixed pieces of text. Values enter as parameters only.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <vector>

namespace tickets {

class Query {
public:
    explicit Query(guichet::Ctx ctx) : ctx_{ctx} {}

    Query& sql(std::string_view text) {
        text_ += text;
        return *this;
    }
    // Text is copied into the arena of the context.
    template <class T>
    Query& arg(const T& value) {
        if constexpr (std::convertible_to<T, std::string_view>) params_.push_back(guichet::param(ctx_.dup(value)));
        else params_.push_back(guichet::param(value));
        text_ += '$' + std::to_string(params_.size());
        return *this;
    }
    template <class T>
    Query& arg(const std::optional<T>& value) {
        return value ? arg(*value) : arg(std::nullopt);
    }
    guichet::Rows run() const { return ctx_.exec_params(text_, params_.data(), params_.size()); }
    guichet::Ctx ctx() const { return ctx_; }

private:
    guichet::Ctx ctx_;
    std::string text_;
    std::vector<guichet_param> params_;
};

// An array literal for "= any($n::bigint[])".
inline std::string array_literal(const std::vector<int64_t>& values) {
    std::string out = "{";
    for (const auto v : values) out += (out.size() > 1 ? "," : "") + std::to_string(v);
    return out += '}';
}

}  // namespace tickets
