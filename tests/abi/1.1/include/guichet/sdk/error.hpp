// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/error.hpp - the host's tables as seen by this plugin, errors, and the barrier that no
// exception passes. Header-only and compiled into the plugin: only guichet/abi types cross the boundary.
#pragma once

#include <guichet/abi/plugin.h>

#include <cstdint>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace guichet {

inline std::string_view view(guichet_str s) noexcept {
    return s.len ? std::string_view{s.ptr, s.len} : std::string_view{};
}
inline guichet_str str(std::string_view s) noexcept { return {s.data(), s.size()}; }

// The one exception type plugin code throws on purpose. The message is shown to the user when the code
// is INVALID, CONFLICT or VETO; field names the form field at fault.
class Error : public std::exception {
public:
    Error(guichet_status code, std::string message, std::string field = {})
        : code_{code}, message_{std::move(message)}, field_{std::move(field)} {}
    guichet_status code() const noexcept { return code_; }
    const std::string& field() const noexcept { return field_; }
    const char* what() const noexcept override { return message_.c_str(); }

private:
    guichet_status code_;
    std::string message_;
    std::string field_;
};

namespace detail {
struct Api {
    const guichet_host* host;
    const guichet_core_v1* core;
    const guichet_log_v1* log;
    const guichet_value_v1* value;
    const guichet_http_v1* http;
    const guichet_db_v1* db;
    const guichet_auth_v1* auth;
    const guichet_lists_v1* lists;
    const guichet_i18n_v1* i18n;
    const guichet_render_v1* render;
    const guichet_services_v1* services;
    // From 1.1 on; null in an older host.
    const guichet_events_v1* events;
    const guichet_jobs_v1* jobs;
    const guichet_settings_v1* settings;
    const guichet_fields_v1* fields;
    const guichet_counters_v1* counters;
    const guichet_files_v1* files;
    const guichet_mail_v1* mail;
    const guichet_audit_v1* audit;
    const guichet_pages_v1* pages;
};
// Hidden: never an STB_GNU_UNIQUE symbol, so two generations of one plugin cannot share it.
[[gnu::visibility("hidden")]] inline constinit Api api{};

// A table that this host may be too old to have.
template <class Table>
const Table& need(const Table* table) {
    if (table) return *table;
    throw Error{GUICHET_E_UNSUPPORTED, "this host is too old for what the plugin asks of it"};
}

inline void check(guichet_ctx* ctx, guichet_status s) {
    if (s == GUICHET_OK) return;
    guichet_error e{};
    e.size = sizeof e;
    if (api.core->last_error(ctx, &e) == GUICHET_OK && e.code == s)
        throw Error{s, std::string{view(e.message)}, std::string{view(e.field)}};
    throw Error{s, "host call failed"};
}

// Every call from the host into C++ passes through here; nothing escapes.
template <class F>
guichet_status barrier(guichet_ctx* ctx, F&& f) noexcept {
    try {
        std::forward<F>(f)();
        return GUICHET_OK;
    } catch (const Error& e) {
        const guichet_status code = e.code() == GUICHET_OK ? GUICHET_E_INTERNAL : e.code();
        return api.core->fail(ctx, code, str(e.what()), str(e.field()));
    } catch (const std::bad_alloc&) {
        return api.core->fail(ctx, GUICHET_E_NOMEM, GUICHET_STR("out of memory"), {});
    } catch (const std::exception& e) {
        return api.core->fail(ctx, GUICHET_E_INTERNAL, str(e.what()), {});
    } catch (...) {
        return api.core->fail(ctx, GUICHET_E_INTERNAL, GUICHET_STR("exception of unknown type"), {});
    }
}
}  // namespace detail
}  // namespace guichet
