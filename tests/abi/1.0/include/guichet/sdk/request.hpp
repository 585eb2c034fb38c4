// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/request.hpp - one HTTP exchange.
#pragma once

#include "ctx.hpp"
#include "text.hpp"

namespace guichet {

class Request {
public:
    Request(guichet_ctx* c, guichet_http* x) : c_{c}, x_{x} {}

    std::string_view method() const { return view(detail::api.http->method(x_)); }
    std::string_view path() const { return view(detail::api.http->path(x_)); }
    std::string_view query_string() const { return view(detail::api.http->query_string(x_)); }
    bool is_htmx() const { return detail::api.http->is_htmx(x_) != 0; }

    std::optional<std::string_view> param(std::string_view name) const {
        guichet_str s{};
        return found(detail::api.http->param(x_, str(name), &s), s);
    }
    std::optional<std::string_view> query(std::string_view name, std::size_t index = 0) const {
        guichet_str s{};
        return found(detail::api.http->query(x_, str(name), index, &s), s);
    }
    std::optional<std::string_view> header(std::string_view name) const {
        guichet_str s{};
        return found(detail::api.http->header(x_, str(name), &s), s);
    }
    std::optional<std::string_view> form(std::string_view name, std::size_t index = 0) const {
        guichet_str s{};
        return found(detail::api.http->form(x_, str(name), index, &s), s);
    }
    Value json() const {
        const guichet_value* v = nullptr;
        detail::check(c_, detail::api.http->json(x_, &v));
        return {c_, v};
    }
    // {id} of the path; what is not a positive integer does not exist.
    int64_t id(std::string_view name = "id") const {
        const auto n = to_integer(param(name).value_or(""));
        if (!n || *n <= 0) throw Error{GUICHET_E_NOT_FOUND, "no such object"};
        return *n;
    }

    void status(int32_t code) const { detail::check(c_, detail::api.http->status(x_, code)); }
    void header(std::string_view name, std::string_view value) const {
        detail::check(c_, detail::api.http->set_header(x_, str(name), str(value)));
    }
    void json(Value v) const { detail::check(c_, detail::api.http->send_json(x_, v.raw())); }
    void page(std::string_view tpl, Value v) const { detail::check(c_, detail::api.http->send_page(x_, str(tpl), v.raw())); }
    void redirect(std::string_view path) const { detail::check(c_, detail::api.http->redirect(x_, str(path))); }
    void send(std::string_view content_type, std::string_view body) const {
        detail::check(c_, detail::api.http->send(x_, str(content_type), str(body)));
    }

private:
    std::optional<std::string_view> found(guichet_status s, const guichet_str& v) const {
        if (s == GUICHET_E_NOT_FOUND) return std::nullopt;
        detail::check(c_, s);
        return view(v);
    }
    guichet_ctx* c_;
    guichet_http* x_;
};

}  // namespace guichet
