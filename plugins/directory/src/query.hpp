// A statement put together from fixed pieces of text. Values enter as parameters only.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <vector>

namespace directory {

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
        if constexpr (std::convertible_to<T, std::string_view>) return param(guichet::param(ctx_.dup(value)));
        else return param(guichet::param(value));
    }
    Query& param(const guichet_param& borrowed) {
        params_.push_back(borrowed);
        text_ += '$' + std::to_string(params_.size());
        return *this;
    }
    guichet::Rows run() const { return ctx_.exec_params(text_, params_.data(), params_.size()); }
    guichet::Ctx ctx() const { return ctx_; }

private:
    guichet::Ctx ctx_;
    std::string text_;
    std::vector<guichet_param> params_;
};

}  // namespace directory
