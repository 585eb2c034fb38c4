// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/html.hpp - output of a widget.
#pragma once

#include "ctx.hpp"

#include <vector>

namespace guichet {

class Html {
public:
    Html(guichet_ctx* c, guichet_html* out) : c_{c}, out_{out} {}
    void render(std::string_view tpl, Value data) const {
        detail::check(c_, detail::api.render->render(c_, str(tpl), data.raw(), out_));
    }
    void text(std::string_view untrusted) const { detail::check(c_, detail::api.render->text(out_, str(untrusted))); }

private:
    guichet_ctx* c_;
    guichet_html* out_;
};

// The cells of one column for the rows of one page of a list.
class Cells {
public:
    Cells(guichet_ctx* c, const guichet_column_request* request, guichet_html* const* cells) : c_{c}, request_{request}, cells_{cells} {}
    std::string_view column_id() const { return view(request_->column_id); }
    std::size_t size() const { return request_->count; }
    int64_t id(std::size_t i) const { return request_->ids[i]; }
    std::vector<int64_t> ids() const { return {request_->ids, request_->ids + request_->count}; }
    Html operator[](std::size_t i) const { return {c_, cells_[i]}; }

private:
    guichet_ctx* c_;
    const guichet_column_request* request_;
    guichet_html* const* cells_;
};

}  // namespace guichet
