// SPDX-License-Identifier: Apache-2.0
// guichet/testing/host_tables.hpp - the functions behind Host; included by host.hpp.
#pragma once

#include "host.hpp"

#include <cstring>

namespace guichet::testing {
namespace detail {

inline std::string_view view(guichet_str s) { return s.len ? std::string_view{s.ptr, s.len} : std::string_view{}; }
inline guichet_str str(std::string_view s) { return {s.data(), s.size()}; }
inline guichet_str keep(guichet_ctx* c, std::string_view s) { return str(c->strings.emplace_back(s)); }
inline std::string text(guichet_str s) { return std::string{view(s)}; }

// --- core, log ---
inline void* alloc(guichet_ctx* c, size_t size, size_t align) {
    auto& block = c->memory.emplace_back(size + align);
    const auto at = reinterpret_cast<uintptr_t>(block.data());
    return reinterpret_cast<void*>((at + align - 1) / align * align);
}
inline guichet_status fail(guichet_ctx* c, guichet_status code, guichet_str message, guichet_str field) {
    c->answer.result = code;
    c->answer.message = text(message);
    c->answer.field = text(field);
    return code;
}
inline guichet_status fail(guichet_ctx* c, guichet_status code, std::string_view message) { return fail(c, code, str(message), {}); }
inline guichet_status problem(guichet_ctx* c, guichet_str field, guichet_str message) {
    c->answer.problems.emplace_back(text(field), text(message));
    return GUICHET_OK;
}
inline guichet_status last_error(guichet_ctx* c, guichet_error* out) {
    out->code = c->answer.result;
    out->message = str(c->answer.message);
    out->field = str(c->answer.field);
    out->sqlstate = {};
    return GUICHET_OK;
}
inline guichet_str info(guichet_ctx* c, uint32_t what) {
    switch (what) {
        case GUICHET_CTX_LANGUAGE: return str(c->host.language);
        case GUICHET_CTX_TIMEZONE: return str(c->host.zone);
        case GUICHET_CTX_REQUEST_ID: return GUICHET_STR("test");
        default: return {};
    }
}
inline const guichet_core_v1 core{{sizeof(guichet_core_v1), 1, 0}, alloc, [](guichet_ctx* c, guichet_str s) { return keep(c, view(s)); }, fail,
    problem, last_error, info, [](guichet_ctx*) -> int64_t { return 0; }, [](guichet_ctx* c) -> int32_t { return c->host.cancel_jobs; },
    [](guichet_ctx* c) { return c->host.now_us; }};
inline const guichet_log_v1 log_table{{sizeof(guichet_log_v1), 1, 0}, [](guichet_ctx* c, uint32_t, guichet_str m) { c->host.log.push_back(text(m)); }};

// --- values ---
inline guichet_status parse(guichet_ctx* c, guichet_str source, guichet_value** out) {
    boost::system::error_code error;
    const auto parsed = json::parse(view(source), error);
    if (error) return fail(c, GUICHET_E_INVALID, error.message());
    *out = from_json(c->nodes, parsed);
    return GUICHET_OK;
}
template <class T>
guichet_status read(const guichet_value* v, std::initializer_list<uint32_t> types, T* out, const T& value) {
    if (!v) return GUICHET_E_INVALID;
    for (const auto type : types)
        if (v->type == type) return *out = value, GUICHET_OK;
    return GUICHET_E_INVALID;
}
inline guichet_status put(guichet_value* to, guichet_str key, const guichet_value* child) {
    const bool element = to->type == GUICHET_V_ARRAY;
    if (element != (key.ptr == nullptr && key.len == 0)) return GUICHET_E_INVALID;
    for (auto& [name, value] : to->members)
        if (!element && name == view(key)) return value = child, GUICHET_OK;
    to->members.emplace_back(text(key), child);
    return GUICHET_OK;
}
// Leaves of a tree have no context: they live as long as the test.
inline guichet_value* leaf(uint32_t type) {
    static Nodes leaves;
    return node(leaves, type);
}
template <class F>
guichet_status put_leaf(guichet_value* to, guichet_str key, uint32_t type, F&& set) {
    auto* made = leaf(type);
    set(*made);
    return put(to, key, made);
}
inline const guichet_value_v1 value{{sizeof(guichet_value_v1), 1, 0},
    [](guichet_ctx* c) { return node(c->nodes, GUICHET_V_OBJECT); }, [](guichet_ctx* c) { return node(c->nodes, GUICHET_V_ARRAY); }, parse,
    [](guichet_ctx* c, const guichet_value* v) { return keep(c, json::serialize(to_json(v))); },
    [](const guichet_value* v) { return v->type; }, [](const guichet_value* v) { return v->members.size(); },
    [](const guichet_value* v, size_t i) -> const guichet_value* { return i < v->members.size() ? v->members[i].second : nullptr; },
    [](const guichet_value* v, guichet_str key) { return member(v, view(key)); },
    [](const guichet_value* v, size_t i) { return i < v->members.size() ? str(v->members[i].first) : guichet_str{}; },
    [](const guichet_value* v, int32_t* out) { return read<int32_t>(v, {GUICHET_V_BOOL}, out, static_cast<int32_t>(v ? v->integer : 0)); },
    [](const guichet_value* v, int64_t* out) { return read<int64_t>(v, {GUICHET_V_I64}, out, v ? v->integer : 0); },
    [](const guichet_value* v, double* out) {
        return read<double>(v, {GUICHET_V_F64, GUICHET_V_I64}, out, !v ? 0 : v->type == GUICHET_V_I64 ? static_cast<double>(v->integer) : v->real);
    },
    [](const guichet_value* v, guichet_str* out) { return read<guichet_str>(v, {GUICHET_V_STR, GUICHET_V_HTML}, out, v ? str(v->text) : guichet_str{}); },
    [](const guichet_value* v, int64_t* out) { return read<int64_t>(v, {GUICHET_V_TIME}, out, v ? v->integer : 0); },
    [](guichet_value* to, guichet_str key) { return put(to, key, leaf(GUICHET_V_NULL)); },
    [](guichet_value* to, guichet_str key, int32_t v) { return put_leaf(to, key, GUICHET_V_BOOL, [&](auto& n) { n.integer = v != 0; }); },
    [](guichet_value* to, guichet_str key, int64_t v) { return put_leaf(to, key, GUICHET_V_I64, [&](auto& n) { n.integer = v; }); },
    [](guichet_value* to, guichet_str key, double v) { return put_leaf(to, key, GUICHET_V_F64, [&](auto& n) { n.real = v; }); },
    [](guichet_value* to, guichet_str key, guichet_str v) { return put_leaf(to, key, GUICHET_V_STR, [&](auto& n) { n.text = text(v); }); },
    [](guichet_value* to, guichet_str key, int64_t us) { return put_leaf(to, key, GUICHET_V_TIME, [&](auto& n) { n.integer = us; }); }, put};

// --- database ---
inline guichet_status leave(guichet_ctx* c) {
    if (c->depth == 0) return fail(c, GUICHET_E_STATE, "no transaction is open");
    --c->depth;
    return GUICHET_OK;
}
inline guichet_status need_transaction(guichet_ctx* c) {
    return c->depth > 0 ? guichet_status{GUICHET_OK} : fail(c, GUICHET_E_STATE, "needs an open transaction");
}
inline guichet_status exec(guichet_ctx* c, guichet_str sql, const guichet_param*, size_t, guichet_rows** out) {
    c->host.statements.push_back(text(sql));
    const auto* rows = c->host.find_rows(view(sql));
    if (!rows) return fail(c, GUICHET_E_DB, "Host::answer has nothing for: " + text(sql));
    *out = &c->results.emplace_back(*rows);
    return GUICHET_OK;
}
inline const json::value* cell(const guichet_rows* r, size_t row, size_t col) {
    return row < r->rows.size() && col < r->rows[row].size() ? &r->rows[row][col] : nullptr;
}
template <class T, class F>
guichet_status get(const guichet_rows* r, size_t row, size_t col, T* out, F&& convert) {
    const auto* found = cell(r, row, col);
    return found && convert(*found, *out) ? GUICHET_OK : GUICHET_E_INVALID;
}
inline guichet_value* row_value(guichet_ctx* c, const guichet_rows* r, size_t row) {
    auto* object = node(c->nodes, GUICHET_V_OBJECT);
    for (size_t i = 0; i < r->columns.size(); ++i)
        if (const auto* found = cell(r, row, i)) object->members.emplace_back(r->columns[i], from_json(c->nodes, *found));
    return object;
}
inline bool as_integer(const json::value& v, int64_t& out) { return v.is_int64() ? (out = v.get_int64(), true) : false; }
inline const guichet_db_v1 db{{sizeof(guichet_db_v1), 1, 0}, [](guichet_ctx* c) -> guichet_status { ++c->depth; return GUICHET_OK; }, leave, leave, exec,
    [](const guichet_rows* r) { return r->rows.size(); }, [](const guichet_rows* r) { return r->columns.size(); },
    [](const guichet_rows* r) { return static_cast<int64_t>(r->rows.size()); },
    [](const guichet_rows* r, guichet_str name) -> int32_t {
        for (size_t i = 0; i < r->columns.size(); ++i)
            if (r->columns[i] == view(name)) return static_cast<int32_t>(i);
        return -1;
    },
    [](const guichet_rows* r, size_t row, size_t col) -> int32_t { const auto* found = cell(r, row, col); return !found || found->is_null(); },
    [](const guichet_rows* r, size_t row, size_t col, int64_t* out) { return get(r, row, col, out, as_integer); },
    [](const guichet_rows* r, size_t row, size_t col, double* out) {
        return get(r, row, col, out, [](const json::value& v, double& d) { return v.is_number() ? (d = v.to_number<double>(), true) : false; });
    },
    [](const guichet_rows* r, size_t row, size_t col, int32_t* out) {
        return get(r, row, col, out, [](const json::value& v, int32_t& b) { return v.is_bool() ? (b = v.get_bool(), true) : false; });
    },
    [](const guichet_rows* r, size_t row, size_t col, guichet_str* out) {
        return get(r, row, col, out, [](const json::value& v, guichet_str& s) { return v.is_string() ? (s = str(v.get_string()), true) : false; });
    },
    [](const guichet_rows* r, size_t row, size_t col, int64_t* us) { return get(r, row, col, us, as_integer); },
    [](guichet_ctx* c, const guichet_rows* r) {
        auto* array = node(c->nodes, GUICHET_V_ARRAY);
        for (size_t i = 0; i < r->rows.size(); ++i) array->members.emplace_back(std::string{}, row_value(c, r, i));
        return array;
    },
    row_value};

// --- users, lists, texts, services ---
inline guichet_status require(guichet_ctx* c, guichet_str permission) {
    if (c->host.level(view(permission)) > GUICHET_LEVEL_NONE) return GUICHET_OK;
    return fail(c, GUICHET_E_DENIED, "not allowed: " + text(permission));
}
inline const guichet_auth_v1 auth{{sizeof(guichet_auth_v1), 1, 0}, [](guichet_ctx* c) { return c->host.user_id; },
    [](guichet_ctx* c, guichet_str p) { return c->host.level(view(p)); }, require,
    [](guichet_ctx* c) -> const guichet_value* { return from_json(c->nodes, json::array{}); },
    [](guichet_ctx* c) -> const guichet_value* { return from_json(c->nodes, c->host.users); },
    [](guichet_ctx* c) -> const guichet_value* { return from_json(c->nodes, c->host.teams); }};
inline const guichet_lists_v1 lists{{sizeof(guichet_lists_v1), 1, 0}, [](guichet_ctx* c, guichet_str id) -> const guichet_value* {
    const auto it = c->host.lists.find(text(id));
    return it == c->host.lists.end() ? nullptr : from_json(c->nodes, it->second);
}};
inline const guichet_i18n_v1 i18n{{sizeof(guichet_i18n_v1), 1, 0}, [](guichet_ctx*, guichet_str msgid) { return msgid; },
    [](guichet_ctx*, guichet_str one, guichet_str many, int64_t n) { return n == 1 ? one : many; }};
inline const void* acquire(guichet_ctx* c, guichet_str id, uint16_t major, uint16_t min_minor, void** self) {
    const auto it = c->host.services.find(text(id));
    if (it == c->host.services.end()) return nullptr;
    const auto* iface = static_cast<const guichet_iface*>(it->second.first);
    if (iface->major != major || iface->minor < min_minor) return nullptr;
    *self = it->second.second;
    return iface;
}
inline const guichet_services_v1 services{{sizeof(guichet_services_v1), 1, 0}, acquire,
    [](guichet_ctx*, const guichet_host*) -> guichet_status { return GUICHET_OK; }, [](guichet_ctx*) {}};

// --- files ---
inline guichet_status file_info(guichet_ctx* c, int64_t id, guichet_file* out) {
    const auto it = c->host.files.find(id);
    if (it == c->host.files.end()) return fail(c, GUICHET_E_NOT_FOUND, "no such file");
    const auto& [name, content] = it->second;
    *out = {sizeof *out, 0, id, static_cast<int64_t>(content.size()), str(name), GUICHET_STR("application/octet-stream"), {}};
    return GUICHET_OK;
}
inline guichet_status put_file(guichet_ctx* c, guichet_str name, const void* data, size_t n, guichet_file* out) {
    if (const auto s = need_transaction(c); s != GUICHET_OK) return s;
    const auto id = static_cast<int64_t>(c->host.files.size()) + 1;
    c->host.files[id] = {text(name), std::string{static_cast<const char*>(data), n}};
    return file_info(c, id, out);
}
inline guichet_status read_file(guichet_ctx* c, int64_t id, uint64_t offset, void* buffer, size_t capacity, size_t* n) {
    guichet_file file{};
    if (const auto s = file_info(c, id, &file); s != GUICHET_OK) return s;
    const auto& content = c->host.files[id].second;
    *n = offset < content.size() ? content.copy(static_cast<char*>(buffer), capacity, offset) : 0;
    return GUICHET_OK;
}
inline const guichet_files_v1 files{{sizeof(guichet_files_v1), 1, 0}, put_file, file_info, read_file,
    [](guichet_ctx* c, int64_t id) -> guichet_status { return c->host.files.erase(id) ? guichet_status{GUICHET_OK} : fail(c, GUICHET_E_NOT_FOUND, "no such file"); }};

// --- pages ---
inline guichet_status find_in(const std::map<std::string, std::string>& map, guichet_str name, guichet_str* out) {
    const auto it = map.find(text(name));
    if (it == map.end()) return GUICHET_E_NOT_FOUND;
    *out = str(it->second);
    return GUICHET_OK;
}
inline guichet_status form(guichet_http* x, guichet_str name, size_t index, guichet_str* out) {
    for (const auto& [key, content] : x->request.form)
        if (key == view(name) && index-- == 0) return *out = str(content), GUICHET_OK;
    return GUICHET_E_NOT_FOUND;
}
inline guichet_status body(guichet_http* x, const guichet_value** out) {
    *out = from_json(x->ctx.nodes, x->request.body);
    return GUICHET_OK;
}
inline guichet_status send_page(guichet_http* x, guichet_str id, const guichet_value* data) {
    x->answer.template_id = text(id);
    x->answer.data = to_json(data);
    return GUICHET_OK;
}
inline guichet_status send(guichet_http* x, guichet_str type, guichet_str content) {
    x->answer.content_type = text(type);
    x->answer.text = text(content);
    return GUICHET_OK;
}
inline const guichet_http_v1 http{{sizeof(guichet_http_v1), 1, GUICHET_ABI_MINOR >= 3 ? 2 : 1}, [](guichet_http* x) { return str(x->request.method); },
    [](guichet_http* x) { return str(x->request.path); }, [](guichet_http*) { return guichet_str{}; },
    [](guichet_http* x, guichet_str name, guichet_str* out) { return find_in(x->request.params, name, out); },
    [](guichet_http* x, guichet_str name, size_t index, guichet_str* out) -> guichet_status {
        return index == 0 ? find_in(x->request.query, name, out) : guichet_status{GUICHET_E_NOT_FOUND};
    },
    [](guichet_http* x, guichet_str name, guichet_str* out) { return find_in(x->request.headers, name, out); }, form, body,
    [](guichet_http* x) -> int32_t { return x->request.htmx; },
    [](guichet_http* x, int32_t code) -> guichet_status { x->answer.status = code; return GUICHET_OK; },
    [](guichet_http* x, guichet_str name, guichet_str v) -> guichet_status { x->answer.headers[text(name)] = text(v); return GUICHET_OK; },
    send_page, [](guichet_http* x, const guichet_value* data) -> guichet_status { x->answer.data = to_json(data); return GUICHET_OK; },
    [](guichet_http* x, guichet_str path) -> guichet_status { x->answer.status = 303, x->answer.location = text(path); return GUICHET_OK; }, send,
    [](guichet_http* x, size_t i, guichet_str* name, guichet_str* content) -> guichet_status {
        if (i >= x->request.form.size()) return GUICHET_E_NOT_FOUND;
        *name = str(x->request.form[i].first), *content = str(x->request.form[i].second);
        return GUICHET_OK;
    },
    [](guichet_http* x, size_t i, guichet_upload* out) -> guichet_status {
        const auto& uploads = x->ctx.host.uploads;
        if (i >= uploads.size()) return GUICHET_E_NOT_FOUND;
        *out = {sizeof *out, 0, static_cast<int64_t>(uploads[i].second.size()), GUICHET_STR("file"), str(uploads[i].first)};
        return GUICHET_OK;
    },
    [](guichet_http* x, size_t i, guichet_file* out) -> guichet_status {
        const auto& upload = x->ctx.host.uploads.at(i);
        return put_file(&x->ctx, str(upload.first), upload.second.data(), upload.second.size(), out);
    },
    [](guichet_http* x, int64_t id, int32_t) -> guichet_status {
        const auto it = x->ctx.host.files.find(id);
        if (it == x->ctx.host.files.end()) return fail(&x->ctx, GUICHET_E_NOT_FOUND, "no such file");
        x->answer.text = it->second.second;
        return GUICHET_OK;
    },
#if GUICHET_ABI_MINOR >= 3
    [](guichet_http* x) { return str(x->request.client); },
    [](guichet_http* x, guichet_str name, guichet_str* out) { return find_in(x->request.cookies, name, out); },
    [](guichet_http* x, guichet_str name, guichet_str content, int32_t max_age_s) -> guichet_status {
        x->answer.cookies[text(name)] = max_age_s > 0 ? text(content) : std::string{};
        return GUICHET_OK;
    },
    [](guichet_http* x, guichet_str origins) -> guichet_status { x->answer.framed_by = text(origins); return GUICHET_OK; },
    [](guichet_http* x, guichet_str html, int32_t) { return send(x, GUICHET_STR("text/html; charset=utf-8"), html); },
#endif
};
inline uint32_t size_of_http(uint16_t minor) {
#if GUICHET_ABI_MINOR >= 3
    if (minor == 1 || minor == 2) return offsetof(guichet_http_v1, client);
#endif
    return minor >= 1 ? sizeof(guichet_http_v1) : offsetof(guichet_http_v1, form_at);
}
inline guichet_status render(guichet_ctx* c, guichet_str id, const guichet_value* data, guichet_html* out) {
    c->answer.template_id = text(id);
    c->answer.data = to_json(data);
    out->text += '<' + text(id) + '>';
    return GUICHET_OK;
}
inline const guichet_render_v1 render_table{{sizeof(guichet_render_v1), 1, 1}, render,
    [](guichet_html* out, guichet_str s) -> guichet_status { out->text += view(s); return GUICHET_OK; },
#if GUICHET_ABI_MINOR >= 3
    [](guichet_ctx* c, guichet_str id, const guichet_value* data, guichet_str* out) -> guichet_status {
        c->answer.template_id = text(id);
        c->answer.data = to_json(data);
        *out = keep(c, "%PDF-" + text(id));
        return GUICHET_OK;
    },
#endif
};

// --- from 1.1 on ---
inline guichet_status publish(guichet_ctx* c, const char* kind, guichet_str id, guichet_str subject, const guichet_value* data) {
    if (const auto s = need_transaction(c); s != GUICHET_OK) return s;
    c->host.published.push_back({kind, text(id), text(subject), to_json(data)});
    return GUICHET_OK;
}
inline guichet_status before(guichet_ctx* c, guichet_str id, uint32_t, guichet_str subject, guichet_value* data) {
    if (const auto s = publish(c, "before", id, subject, data); s != GUICHET_OK || !c->host.on_before) return s;
    auto edited = to_json(data);
    if (const auto veto = c->host.on_before(view(id), edited)) return fail(c, GUICHET_E_VETO, *veto);
    *data = *from_json(c->nodes, edited);
    return GUICHET_OK;
}
inline const guichet_events_v1 events{{sizeof(guichet_events_v1), 1, 0}, before,
    [](guichet_ctx* c, guichet_str id, uint32_t, guichet_str subject, const guichet_value* data) { return publish(c, "after", id, subject, data); },
    [](guichet_ctx*, guichet_str) { return str("a hook"); }};
inline const guichet_jobs_v1 jobs{{sizeof(guichet_jobs_v1), 1, 0},
    [](guichet_ctx* c, guichet_str id, const guichet_value* args, int64_t, guichet_str dedupe, int64_t* run) -> guichet_status {
        c->host.jobs.push_back({text(id), text(dedupe), to_json(args)});
        *run = static_cast<int64_t>(c->host.jobs.size());
        return GUICHET_OK;
    },
    [](guichet_job*) -> int64_t { return 1; }, [](guichet_job* j) { return j->attempt; }, [](guichet_job* j) { return j->args; },
    [](guichet_job*) -> int64_t { return 0; }, [](guichet_job*, uint32_t, guichet_str) -> guichet_status { return GUICHET_OK; }};
inline const guichet_settings_v1 settings{
    {sizeof(guichet_settings_v1), 1, 2}, [](guichet_ctx* c) -> const guichet_value* { return from_json(c->nodes, c->host.settings); },
#if GUICHET_ABI_MINOR >= 2
        [](guichet_ctx* c, const guichet_value* values) -> guichet_status {
            if (const auto s = need_transaction(c); s != GUICHET_OK) return s;
            const auto members = to_json(values);
            for (const auto& [name, value] : members.as_object()) c->host.settings.as_object()[name] = value;
            return GUICHET_OK;
        },
#endif
#if GUICHET_ABI_MINOR >= 3
        [](guichet_ctx* c, guichet_str plain, guichet_str place, guichet_str* out) -> guichet_status {
            *out = keep(c, "sealed:" + text(place) + ":" + text(plain));
            return GUICHET_OK;
        },
        [](guichet_ctx* c, guichet_str sealed, guichet_str place, guichet_str* out) -> guichet_status {
            const auto head = "sealed:" + text(place) + ":";
            if (!view(sealed).starts_with(head)) return fail(c, GUICHET_E_NOT_FOUND, "sealed for another place");
            *out = keep(c, text(sealed).substr(head.size()));
            return GUICHET_OK;
        },
#endif
};
inline const guichet_mail_v1 mail{
    {sizeof(guichet_mail_v1), 1, 0},
        [](guichet_ctx* c, guichet_str id, const guichet_value* envelope, const guichet_value* data, int64_t* out) -> guichet_status {
            if (const auto s = need_transaction(c); s != GUICHET_OK) return s;
            c->host.mails.push_back({text(id), to_json(envelope), to_json(data)});
            *out = static_cast<int64_t>(c->host.mails.size());
            return GUICHET_OK;
        },
        [](guichet_ctx*, int64_t) -> guichet_value* { return nullptr; },
#if GUICHET_ABI_MINOR >= 3
        [](guichet_ctx* c, int64_t id, guichet_str message_id, guichet_str) -> guichet_status {
            if (const auto s = need_transaction(c); s != GUICHET_OK) return s;
            c->host.bounced.push_back(id > 0 ? std::to_string(id) : text(message_id));
            return GUICHET_OK;
        },
#endif
};
inline const guichet_audit_v1 audit{{sizeof(guichet_audit_v1), 1, 0},
    [](guichet_ctx* c, guichet_str action, guichet_str subject, const guichet_value* details) -> guichet_status {
        c->host.audits.push_back({text(action), text(subject), to_json(details)});
        return GUICHET_OK;
    }};
inline const guichet_counters_v1 counters{{sizeof(guichet_counters_v1), 1, 0},
    [](guichet_ctx* c, guichet_str id, int64_t, guichet_str* out) -> guichet_status {
        if (const auto s = need_transaction(c); s != GUICHET_OK) return s;
        *out = keep(c, text(id) + "-0001");
        return GUICHET_OK;
    }};

inline const guichet_value* field_definitions(guichet_ctx* c, guichet_str object, uint32_t) {
    const auto it = c->host.fields.find(text(object));
    return from_json(c->nodes, it == c->host.fields.end() ? json::value{json::array{}} : it->second);
}
inline guichet_status merge_fields(guichet_ctx* c, guichet_str, uint32_t, const guichet_value* stored, const guichet_value* input, guichet_value** out) {
    *out = node(c->nodes, GUICHET_V_OBJECT);
    for (const auto* values : {stored, input})
        for (std::size_t i = 0; values && i < values->members.size(); ++i) put(*out, str(values->members[i].first), values->members[i].second);
    return GUICHET_OK;
}
#if GUICHET_ABI_MINOR >= 2
inline guichet_value* form(guichet_ctx* c, guichet_str object, uint32_t) {
    const auto it = c->host.forms.find(text(object));
    return from_json(c->nodes, it == c->host.forms.end() ? json::value{json::array{}} : it->second);
}
#endif
inline const guichet_fields_v1 fields{{sizeof(guichet_fields_v1), 1, 1}, field_definitions, merge_fields,
    [](guichet_ctx* c, guichet_str object, uint32_t audience, const guichet_value*) { return const_cast<guichet_value*>(field_definitions(c, object, audience)); },
#if GUICHET_ABI_MINOR >= 2
    form
#endif
};
// Nobody else is there to add anything.
inline guichet_value* empty_array(guichet_ctx* c) { return node(c->nodes, GUICHET_V_ARRAY); }
inline const guichet_pages_v1 pages{{sizeof(guichet_pages_v1), 1, 0}, [](guichet_ctx* c, guichet_str) { return empty_array(c); },
    [](guichet_ctx* c, guichet_str, const int64_t*, size_t n) {
        auto* rows = empty_array(c);
        for (size_t i = 0; i < n; ++i) rows->members.emplace_back(std::string{}, node(c->nodes, GUICHET_V_OBJECT));
        return rows;
    },
    [](guichet_ctx* c, guichet_str, const guichet_value*) { return empty_array(c); }};

}  // namespace detail

template <class T>
void Host::add(std::string id, const T& table, std::size_t size) {
    auto copy = std::make_unique<std::vector<std::byte>>(size);  // exactly that long: a call past its end is found by ASan
    std::memcpy(copy->data(), &table, size);
    reinterpret_cast<guichet_iface*>(copy->data())->size = static_cast<uint32_t>(size);
    tables_[std::move(id)] = std::move(copy);
}

inline Host::Host(uint16_t minor) : minor_{minor} {
    add(GUICHET_IFACE_CORE, detail::core, sizeof detail::core);
    add(GUICHET_IFACE_LOG, detail::log_table, sizeof detail::log_table);
    add(GUICHET_IFACE_VALUE, detail::value, sizeof detail::value);
    add(GUICHET_IFACE_DB, detail::db, sizeof detail::db);
    add(GUICHET_IFACE_AUTH, detail::auth, sizeof detail::auth);
    add(GUICHET_IFACE_LISTS, detail::lists, sizeof detail::lists);
    add(GUICHET_IFACE_I18N, detail::i18n, sizeof detail::i18n);
    add(GUICHET_IFACE_RENDER, detail::render_table, sizeof detail::render_table);
    add(GUICHET_IFACE_SERVICES, detail::services, sizeof detail::services);
    add(GUICHET_IFACE_HTTP, detail::http, detail::size_of_http(minor));
    if (minor >= 1) {
        add(GUICHET_IFACE_EVENTS, detail::events, sizeof detail::events);
        add(GUICHET_IFACE_JOBS, detail::jobs, sizeof detail::jobs);
        add(GUICHET_IFACE_SETTINGS, detail::settings, sizeof detail::settings);
        add(GUICHET_IFACE_MAIL, detail::mail, sizeof detail::mail);
        add(GUICHET_IFACE_AUDIT, detail::audit, sizeof detail::audit);
        add(GUICHET_IFACE_COUNTERS, detail::counters, sizeof detail::counters);
        add(GUICHET_IFACE_FILES, detail::files, sizeof detail::files);
        add(GUICHET_IFACE_FIELDS, detail::fields, sizeof detail::fields);
        add(GUICHET_IFACE_PAGES, detail::pages, sizeof detail::pages);
    }
    host_.h = {sizeof host_, GUICHET_ABI_MAJOR, minor};
    host_.impl = this;
    host_.product_version = GUICHET_STR("test");
    host_.get = [](const guichet_host* host, guichet_str id, uint16_t major) -> const void* {
        return major == 1 ? static_cast<const Host*>(host->impl)->table(detail::view(id)) : nullptr;
    };
}

template <class F>
Answer Host::call(F&& f) {
    Answer answer;
    guichet_ctx ctx{.host = *this, .answer = answer};
    const guichet_status result = f(ctx, answer);
    if (result != GUICHET_OK && answer.result == GUICHET_OK) answer.message = "the plugin gave no reason";
    answer.result = result;
    if (ctx.depth != 0) throw std::logic_error{"the plugin left a transaction open"};
    return answer;
}

inline void Host::start(const guichet_plugin_v1* plugin) {
    const auto run = [&](const char* phase, auto&& f) {
        const auto answer = call([&](guichet_ctx& c, Answer&) { return f(&c); });
        if (answer.result != GUICHET_OK) throw std::runtime_error{std::string{phase} + ": " + answer.message};
    };
    run("create", [&](guichet_ctx* c) { return plugin->create(&host_, c, &self_); });
    plugin_ = plugin;
    guichet_binder binder{};
    binder.h = {static_cast<uint32_t>(minor_ >= 1 ? sizeof binder : offsetof(guichet_binder, hook)), GUICHET_ABI_MAJOR, minor_};
    binder.impl = this;
    binder.route = &bind<guichet_http_fn, &Host::routes_>;
    binder.slot = &bind<guichet_slot_fn, &Host::slots_>;
    binder.service = [](const guichet_binder* b, guichet_str id, const void* table, void* self) -> guichet_status {
        static_cast<Host*>(b->impl)->services[detail::text(id)] = {table, self};
        return GUICHET_OK;
    };
    if (minor_ >= 1) {
        binder.hook = &bind<guichet_hook_fn, &Host::hooks_>;
        binder.subscriber = &bind<guichet_hook_fn, &Host::subscribers_>;
        binder.job = &bind<guichet_job_fn, &Host::jobs_>;
        binder.column = &bind<guichet_column_fn, &Host::columns_>;
        binder.search = &bind<guichet_search_fn, &Host::searches_>;
        binder.badge = &bind<guichet_badge_fn, &Host::badges_>;
    }
#if GUICHET_ABI_MINOR >= 3
    if (minor_ >= 3) binder.command = &bind<guichet_command_fn, &Host::commands_>;
#endif
    run("bind", [&](guichet_ctx* c) { return plugin->bind(self_, c, &binder); });
    run("start", [&](guichet_ctx* c) { return plugin->start(self_, c); });
}

inline void Host::stop() {
    if (!plugin_) return;
    plugin_->drain(self_);
    plugin_->destroy(self_);
    plugin_ = nullptr;
}

inline std::set<std::string> Host::bound() const {
    std::set<std::string> names;
    const auto take = [&](const auto& handlers) {
        for (const auto& [name, handler] : handlers) names.insert(name);
    };
    take(routes_), take(slots_), take(hooks_), take(subscribers_), take(jobs_), take(columns_), take(searches_), take(badges_);
#if GUICHET_ABI_MINOR >= 3
    take(commands_);
#endif
    return names;
}

inline Answer Host::route(const std::string& handler, const Request& request) {
    return call([&](guichet_ctx& c, Answer& answer) {
        guichet_http x{request, answer, c};
        const auto& h = find(routes_, handler);
        return h.fn(h.self, &c, &x);
    });
}

inline Answer Host::slot(const std::string& handler, const json::value& data) {
    return call([&](guichet_ctx& c, Answer& answer) {
        guichet_html out;
        const auto& h = find(slots_, handler);
        const auto status = h.fn(h.self, &c, from_json(c.nodes, data), &out);
        answer.text = out.text;
        return status;
    });
}

inline Answer Host::event(const Handler<guichet_hook_fn>& handler, json::value data, std::string subject, int64_t delivery) {
    return call([&](guichet_ctx& c, Answer& answer) {
        guichet_event e{};
        e.size = sizeof e;
        e.version = 1;
        e.subject = detail::str(subject);
        e.data = from_json(c.nodes, data);
        e.actor_id = user_id;
        e.at_us = now_us;
        e.delivery_id = delivery;
        e.attempt = delivery ? 1 : 0;
        c.depth = 1;  // both run inside a transaction
        const auto status = handler.fn(handler.self, &c, &e);
        answer.data = to_json(e.data);
        --c.depth;
        return status;
    });
}

inline Answer Host::hook(const std::string& handler, json::value data, std::string subject) {
    return event(find(hooks_, handler), std::move(data), std::move(subject), 0);
}

inline Answer Host::subscriber(const std::string& handler, json::value data, std::string subject) {
    return event(find(subscribers_, handler), std::move(data), std::move(subject), 1);
}

inline Answer Host::job(const std::string& handler, json::value args) {
    return call([&](guichet_ctx& c, Answer&) {
        guichet_job run{from_json(c.nodes, args), 1};
        const auto& h = find(jobs_, handler);
        return h.fn(h.self, &c, &run);
    });
}

inline Answer Host::column(const std::string& handler, const std::vector<int64_t>& ids) {
    return call([&](guichet_ctx& c, Answer& answer) {
        std::deque<guichet_html> cells(ids.size());
        std::vector<guichet_html*> pointers;
        for (auto& cell : cells) pointers.push_back(&cell);
        const guichet_column_request request{sizeof request, static_cast<uint32_t>(ids.size()), detail::str(handler), ids.data()};
        const auto& h = find(columns_, handler);
        const auto status = h.fn(h.self, &c, &request, pointers.data());
        for (const auto& cell : cells) answer.cells.push_back(cell.text);
        return status;
    });
}

inline Answer Host::search(const std::string& handler, const std::string& query, uint32_t limit) {
    return call([&](guichet_ctx& c, Answer& answer) {
        auto* hits = node(c.nodes, GUICHET_V_ARRAY);
        const auto& h = find(searches_, handler);
        const auto status = h.fn(h.self, &c, detail::str(query), limit, hits);
        answer.data = to_json(hits);
        return status;
    });
}

inline Answer Host::badge(const std::string& handler) {
    return call([&](guichet_ctx& c, Answer& answer) {
        const auto& h = find(badges_, handler);
        return h.fn(h.self, &c, &answer.count);
    });
}

#if GUICHET_ABI_MINOR >= 3
inline Answer Host::command(const std::string& handler, const std::vector<std::string>& words) {
    return call([&](guichet_ctx& c, Answer& answer) {
        const auto& h = find(commands_, handler);
        int32_t exit_code = 0;
        const auto status = h.fn(h.self, &c, from_json(c.nodes, json::value_from(words)), &exit_code);
        answer.count = exit_code;
        return status;
    });
}
#endif

}  // namespace guichet::testing
