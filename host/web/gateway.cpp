#include "web/gateway.hpp"

#include "abi/call.hpp"
#include "abi/environment.hpp"
#include "abi/exchange.hpp"
#include "auth/permissions.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/sha256.hpp"
#include "core/settings.hpp"
#include "plugin/snapshot.hpp"
#include "web/client_address.hpp"
#include "web/cross_site.hpp"
#include "web/errors.hpp"
#include "web/idempotency.hpp"
#include "web/layout.hpp"
#include "web/openapi.hpp"
#include "web/security_headers.hpp"

#include <algorithm>
#include <optional>

namespace host::web {
namespace {

constexpr std::size_t kHostFormBytes = 64 * 1024;
constexpr std::int64_t kRequestDeadlineUs = 10'000'000;

// The pages of a user who has to choose his password first.
bool may_stay(std::string_view path) { return path == kPasswordPath || path == "/logout"; }

bool is_json(std::string_view content_type) { return content_type.substr(0, content_type.find(';')) == "application/json"; }
bool is_form(std::string_view content_type) {
    return content_type.substr(0, content_type.find(';')) == "application/x-www-form-urlencoded";
}

std::string_view bearer(const http::Request& request) {
    const auto header = request.header("authorization");
    if (!header || header->size() < 7 || !(header->starts_with("Bearer ") || header->starts_with("bearer "))) return {};
    return header->substr(7);
}

// of_nobody: what people read who have chosen nothing.
std::string choose_language(const auth::Principal& principal, const http::Request& request, std::string_view of_nobody = i18n::kDefaultLanguage) {
    if (!principal.language.empty()) return principal.language;
    const auto chosen = request.cookie("lang").value_or("");
    const bool known = std::ranges::find(i18n::kLanguages, chosen) != std::end(i18n::kLanguages);
    return std::string{known ? chosen : of_nobody};
}

std::string_view asked_language(const http::Request& request) {
    const auto asked = request.query_value("lang").value_or("");
    return std::ranges::find(i18n::kLanguages, asked) != std::end(i18n::kLanguages) ? asked : std::string_view{};
}

// Of a plugin's page for everybody: what its address says, what was chosen, then what the browser prefers.
std::string visitors_language(const auth::Principal& visitor, const http::Request& request, std::string_view of_nobody) {
    const auto asked = asked_language(request);
    return asked.empty() ? choose_language(visitor, request, i18n::negotiate(request.header("accept-language").value_or(""), of_nobody))
                         : std::string{asked};
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string out;
    for (const auto word : words) out.append(out.empty() ? "" : ", ").append(word);
    return out;
}

}  // namespace

struct Gateway::Route {
    const HostRoute* host = nullptr;
    const plugin::Snapshot::RouteTarget* plugin = nullptr;
    std::vector<std::pair<std::string_view, std::string>> params;
    std::vector<std::string_view> allowed;

