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

    // Fields that other plugins added to this form are named "<plugin>.<field>": {plugin: {field: value}}, for a before event.
    Value extensions() const {
        Value all{c_, detail::api.value->object(c_)};
        guichet_str name{}, value{};
        for (std::size_t i = 0; has_form_at() && detail::api.http->form_at(x_, i, &name, &value) == GUICHET_OK; ++i) {
            const auto dot = view(name).rfind('.');
            if (dot == std::string_view::npos || view(name).starts_with("custom.")) continue;
            const auto plugin = view(name).substr(0, dot);
            if (!all[plugin]) all.set(plugin, Value{c_, detail::api.value->object(c_)});
            all[plugin].set(view(name).substr(dot + 1), view(value));
        }
        return all;
    }
    // Values of the form's custom fields, named "custom.<code>": {code: text}, for Ctx::merge_fields.
    Value custom_fields() const {
        Value all{c_, detail::api.value->object(c_)};
        guichet_str name{}, value{};
        for (std::size_t i = 0; has_form_at() && detail::api.http->form_at(x_, i, &name, &value) == GUICHET_OK; ++i)
            if (view(name).starts_with("custom.")) all.set(view(name).substr(7), view(value));
        return all;
    }

    // --- uploads of a route with "body": "multipart" ---
    struct Upload { int64_t bytes; std::string_view field, filename; };
    std::optional<Upload> upload(std::size_t i) const {
        if (!GUICHET_HAS(guichet_http_v1, detail::api.http, upload)) return std::nullopt;
        guichet_upload u{};
        u.size = sizeof u;
        if (detail::api.http->upload(x_, i, &u) != GUICHET_OK) return std::nullopt;
        return Upload{u.bytes, view(u.field), view(u.filename)};
    }
    File store_upload(std::size_t i) const {
        auto f = detail::empty_file();
        detail::check(c_, detail::api.http->store_upload(x_, i, &f));
        return File{f};
    }
    void send_file(int64_t id, bool display_inline = false) const { detail::check(c_, detail::api.http->send_file(x_, id, display_inline)); }

#if GUICHET_ABI_MINOR >= 3
    // --- for people who do not log in (guichet/abi/http.h) ---
    std::string_view client() const { return view(newest().client(x_)); }
    std::optional<std::string_view> cookie(std::string_view name) const {
        guichet_str s{};
        return found(newest().cookie(x_, str(name), &s), s);
    }
    void set_cookie(std::string_view name, std::string_view value, int32_t max_age_s) const {
        detail::check(c_, newest().set_cookie(x_, str(name), str(value), max_age_s));
    }
    void allow_framing(std::string_view origins) const { detail::check(c_, newest().allow_framing(x_, str(origins))); }
    // HTML from outside, for a frame of this site's pages.
    void send_foreign(std::string_view html, bool remote_pictures) const {
        detail::check(c_, newest().send_foreign(x_, str(html), remote_pictures));
    }
#endif
    guichet_http* raw() const noexcept { return x_; }  // for services that take it

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
#if GUICHET_ABI_MINOR >= 3
    static const guichet_http_v1& newest() {
        if (GUICHET_HAS(guichet_http_v1, detail::api.http, send_foreign)) return *detail::api.http;
        throw Error{GUICHET_E_UNSUPPORTED, "this host is too old for what the plugin asks of it"};
    }
#endif
    bool has_form_at() const { return GUICHET_HAS(guichet_http_v1, detail::api.http, form_at); }
    std::optional<std::string_view> found(guichet_status s, const guichet_str& v) const {
        if (s == GUICHET_E_NOT_FOUND) return std::nullopt;
        detail::check(c_, s);
        return view(v);
    }
    guichet_ctx* c_;
    guichet_http* x_;
};

}  // namespace guichet
