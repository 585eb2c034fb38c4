// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/query.hpp - a statement put together from fixed pieces of text. Values enter as parameters only.
#pragma once

#include "ctx.hpp"

#include <vector>

namespace guichet {

class Query {
public:
    explicit Query(Ctx ctx) : ctx_{ctx} {}

    Query& sql(std::string_view text) {
        text_ += text;
        return *this;
    }
    // Text is copied into the arena of the context.
    template <class T>
    Query& arg(const T& value) {
        if constexpr (std::convertible_to<T, std::string_view>) return param(guichet::param(ctx_.dup(value)));
        else return param(guichet::param(value));
    }
    template <class T>
    Query& arg(const std::optional<T>& value) {
        return value ? arg(*value) : arg(std::nullopt);
    }
    Query& param(const guichet_param& borrowed) {
        params_.push_back(borrowed);
        text_ += '$' + std::to_string(params_.size());
        return *this;
    }
    Rows run() const { return ctx_.exec_params(text_, params_.data(), params_.size()); }
    Ctx ctx() const { return ctx_; }

private:
    Ctx ctx_;
    std::string text_;
    std::vector<guichet_param> params_;
};

// An array literal for "= any($n::bigint[])".
inline std::string array_literal(const std::vector<int64_t>& values) {
    std::string out = "{";
    for (const auto v : values) out += (out.size() > 1 ? "," : "") + std::to_string(v);
    return out += '}';
}

// The same of texts, for "= any($n::text[])".
inline std::string array_literal(const std::vector<std::string>& values) {
    std::string out = "{";
    for (const auto& value : values) {
        out += out.size() > 1 ? ",\"" : "\"";
        for (const char c : value) out.append(c == '"' || c == '\\' ? "\\" : "") += c;
        out += '"';
    }
    return out += '}';
}

}  // namespace guichet