    explicit operator bool() const noexcept { return host || plugin; }
    bool is_public() const { return host ? host->public_ : plugin->route->public_; }
    bool as_system() const { return plugin && plugin->route->as_system; }
    const std::string& permission() const { return host ? host->permission : plugin->route->permission; }
    bool csrf() const { return host || plugin->route->csrf; }
    bool is_for_visitors() const { return plugin && plugin->route->public_; }
    std::string_view body() const {
        if (plugin) return plugin->route->body;
        return host->upload_bytes > 0 ? "multipart" : "form";
    }
    std::size_t max_body_bytes() const {
        return plugin ? std::max(plugin->route->max_body_bytes, std::size_t{1024}) : kHostFormBytes + (host ? host->upload_bytes : 0);
    }
};

struct Gateway::Visit {
    http::Request& request;
    std::shared_ptr<const plugin::Snapshot> snapshot;
    std::shared_ptr<const auth::Principal> principal;
    bool api = false;
    Route route{};
    http::Pairs form{};
    std::vector<http::Upload> uploads{};
    const base::Value* json = nullptr;
    std::optional<guichet_ctx> ctx{};
};

std::string Gateway::content_of(const Visit& visit) {
    if (visit.route.body() != "multipart") return visit.request.body;
    std::string content;
    const auto add = [&](std::string_view text) { content.append(text).push_back('\0'); };
    for (const auto& [name, value] : visit.form) {
        add(name);
        add(value);
    }
    for (const auto& upload : visit.uploads) {
        add(upload.field);
        add(upload.filename);
        add(base::sha256_hex(upload.content));
    }
    return content;
}

Gateway::Gateway(Site& site, std::vector<HostRoute> host_routes, const Assets& assets, Health& health, Badges& badges)
    : site_{site}, host_routes_{std::move(host_routes)}, assets_{assets}, health_{health}, badges_{badges}, cookies_{site.config} {
    for (std::size_t i = 0; i < host_routes_.size(); ++i)
        if (const auto& route = host_routes_[i]; !host_router_.add(route.method, route.path, i))
            throw std::logic_error{"two host routes collide: " + route.path};
        else if (!route.permission.empty() && !auth::is_host_permission(route.permission))
            throw std::logic_error{"no such permission: " + route.permission};
}

Gateway::Route Gateway::find(const plugin::Snapshot& snapshot, const http::Request& request) const {
    Route route;
    // People and links write "/public/" as well as "/public": no route ends with a slash but that of the home page.
    auto path = std::string_view{request.path};
    if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    auto own = host_router_.find(request.method, path);
    if (own.match) {
        route.host = &host_routes_[own.match->index];
        route.params = std::move(own.match->params);
        return route;
    }
    auto plugins = snapshot.router().find(request.method, path);
    if (plugins.match) {
        route.plugin = &snapshot.routes()[plugins.match->index];
        route.params = std::move(plugins.match->params);
        return route;
    }
    route.allowed = std::move(own.allowed);
    route.allowed.insert(route.allowed.end(), plugins.allowed.begin(), plugins.allowed.end());
    return route;
}

std::size_t Gateway::max_body_bytes(const http::Request& request) noexcept {
    try {
        const auto snapshot = site_.registry.current();
        return find(*snapshot, request).max_body_bytes();
    } catch (...) {
        return 0;
    }
}

http::Response Gateway::handle(http::Request& request) {
    if (request.path == "/health/live") return health_.live();
    if (request.path == "/health/ready") return health_.ready();
    request.peer_ip = client_address(request, site_.config.trusted_proxies);
    Visit visit{request, site_.registry.current(), nullptr, is_api(request.path)};
    auto response = answer(request, visit);
    response.set("X-Request-Id", request.id);
    add_security_headers(response, site_.config.https(), request.path.starts_with("/assets/"));
    return response;
}

http::Response Gateway::answer(http::Request& request, Visit& visit) {
    try {
        if (request.path.starts_with("/assets/")) return serve_asset(request, assets_, *visit.snapshot);
        visit.principal = who(request, visit.api);
        visit.route = find(*visit.snapshot, request);
        const auto& visitor = visit.principal ? *visit.principal : auth::anonymous_principal();
        const auto of_nobody = site_.services.settings->company_language();
        visit.ctx.emplace(site_.services, visit.snapshot, nullptr, visit.route.as_system() ? auth::system_principal() : visitor,
                          visit.route.is_for_visitors() ? visitors_language(visitor, request, of_nobody) : choose_language(visitor, request, of_nobody), request.id,
                          base::now_us() + kRequestDeadlineUs);
        visit.ctx->request = &request;
        return visit_route(visit);
    } catch (const db::Unavailable& e) {
        base::log(base::Level::warn, "database not available", {{"request", std::string_view{request.id}}, {"reason", std::string_view{e.what()}}});
        return fail(visit, Failure{503, {}, {}, 5});
    } catch (const std::exception& e) {
        base::log(base::Level::error, "request failed", {{"request", std::string_view{request.id}}, {"reason", std::string_view{e.what()}}});
    } catch (...) {
        base::log(base::Level::error, "request failed", {{"request", std::string_view{request.id}}, {"reason", "unknown exception"}});
    }
    return fail(visit, 500);
}

std::shared_ptr<const auth::Principal> Gateway::who(const http::Request& request, bool api) {
    if (api) return site_.sessions.by_api_key(bearer(request));
    const auto token = cookies_.session(request);
    return token ? site_.sessions.by_session(*token) : nullptr;
}

http::Response Gateway::visit_route(Visit& visit) {
    auto& request = visit.request;
    if (request.path == "/api/openapi.json" && (request.method == "GET" || request.method == "HEAD")) return openapi(visit);
    if (!visit.route) {
        if (visit.route.allowed.empty()) {
            // who may not know the routes learns nothing about them
            if (visit.api && !visit.principal) return fail(visit, 401);
            return fail(visit, 404);
        }
        auto response = fail(visit, 405);
        response.set("Allow", joined(visit.route.allowed));
        return response;
    }
    if (!visit.route.is_public() && !visit.principal) {
        if (visit.api) return fail(visit, 401);
        if (request.header("hx-request") == "true") return fail(visit, 401);  // a fragment has no place for the login page
        const bool worth_coming_back = request.method == "GET" && request.target != "/";
        return redirect(worth_coming_back ? "/login?next=" + http::percent_encode(request.target) : "/login");
    }
    if (!visit.api && visit.ctx->principal.password_due && !may_stay(request.path)) return redirect(kPasswordPath);
    if (!visit.route.permission().empty() && !visit.ctx->principal.can(visit.route.permission())) return fail(visit, 403);
    if (!changes_something(request.method)) return run(visit);

    const auto content_type = request.header("content-type").value_or("");
    // A form that may bring files need not.
    const bool multipart = visit.route.body() == "multipart" && !is_form(content_type);
    if (visit.route.body() == "form" || (visit.route.body() == "multipart" && !multipart)) {
        if (!request.body.empty() && !is_form(content_type)) return fail(visit, 415);
        auto form = http::parse_form(request.body);
        if (!form) return fail(visit, 400);
        visit.form = std::move(*form);
    }
    if (multipart) {
        const auto boundary = http::multipart_boundary(content_type);
        if (boundary.empty()) return fail(visit, 415);
        auto parts = http::parse_multipart(request.body, boundary);
        if (!parts) return fail(visit, 400);
        visit.form = std::move(parts->fields);
        visit.uploads = std::move(parts->uploads);
    }
    if (!visit.api && visit.route.csrf()) {
        if (!from_our_pages(request, site_.config)) return fail(visit, 403);
        const auto expected = visit.principal ? std::string_view{visit.principal->csrf_token} : cookies_.login_csrf(request).value_or("");
        if (!token_matches(request, visit.form, expected)) return fail(visit, 403, "The form has expired. Go back, reload the page and try again.");
    }
    if (visit.route.body() == "json") {
        if (!is_json(content_type)) return fail(visit, 415);
        auto parsed = base::parse_json(visit.ctx->arena, request.body);
        if (!parsed) return fail(visit, Failure{400, base::to_text(parsed.problems()), {}, 0});
        if (!(*parsed)->is(base::Value::Type::object)) return fail(visit, Failure{422, "A JSON object is expected.", {}, 0});
        visit.json = *parsed;
    }
    const auto key = [&]() -> std::string_view {
        if (visit.api) return request.method == "POST" ? request.header("idempotency-key").value_or("") : "";
        for (const auto& [name, value] : visit.form)
            if (name == ui::kIdempotencyField) return value;
        return "";
    }();
    if (key.empty()) return run(visit);
    if (key.size() > 255) return fail(visit, Failure{422, {}, {{"Idempotency-Key", "at most 255 characters"}}, 0});
    auto once = run_once(*visit.ctx, request, key, content_of(visit), [&] { return run(visit); });
    if (once.outcome == Once::Outcome::mismatch)
        return fail(visit, Failure{422, "This Idempotency-Key was used for another request.", {}, 0});
    if (once.outcome == Once::Outcome::replayed && visit.api) once.response.set("Idempotency-Replayed", "true");
    return std::move(once.response);
}

http::Response Gateway::run(Visit& visit) {
    auto response = visit.route.plugin ? run_plugin(visit) : run_host(visit);
    if (changes_something(visit.request.method) && visit.principal) badges_.forget(visit.principal->user_id);
    return response;
}

http::Response Gateway::run_host(Visit& visit) {
    Call call{site_, *visit.ctx, visit.request, visit.form, visit.route.params, visit.uploads};
    return visit.route.host->handle(call);
}

http::Response Gateway::finished(guichet_http& exchange, const plugin::Manifest::Route& route, const http::Request& request) const {
    auto response = std::move(exchange.response);
    for (const auto& cookie : exchange.cookies) cookies_.set_for(response, cookie.name, cookie.value, cookie.max_age_s);
    if (!route.public_) return response;
    if (!exchange.framed_by.empty()) allow_framing(response, exchange.framed_by);
    response.set("Referrer-Policy", "no-referrer");  // addresses of pages for everybody may be secrets
    if (const auto language = asked_language(request); !language.empty()) cookies_.set_language(response, language);
    return response;
}

http::Response Gateway::run_plugin(Visit& visit) {
    const auto& target = *visit.route.plugin;
    const auto cookie_prefix = cookies_.plugin_prefix(target.generation->id());
    guichet_http exchange{*visit.ctx, visit.request, visit.route.params, visit.form, visit.json, visit.uploads, cookie_prefix, target.route->bare};
    const auto status = abi::call(*visit.ctx, *target.generation, [&] { return target.handler.fn(target.handler.self, &*visit.ctx, &exchange); });
    if (status == GUICHET_OK) return finished(exchange, *target.route, visit.request);
    const auto failure = to_failure(status, visit.ctx->error);
    if (failure.status >= 500)
        base::log(base::Level::error, "handler failed", {{"plugin", std::string_view{target.generation->id()}}, {"handler", std::string_view{target.route->handler}},
                  {"request", std::string_view{visit.request.id}}, {"reason", std::string_view{visit.ctx->error.message}}});
    return fail(visit, failure);
}

http::Response Gateway::fail(Visit& visit, int status, std::string_view detail) {
    return fail(visit, Failure{status, std::string{detail}, {}, status == 503 ? 5 : 0});
}

http::Response Gateway::fail(Visit& visit, const Failure& failure) {
    if (visit.api || !visit.snapshot) return problem_json(failure, visit.request.id);
    auto& request = visit.request;
    base::Arena arena;
    std::optional<guichet_ctx> own;  // when it failed before there was one
    if (!visit.ctx) {
        own.emplace(site_.services, visit.snapshot, nullptr, auth::anonymous_principal(), choose_language(auth::anonymous_principal(), request),
                    request.id, 0);
        own->request = &request;
    }
    auto& ctx = visit.ctx ? *visit.ctx : *own;
    ctx.generation = nullptr;
    auto* data = base::Value::object(ctx.arena);
    const Call call{site_, ctx, request, visit.form, visit.route.params};
    data->set("title", std::string_view{call.tr(reason(failure.status))});
    data->set("status", std::int64_t{failure.status});
    data->set("message", std::string_view{failure.detail.empty() ? std::string{} : call.tr(failure.detail)});
    data->set("request_id", std::string_view{request.id});
    data->set("site", Layout::site_values(ctx));
    std::string content;
    const bool fragment = call.is_htmx();
    const bool framed = visit.ctx && visit.ctx->principal.user_id > 0 && failure.status != 503 && !fragment;
    site_.templates->render(framed || fragment ? "error.html" : "error_bare.html", *data, abi::ContextEnvironment{ctx}, content);
    http::Response response;
    response.status = failure.status;
    response.set("Content-Type", "text/html; charset=utf-8");
    if (failure.retry_after_s > 0) response.set("Retry-After", std::to_string(failure.retry_after_s));
    response.body = framed ? site_.services.layout->wrap(ctx, data->get("title")->as_string(), content) : std::move(content);
    return response;
}

http::Response Gateway::refuse(int status, std::string_view reason_text, const http::Request* request) noexcept {
    http::Response response;
    try {
        const std::string_view id = request ? std::string_view{request->id} : std::string_view{};
        response = problem_json(Failure{status, status == 500 ? std::string{} : std::string{reason_text}, {}, status == 503 ? 2 : 0}, id);
        if (!id.empty()) response.set("X-Request-Id", id);
        add_security_headers(response, site_.config.https(), false);
    } catch (...) {
        response.status = status;
    }
    return response;
}

std::string Gateway::server_url(const http::Request& request) const {
    if (!site_.config.public_url.empty()) return site_.config.public_url;
    return "http://" + std::string{request.header("host").value_or("localhost")};
}

http::Response Gateway::openapi(Visit& visit) {
    const auto url = server_url(visit.request);
    http::Response response;
    response.set("Content-Type", "application/json; charset=utf-8");
    response.body = openapi_document(*visit.snapshot, url);
    return response;
}

}  // namespace host::web
