// Everything a request may need, put together once by the App. Lives as long as the server.
#pragma once

#include "abi/ctx.hpp"
#include "auth/sessions.hpp"
#include "config.hpp"
#include "core/reference_data.hpp"
#include "db/pool.hpp"
#include "http/message.hpp"
#include "http/multipart.hpp"
#include "plugin/lifecycle.hpp"
#include "plugin/reaper.hpp"
#include "plugin/registry.hpp"
#include "ui/template/template.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>

namespace host::web {

struct Site {
    const Config& config;
    db::Pool& pool;
    auth::Sessions& sessions;
    core::ReferenceData& reference;
    plugin::Registry& registry;
    plugin::Reaper& reaper;
    plugin::Lifecycle& lifecycle;
    std::shared_ptr<const ui::TemplateSet> templates;  // the host's own
    const abi::Services& services;
};

// One request for a page of the host itself.
struct Call {
    Site& site;
    guichet_ctx& ctx;
    const http::Request& request;
    const http::Pairs& form;

    std::string_view form_value(std::string_view name) const;  // "" when absent
    std::string tr(std::string_view msgid) const;
    std::string param(std::string_view name) const;            // {name} of the path
    bool is_htmx() const { return request.header("hx-request") == "true"; }  // a part of the page is asked for
    const std::vector<std::pair<std::string_view, std::string>>& params;
    std::span<const http::Upload> uploads{};  // of a route that takes them

    const http::Upload* upload(std::string_view field) const;  // null when absent
};

struct HostRoute {
    std::string method, path;
    std::string permission;   // "" = any logged-in user
    bool public_ = false;
    std::function<http::Response(Call&)> handle;
    std::size_t upload_bytes = 0;  // its form may bring files, together of this size
};

// Where a user goes whose password somebody else chose; he sees no other page before.
inline constexpr std::string_view kPasswordPath = "/password";

// Renders a template of the host; in_layout: inside the site's navigation.
http::Response page(Call& call, std::string_view template_name, const base::Value& data, int status = 200);
http::Response bare_page(Call& call, std::string_view template_name, const base::Value& data, int status = 200);
http::Response redirect(std::string_view path);
http::Response not_found(Call& call);  // what the address names does not exist
// path when it is one of this site, else "/" (security.md R51).
std::string local_path(std::string_view path);

}  // namespace host::web
