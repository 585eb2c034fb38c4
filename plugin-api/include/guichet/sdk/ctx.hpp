// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/ctx.hpp - the call context: who acts, in which language, with which transaction.
#pragma once

#include "db.hpp"
#include "file.hpp"
#include "service.hpp"

namespace guichet {

class Ctx {
public:
    explicit Ctx(guichet_ctx* c) : c_{c} {}
    guichet_ctx* raw() const noexcept { return c_; }

    Value object() const { return {c_, detail::api.value->object(c_)}; }
    Value array() const { return {c_, detail::api.value->array(c_)}; }
    std::string_view dup(std::string_view s) const { return view(detail::api.core->dup(c_, str(s))); }

    // --- texts ---
    std::string_view tr(std::string_view msgid) const { return view(detail::api.i18n->text(c_, str(msgid))); }
    std::string_view plural(std::string_view one, std::string_view many, int64_t n) const {
        return view(detail::api.i18n->plural(c_, str(one), str(many), n));
    }
    std::string_view language() const { return view(detail::api.core->info(c_, GUICHET_CTX_LANGUAGE)); }
#if GUICHET_ABI_MINOR >= 3
    // Before the paths of addresses that are read elsewhere; "" when this host is older.
    std::string_view site_url() const { return view(detail::api.core->info(c_, GUICHET_CTX_SITE_URL)); }
    // Where the files of this plugin's package are; "" when this host is older.
    std::string_view package_folder() const { return view(detail::api.core->info(c_, GUICHET_CTX_PACKAGE_FOLDER)); }
#endif
    std::string_view zone() const { return view(detail::api.core->info(c_, GUICHET_CTX_TIMEZONE)); }
    Time now() const { return Time{detail::api.core->now_us(c_)}; }

    // --- who ---
    int64_t user_id() const { return detail::api.auth->user_id(c_); }
    int32_t level(std::string_view permission) const { return detail::api.auth->level(c_, str(permission)); }
    bool can(std::string_view permission) const { return level(permission) > GUICHET_LEVEL_NONE; }
    void require(std::string_view permission) const { detail::check(c_, detail::api.auth->require(c_, str(permission))); }
    Value team_ids() const { return {c_, detail::api.auth->team_ids(c_)}; }
    // The user's teams as a PostgreSQL array literal, for "= any($n::bigint[])".
    std::string teams_literal() const {
        std::string out = "{";
        const Value ids = team_ids();
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (i) out += ',';
            out += std::to_string(ids[i].integer().value_or(0));
        }
        return out += '}';
    }
    Value users() const { return {c_, detail::api.auth->users(c_)}; }
    Value teams() const { return {c_, detail::api.auth->teams(c_)}; }
    Value list(std::string_view id) const { return {c_, detail::api.lists->items(c_, str(id))}; }

    // --- database ---
    template <class... A>
    Rows exec(std::string_view sql, const A&... a) const {
        const guichet_param p[sizeof...(A) + 1] = {param(a)..., guichet_param{}};
        return exec_params(sql, p, sizeof...(A));
    }
    Rows exec_params(std::string_view sql, const guichet_param* p, std::size_t n) const {
        guichet_rows* out = nullptr;
        detail::check(c_, detail::api.db->exec(c_, str(sql), p, n, &out));
        return {c_, out};
    }

    // --- errors ---
    // Reported together with the next Error thrown; see also Problems.
    void problem(std::string_view field, std::string_view message) const {
        detail::check(c_, detail::api.core->problem(c_, str(field), str(message)));
    }
    void log(uint32_t level, std::string_view message) const { detail::api.log->write(c_, level, str(message)); }

    // --- other plugins ---
    // Empty when the provider is switched off.
    template <class Table>
    Service<Table> service(std::string_view id, uint16_t major, uint16_t min_minor) const {
        void* self = nullptr;
        auto* t = static_cast<const Table*>(detail::api.services->acquire(c_, str(id), major, min_minor, &self));
        return {c_, t, self};
    }

    // --- events: both inside a Tx (guichet/abi/events.h) ---
    // Before hooks may edit data; throws Error{GUICHET_E_VETO} when one refuses.
    void before(std::string_view event, uint32_t version, std::string_view subject, Value data) const {
        detail::check(c_, detail::need(detail::api.events).before(c_, str(event), version, str(subject), data.raw()));
    }
    void after(std::string_view event, uint32_t version, std::string_view subject, Value data) const {
        detail::check(c_, detail::need(detail::api.events).after(c_, str(event), version, str(subject), data.raw()));
    }
    // Plugin whose hook edited this member in the latest before(); "" when none did.
    std::string_view edited_by(std::string_view member) const {
        return view(detail::need(detail::api.events).edited_by(c_, str(member)));
    }

