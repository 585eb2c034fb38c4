#include "abi/environment.hpp"
#include "abi/exchange.hpp"
#include "abi/files.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "base/json.hpp"
#include "base/strings.hpp"
#include "file/download.hpp"
#include "file/names.hpp"
#include "plugin/generation.hpp"

#include <algorithm>

namespace host::abi {
namespace {

guichet_str method(guichet_http* x) noexcept { return str(x->request.method); }
guichet_str path(guichet_http* x) noexcept { return str(x->request.path); }
guichet_str query_string(guichet_http* x) noexcept { return str(x->request.query_string); }

guichet_status found(std::optional<std::string_view> value, guichet_str* out) noexcept {
    if (!value) return GUICHET_E_NOT_FOUND;
    *out = str(*value);
    return GUICHET_OK;
}

template <class Fields>
std::optional<std::string_view> nth(const Fields& fields, std::string_view name, size_t index) noexcept {
    for (const auto& [key, value] : fields)
        if (key == name && index-- == 0) return std::string_view{value};
    return std::nullopt;
}

guichet_status param(guichet_http* x, guichet_str name, guichet_str* out) noexcept { return found(nth(x->params, view(name), 0), out); }
guichet_status query(guichet_http* x, guichet_str name, size_t i, guichet_str* out) noexcept {
    return found(nth(x->request.query, view(name), i), out);
}
guichet_status form(guichet_http* x, guichet_str name, size_t i, guichet_str* out) noexcept {
    return found(nth(x->form, view(name), i), out);
}
guichet_status header(guichet_http* x, guichet_str name, guichet_str* out) noexcept {
    return guard(&x->ctx, [&] { return found(x->request.header(base::lower_ascii(view(name))), out); });
}
guichet_status json(guichet_http* x, const guichet_value** out) noexcept {
    if (!x->json) return GUICHET_E_NOT_FOUND;
    *out = wrap(x->json);
    return GUICHET_OK;
}
int32_t is_htmx(guichet_http* x) noexcept {
    return x->request.header("hx-request") == "true" && x->request.header("hx-boosted") != "true";
}

guichet_status status(guichet_http* x, int32_t code) noexcept {
    if (code < 200 || code > 599) return record(x->ctx, GUICHET_E_INVALID, "status must be 200 to 599");
    x->response.status = code;
    return GUICHET_OK;
}

// What a plugin may say; the rest (cookies, framing, security headers) is the host's.
bool plugins_may_set(std::string_view lower_name) {
    static constexpr std::string_view kAllowed[] = {"etag", "location", "last-modified", "content-disposition",
                                                    "content-language", "link", "retry-after", "vary"};
    return lower_name.starts_with("hx-") || std::ranges::find(kAllowed, lower_name) != std::end(kAllowed);
}

guichet_status set_header(guichet_http* x, guichet_str name, guichet_str value) noexcept {
    return guard(&x->ctx, [&]() -> guichet_status {
        if (!plugins_may_set(base::lower_ascii(view(name)))) return record(x->ctx, GUICHET_E_INVALID, "this header is the host's");
        x->response.set(view(name), view(value));
        return GUICHET_OK;
    });
}

guichet_status send_page(guichet_http* x, guichet_str template_id, const guichet_value* data) noexcept {
    return guard(&x->ctx, [&] {
        const auto* root = unwrap(data);
        std::string content;
        x->ctx.generation->templates().render(view(template_id), *root, ContextEnvironment{x->ctx}, content);
        const auto* title = root->get("title");
        const std::string_view title_text = title && title->is(base::Value::Type::string) ? title->as_string() : std::string_view{};
        x->response.set("Content-Type", "text/html; charset=utf-8");
        x->response.body = is_htmx(x) || x->bare ? std::move(content) : x->ctx.services.layout->wrap(x->ctx, title_text, content);
        return guichet_status{GUICHET_OK};
    });
}

guichet_status send_json(guichet_http* x, const guichet_value* data) noexcept {
    return guard(&x->ctx, [&] {
        x->response.set("Content-Type", "application/json; charset=utf-8");
        x->response.body = base::to_json(*unwrap(data));
        return guichet_status{GUICHET_OK};
    });
}

bool is_site_path(std::string_view path) {
    return path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
}

guichet_status redirect(guichet_http* x, guichet_str location) noexcept {
    return guard(&x->ctx, [&]() -> guichet_status {
        if (!is_site_path(view(location))) return record(x->ctx, GUICHET_E_INVALID, "redirects stay on this site");
        if (is_htmx(x)) {  // a 303 would be followed inside the fragment
            x->response.status = 200;
            x->response.set("HX-Redirect", view(location));
            return GUICHET_OK;
        }
        x->response.status = 303;
        x->response.set("Location", view(location));
        return GUICHET_OK;
    });
}

guichet_status send(guichet_http* x, guichet_str content_type, guichet_str body) noexcept {
    return guard(&x->ctx, [&] {
        x->response.set("Content-Type", view(content_type));
        x->response.body = view(body);
        return guichet_status{GUICHET_OK};
    });
}

guichet_status form_at(guichet_http* x, size_t i, guichet_str* name, guichet_str* value) noexcept {
    if (i >= x->form.size()) return GUICHET_E_NOT_FOUND;
    *name = str(x->form[i].first);
    *value = str(x->form[i].second);
    return GUICHET_OK;
}

guichet_status upload(guichet_http* x, size_t i, guichet_upload* out) noexcept {
    return guard(&x->ctx, [&]() -> guichet_status {
        if (i >= x->uploads.size()) return GUICHET_E_NOT_FOUND;
        if (out->size < sizeof(guichet_upload)) return record(x->ctx, GUICHET_E_UNSUPPORTED, "this guichet_upload is older than version 1.1");
        const auto& sent = x->uploads[i];
        const auto name = sent.filename.empty() ? std::string{} : file::clean_name(sent.filename);
        *out = {sizeof(guichet_upload), 0, static_cast<int64_t>(sent.content.size()), str(sent.field), str(x->ctx.arena.copy(name))};
        return GUICHET_OK;
    });
}

guichet_status store_upload(guichet_http* x, size_t i, guichet_file* out) noexcept {
    return guard(&x->ctx, [&]() -> guichet_status {
        if (i >= x->uploads.size()) return record(x->ctx, GUICHET_E_NOT_FOUND, "no such upload");
        return store_file(x->ctx, x->uploads[i].filename, x->uploads[i].content, out);
    });
}

guichet_status send_file(guichet_http* x, int64_t file_id, int32_t display_inline) noexcept {
    return guard(&x->ctx, [&]() -> guichet_status {
        const auto file = find_file(x->ctx, file_id);
        if (!file) return record(x->ctx, GUICHET_E_NOT_FOUND, "no such file");
        x->response = file::download(x->request, *file, x->ctx.services.files->blobs(), display_inline != 0);
        return GUICHET_OK;
    });
}

guichet_str client(guichet_http* x) noexcept { return str(x->request.peer_ip); }

bool is_of(std::string_view text, std::string_view others) {
    return std::ranges::all_of(text, [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || others.find(c) != others.npos;
    });
}

guichet_status cookie(guichet_http* x, guichet_str name, guichet_str* out) noexcept {
    return guard(&x->ctx, [&] { return found(x->request.cookie(std::string{x->cookie_prefix}.append(view(name))), out); });
}

guichet_status set_cookie(guichet_http* x, guichet_str name, guichet_str value, int32_t max_age_s) noexcept {
    return guard(&x->ctx, [&]() -> guichet_status {
        const auto key = view(name);
        if (key.empty() || key != base::lower_ascii(key) || !is_of(key, "_") || !is_of(view(value), "_.-"))
            return record(x->ctx, GUICHET_E_INVALID, "a cookie of a plugin is made of letters, digits and _");
        x->cookies.push_back({std::string{x->cookie_prefix}.append(key), std::string{view(value)}, std::max(max_age_s, 0)});
        return GUICHET_OK;
    });
}

// "https://www.example.org:8443": what can neither end the directive nor add another one.
bool is_origin(std::string_view text) {
    const auto scheme = text.starts_with("https://") ? 8u : text.starts_with("http://") ? 7u : 0u;
    return scheme > 0 && text.size() > scheme && text.size() <= 255 && is_of(text.substr(scheme), ".-:");
}

guichet_status allow_framing(guichet_http* x, guichet_str origins) noexcept {
    return guard(&x->ctx, [&]() -> guichet_status {
        for (const auto origin : base::split(view(origins), ' '))
            if (!is_origin(origin)) return record(x->ctx, GUICHET_E_INVALID, "not the origin of a site");
        x->framed_by = view(origins);
        return GUICHET_OK;
    });
}

// A frame of the same origin: pictures of this site come with the reader's session, and scripts do not run all the same.
guichet_status send_foreign(guichet_http* x, guichet_str html, int32_t remote_pictures) noexcept {
    return guard(&x->ctx, [&] {
        const std::string pictures = remote_pictures ? "'self' data: https: http:" : "'self' data:";
        x->response.set("Content-Security-Policy",
                        "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src " + pictures +
                            "; form-action 'none'; base-uri 'none'; frame-ancestors 'self'");
        x->response.set("X-Frame-Options", "SAMEORIGIN");
        x->response.set("Referrer-Policy", "no-referrer");
        x->response.set("Content-Type", "text/html; charset=utf-8");
        x->response.body = view(html);
        return guichet_status{GUICHET_OK};
    });
}

}  // namespace

const guichet_http_v1 kHttpTable = {{sizeof(guichet_http_v1), 1, 2}, method, path, query_string, param, query, header, form,
    json, is_htmx, status, set_header, send_page, send_json, redirect, send, form_at, upload, store_upload, send_file,
    client, cookie, set_cookie, allow_framing, send_foreign};

}  // namespace host::abi
