#include "web/site.hpp"

#include "abi/environment.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::web {
namespace {

std::string render(Call& call, std::string_view template_name, const base::Value& data) {
    std::string out;
    call.site.templates->render(template_name, data, abi::ContextEnvironment{call.ctx}, out);
    return out;
}

std::string_view title_of(const base::Value& data) {
    const auto* title = data.get("title");
    return title && title->is(base::Value::Type::string) ? title->as_string() : std::string_view{};
}

http::Response html(std::string body, int status) {
    http::Response response;
    response.status = status;
    response.set("Content-Type", "text/html; charset=utf-8");
    response.body = std::move(body);
    return response;
}

}  // namespace

std::string_view Call::form_value(std::string_view name) const {
    for (const auto& [key, value] : form)
        if (key == name) return value;
    return {};
}

const http::Upload* Call::upload(std::string_view field) const {
    const auto it = std::ranges::find(uploads, field, &http::Upload::field);
    return it == uploads.end() ? nullptr : &*it;
}

std::string Call::tr(std::string_view msgid) const {
    return std::string{ctx.snapshot->catalogs().text("core", ctx.language, msgid)};
}

std::string Call::param(std::string_view name) const {
    for (const auto& [key, value] : params)
        if (key == name) return value;
    return {};
}

http::Response page(Call& call, std::string_view template_name, const base::Value& data, int status) {
    return html(call.site.services.layout->wrap(call.ctx, title_of(data), render(call, template_name, data)), status);
}

http::Response bare_page(Call& call, std::string_view template_name, const base::Value& data, int status) {
    return html(render(call, template_name, data), status);
}

http::Response redirect(std::string_view path) {
    http::Response response;
    response.status = 303;
    response.set("Location", path);
    return response;
}

http::Response not_found(Call& call) {
    auto* data = base::Value::object(call.ctx.arena);
    data->set("status", 404);
    data->set("title", std::string_view{call.tr("Not Found")});
    data->set("request_id", std::string_view{call.ctx.request_id});
    return page(call, "error.html", *data, 404);
}

std::string local_path(std::string_view path) {
    const auto decoded = http::percent_decode(path.substr(0, path.find('?')), false);
    if (!decoded || !path.starts_with('/') || decoded->starts_with("//") || decoded->find('\\') != std::string::npos) return "/";
    for (const char c : path)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "/";
    return std::string{path};
}

}  // namespace host::web