    // --- jobs: the id of the run ---
    int64_t enqueue(std::string_view job, Value args = {}, std::string_view dedupe = {}, Time not_before = Time{0}) const {
        int64_t run = 0;
        detail::check(c_, detail::need(detail::api.jobs).enqueue(c_, str(job), args.raw(), not_before.us, str(dedupe), &run));
        return run;
    }

    // --- settings, custom fields, counters ---
    Value settings() const { return {c_, detail::need(detail::api.settings).all(c_)}; }
#if GUICHET_ABI_MINOR >= 2
    // Members of the plugin's own settings; inside a Tx. Calls that begin after its commit see them.
    void write_settings(Value values) const {
        const auto& table = detail::need(detail::api.settings);
        if (!GUICHET_HAS(guichet_settings_v1, &table, write)) throw Error{GUICHET_E_UNAVAILABLE, "this host is older: it writes no settings"};
        detail::check(c_, table.write(c_, values.raw()));
    }
#endif
#if GUICHET_ABI_MINOR >= 3
    // A secret for a table of the plugin's own (guichet/abi/settings.h).
    std::string_view seal(std::string_view plain, std::string_view place) const {
        const auto& table = detail::need(detail::api.settings);
        if (!GUICHET_HAS(guichet_settings_v1, &table, seal)) throw Error{GUICHET_E_UNSUPPORTED, "this host is older: it seals no secrets"};
        guichet_str out{};
        detail::check(c_, table.seal(c_, str(plain), str(place), &out));
        return view(out);
    }
    // nullopt: it must be entered again.
    std::optional<std::string_view> unseal(std::string_view sealed, std::string_view place) const {
        const auto& table = detail::need(detail::api.settings);
        guichet_str out{};
        if (!GUICHET_HAS(guichet_settings_v1, &table, unseal)) return std::nullopt;
        const auto status = table.unseal(c_, str(sealed), str(place), &out);
        if (status == GUICHET_E_NOT_FOUND) return std::nullopt;
        detail::check(c_, status);
        return view(out);
    }
#endif
    Value fields(std::string_view object, uint32_t audience) const {
        return {c_, detail::need(detail::api.fields).definitions(c_, str(object), audience)};
    }
    // Reports each problem as "custom.<code>" and throws INVALID. See also Problems::merge_fields.
    Value merge_fields(std::string_view object, uint32_t audience, Value stored, Value input) const {
        guichet_value* out = nullptr;
        const auto status = detail::need(detail::api.fields).merge(c_, str(object), audience, stored.raw(), input.raw(), &out);
        const Value result{c_, out};
        for (std::size_t i = 0; status == GUICHET_E_INVALID && i < result.size(); ++i)
            problem(result.key(i), result[result.key(i)].text().value_or(""));
        detail::check(c_, status);
        return result;
    }
    Value present_fields(std::string_view object, uint32_t audience, Value stored) const {
        return {c_, detail::need(detail::api.fields).present(c_, str(object), audience, stored.raw())};
    }
#if GUICHET_ABI_MINOR >= 2
    // The form that makes an object (guichet/abi/fields.h); empty on a host that does not arrange forms.
    Value form(std::string_view object, uint32_t audience) const {
        const auto& table = detail::need(detail::api.fields);
        return GUICHET_HAS(guichet_fields_v1, &table, form) ? Value{c_, table.form(c_, str(object), audience)} : array();
    }
#endif
    std::string_view next_number(std::string_view counter, Time at) const {
        guichet_str out{};
        detail::check(c_, detail::need(detail::api.counters).next(c_, str(counter), at.us, &out));
        return view(out);
    }

    // --- files ---
    File put_file(std::string_view name, std::string_view content) const {
        auto f = detail::empty_file();
        detail::check(c_, detail::need(detail::api.files).put(c_, str(name), content.data(), content.size(), &f));
        return File{f};
    }
    File file(int64_t id) const {
        auto f = detail::empty_file();
        detail::check(c_, detail::need(detail::api.files).info(c_, id, &f));
        return File{f};
    }
    // At most so many bytes from there on; fewer only at the end.
    std::string read_file(int64_t id, uint64_t offset = 0, std::size_t most = std::string::npos) const {
        constexpr std::size_t kStep = std::size_t{1} << 20;
        std::string out;
        while (out.size() < most) {
            const auto had = out.size();
            std::size_t n = 0;
            out.resize(had + std::min(kStep, most - had));
            detail::check(c_, detail::need(detail::api.files).read(c_, id, offset + had, out.data() + had, out.size() - had, &n));
            out.resize(had + n);
            if (n == 0) break;
        }
        return out;
    }
    void remove_file(int64_t id) const { detail::check(c_, detail::need(detail::api.files).remove(c_, id)); }

    // --- mail, audit: inside a Tx ---
    int64_t send_mail(std::string_view mail_template, Value envelope, Value data) const {
        int64_t id = 0;
        detail::check(c_, detail::need(detail::api.mail).send(c_, str(mail_template), envelope.raw(), data.raw(), &id));
        return id;
    }
    Value mail_status(int64_t id) const { return {c_, detail::need(detail::api.mail).status(c_, id)}; }
#if GUICHET_ABI_MINOR >= 3
    // A mail that was sent came back; by its id, or (0) by its message id. False when there is none.
    bool mail_bounced(int64_t id, std::string_view message_id, std::string_view diagnostic) const {
        const auto& table = detail::need(detail::api.mail);
        if (!GUICHET_HAS(guichet_mail_v1, &table, bounced)) return false;
        const auto status = table.bounced(c_, id, str(message_id), str(diagnostic));
        if (status != GUICHET_E_NOT_FOUND) detail::check(c_, status);
        return status == GUICHET_OK;
    }
#endif
#if GUICHET_ABI_MINOR >= 3
    // Bytes of a PDF document (guichet/abi/render.h); not inside a Tx.
    std::string_view pdf(std::string_view tpl, Value data) const {
        if (!GUICHET_HAS(guichet_render_v1, detail::api.render, pdf))
            throw Error{GUICHET_E_UNSUPPORTED, "this host is older: it makes no PDF documents"};
        guichet_str out{};
        detail::check(c_, detail::api.render->pdf(c_, str(tpl), data.raw(), &out));
        return view(out);
    }
#endif
    void audit(std::string_view action, std::string_view subject, Value details = {}) const {
        detail::check(c_, detail::need(detail::api.audit).write(c_, str(action), str(subject), details.raw()));
    }

    // --- what other plugins add to a list or an object (guichet/abi/pages.h) ---
    Value columns(std::string_view list) const { return {c_, detail::need(detail::api.pages).columns(c_, str(list))}; }
    Value cells(std::string_view list, const int64_t* ids, std::size_t n) const {
        return {c_, detail::need(detail::api.pages).cells(c_, str(list), ids, n)};
    }
    Value actions(std::string_view object, Value data) const {
        return {c_, detail::need(detail::api.pages).actions(c_, str(object), data.raw())};
    }

private:
    guichet_ctx* c_;
};

// Rolls back unless commit() was reached.
class Tx {
public:
    explicit Tx(Ctx c) : c_{c} { detail::check(c.raw(), detail::api.db->begin(c.raw())); }
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;
    ~Tx() {
        if (open_) (void)detail::api.db->rollback(c_.raw());
    }
    void commit() {
        open_ = false;
        detail::check(c_.raw(), detail::api.db->commit(c_.raw()));
    }

private:
    Ctx c_;
    bool open_ = true;
};

// Collects what is wrong with a form or a JSON body, so that the user sees all of it at once.
class Problems {
public:
    explicit Problems(Ctx c) : c_{c}, by_field_{c.object()} {}
    void add(std::string_view field, std::string_view message) {
        if (!by_field_[field]) by_field_.set(field, message); // the first one per field is the one to mend first
        any_ = true;
    }
    // Ctx::merge_fields whose problems come together with the others; the result is stored when there are some.
    Value merge_fields(std::string_view object, uint32_t audience, Value stored, Value input) {
        guichet_value* out = nullptr;
        const auto status = detail::need(detail::api.fields).merge(c_.raw(), str(object), audience, stored.raw(), input.raw(), &out);
        if (status != GUICHET_E_INVALID) detail::check(c_.raw(), status);
        const Value result{c_.raw(), out};
        if (status == GUICHET_OK) return result;
        for (std::size_t i = 0; i < result.size(); ++i) add(result.key(i), result[result.key(i)].text().value_or(""));
        return stored;
    }
    explicit operator bool() const noexcept { return any_; }
    Value by_field() const { return by_field_; } // for templates: errors.subject
    // Ends an API call with 422 and errors[]; does nothing when there is no problem.
    void throw_if_any() const {
        if (!any_) return;
        for (std::size_t i = 0; i < by_field_.size(); ++i) {
            const auto key = by_field_.key(i);
            c_.problem(key, by_field_[key].text().value_or(""));
        }
        throw Error{GUICHET_E_INVALID, std::string{c_.tr("Some values are not valid.")}};
    }

private:
    Ctx c_;
    Value by_field_;
    bool any_ = false;
};

}  // namespace guichet
