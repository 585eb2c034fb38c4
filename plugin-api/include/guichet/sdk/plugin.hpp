// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/plugin.hpp - everything a C++ plugin needs: derive nothing, write a class with
//   explicit T(guichet::Ctx);  void bind(guichet::Binder&);
// and optionally  void start(guichet::Ctx);  void drain() noexcept;  then GUICHET_PLUGIN(T, id, version).
// Handlers run concurrently on the host's workers.
#pragma once

#include "ctx.hpp"
#include "entity_tag.hpp"
#include "event.hpp"
#include "html.hpp"
#include "job.hpp"
#include "list_columns.hpp"
#include "query.hpp"
#include "request.hpp"
#include "text.hpp"

namespace guichet {

namespace detail {
template <class M>
struct member;
template <class R, class C, class... A>
struct member<R (C::*)(A...)> { using owner = C; };
template <class R, class C, class... A>
struct member<R (C::*)(A...) const> { using owner = const C; };
template <auto M>
using owner_t = typename member<decltype(M)>::owner;

template <auto M, class F = decltype(M)>
struct service_thunk;
template <auto M, class T, class... A>
struct service_thunk<M, void (T::*)(Ctx, A...)> {
    static guichet_status call(void* self, guichet_ctx* c, A... a) noexcept {
        if (const auto s = api.services->enter(c, api.host); s != GUICHET_OK) return s;
        const auto result = barrier(c, [&] { (static_cast<T*>(self)->*M)(Ctx{c}, a...); });
        api.services->leave(c);
        return result;
    }
};
}  // namespace detail

// Slot of a service table from a member function void (T::*)(Ctx, ...): service_fn<&T::find>.
template <auto M>
inline constexpr auto* service_fn = &detail::service_thunk<M>::call;

// Ties member functions to the handler ids of the manifest.
class Binder {
public:
    Binder(guichet_ctx* c, const guichet_binder* b, void* self) : c_{c}, b_{b}, self_{self} {}

    // void (T::*)(Ctx, Request)
    template <auto M>
    void route(std::string_view handler) {
        detail::check(c_, b_->route(b_, str(handler), [](void* self, guichet_ctx* c, guichet_http* x) noexcept -> guichet_status {
            return detail::barrier(c, [&] { (static_cast<detail::owner_t<M>*>(self)->*M)(Ctx{c}, Request{c, x}); });
        }, self_));
    }
    // void (T::*)(Ctx, Value slot_data, Html)
    template <auto M>
    void slot(std::string_view handler) {
        detail::check(c_, b_->slot(b_, str(handler),
                [](void* self, guichet_ctx* c, const guichet_value* data, guichet_html* out) noexcept -> guichet_status {
            return detail::barrier(c, [&] { (static_cast<detail::owner_t<M>*>(self)->*M)(Ctx{c}, Value{c, data}, Html{c, out}); });
        }, self_));
    }
    template <class Table>
    void service(std::string_view id, const Table& t) {
        detail::check(c_, b_->service(b_, str(id), &t, self_));
    }
    // void (T::*)(Ctx, Event): before and after hooks
    template <auto M>
    void hook(std::string_view handler) {
        detail::check(c_, bound(&guichet_binder::hook)(b_, str(handler), &on_event<M>, self_));
    }
    // void (T::*)(Ctx, Event): runs later, in a transaction of its own
    template <auto M>
    void subscriber(std::string_view handler) {
        detail::check(c_, bound(&guichet_binder::subscriber)(b_, str(handler), &on_event<M>, self_));
    }
    // void (T::*)(Ctx, Job)
    template <auto M>
    void job(std::string_view handler) {
        detail::check(c_, bound(&guichet_binder::job)(b_, str(handler), [](void* self, guichet_ctx* c, guichet_job* j) noexcept -> guichet_status {
            return detail::barrier(c, [&] { (static_cast<detail::owner_t<M>*>(self)->*M)(Ctx{c}, Job{c, j}); });
        }, self_));
    }
    // void (T::*)(Ctx, Cells): every row of a page at once
    template <auto M>
    void column(std::string_view handler) {
        detail::check(c_, bound(&guichet_binder::column)(b_, str(handler),
                [](void* self, guichet_ctx* c, const guichet_column_request* request, guichet_html* const* cells) noexcept -> guichet_status {
            return detail::barrier(c, [&] { (static_cast<detail::owner_t<M>*>(self)->*M)(Ctx{c}, Cells{c, request, cells}); });
        }, self_));
    }
    // void (T::*)(Ctx, std::string_view query, std::size_t limit, Value hits)
    template <auto M>
    void search(std::string_view handler) {
        detail::check(c_, bound(&guichet_binder::search)(b_, str(handler),
                [](void* self, guichet_ctx* c, guichet_str query, uint32_t limit, guichet_value* hits) noexcept -> guichet_status {
            return detail::barrier(c, [&] { (static_cast<detail::owner_t<M>*>(self)->*M)(Ctx{c}, view(query), std::size_t{limit}, Value{c, hits}); });
        }, self_));
    }
    // int64_t (T::*)(Ctx): the number beside a menu entry
    template <auto M>
    void badge(std::string_view handler) {
        detail::check(c_, bound(&guichet_binder::badge)(b_, str(handler), [](void* self, guichet_ctx* c, int64_t* count) noexcept -> guichet_status {
            return detail::barrier(c, [&] { *count = (static_cast<detail::owner_t<M>*>(self)->*M)(Ctx{c}); });
        }, self_));
    }
#if GUICHET_ABI_MINOR >= 3
    // int32_t (T::*)(Ctx, Value args): the exit status of the program
    template <auto M>
    void command(std::string_view handler) {
        detail::check(c_, bound(&guichet_binder::command)(b_, str(handler),
                [](void* self, guichet_ctx* c, const guichet_value* args, int32_t* exit_code) noexcept -> guichet_status {
            return detail::barrier(c, [&] { *exit_code = (static_cast<detail::owner_t<M>*>(self)->*M)(Ctx{c}, Value{c, args}); });
        }, self_));
    }
#endif

private:
    template <auto M>
    static guichet_status on_event(void* self, guichet_ctx* c, guichet_event* e) noexcept {
        return detail::barrier(c, [&] { (static_cast<detail::owner_t<M>*>(self)->*M)(Ctx{c}, Event{c, e}); });
    }
    // A slot of the binder that an older host does not have.
    template <class F>
    F bound(F guichet_binder::*slot) const {
        const auto end = reinterpret_cast<const char*>(&(b_->*slot)) + sizeof(F) - reinterpret_cast<const char*>(b_);
        if (static_cast<std::size_t>(end) <= b_->h.size && b_->*slot) return b_->*slot;
        throw Error{GUICHET_E_UNSUPPORTED, "this host is too old for what the plugin binds"};
    }

    guichet_ctx* c_;
    const guichet_binder* b_;
    void* self_;
};

namespace detail {
template <class T>
const T* table(const guichet_host* host, std::string_view id) noexcept {
    return static_cast<const T*>(host->get(host, str(id), 1));
}

template <class P>
struct Entry {
    static guichet_status create(const guichet_host* host, guichet_ctx* ctx, void** self) noexcept {
        api = Api{host,
                  table<guichet_core_v1>(host, GUICHET_IFACE_CORE),
                  table<guichet_log_v1>(host, GUICHET_IFACE_LOG),
                  table<guichet_value_v1>(host, GUICHET_IFACE_VALUE),
                  table<guichet_http_v1>(host, GUICHET_IFACE_HTTP),
                  table<guichet_db_v1>(host, GUICHET_IFACE_DB),
                  table<guichet_auth_v1>(host, GUICHET_IFACE_AUTH),
                  table<guichet_lists_v1>(host, GUICHET_IFACE_LISTS),
                  table<guichet_i18n_v1>(host, GUICHET_IFACE_I18N),
                  table<guichet_render_v1>(host, GUICHET_IFACE_RENDER),
                  table<guichet_services_v1>(host, GUICHET_IFACE_SERVICES),
                  table<guichet_events_v1>(host, GUICHET_IFACE_EVENTS),
                  table<guichet_jobs_v1>(host, GUICHET_IFACE_JOBS),
                  table<guichet_settings_v1>(host, GUICHET_IFACE_SETTINGS),
                  table<guichet_fields_v1>(host, GUICHET_IFACE_FIELDS),
                  table<guichet_counters_v1>(host, GUICHET_IFACE_COUNTERS),
                  table<guichet_files_v1>(host, GUICHET_IFACE_FILES),
                  table<guichet_mail_v1>(host, GUICHET_IFACE_MAIL),
                  table<guichet_audit_v1>(host, GUICHET_IFACE_AUDIT),
                  table<guichet_pages_v1>(host, GUICHET_IFACE_PAGES)};
        if (!api.core || !api.log || !api.value || !api.http || !api.db || !api.auth || !api.lists || !api.i18n ||
            !api.render || !api.services)
            return GUICHET_E_UNSUPPORTED;
        return barrier(ctx, [&] { *self = new P{Ctx{ctx}}; });
    }
    static guichet_status bind(void* self, guichet_ctx* ctx, const guichet_binder* b) noexcept {
        return barrier(ctx, [&] {
            Binder binder{ctx, b, self};
            static_cast<P*>(self)->bind(binder);
        });
    }
    static guichet_status start(void* self, guichet_ctx* ctx) noexcept {
        return barrier(ctx, [&] {
            if constexpr (requires(P& p) { p.start(Ctx{ctx}); }) static_cast<P*>(self)->start(Ctx{ctx});
        });
    }
    static void drain(void* self) noexcept {
        if constexpr (requires(P& p) { p.drain(); }) static_cast<P*>(self)->drain();
    }
    static void destroy(void* self) noexcept { delete static_cast<P*>(self); }
};
}  // namespace detail
}  // namespace guichet

// Once per plugin, in one translation unit, at namespace scope. Both are string literals; guichet_add_plugin()
// defines GUICHET_PLUGIN_ID and GUICHET_PLUGIN_VERSION from the manifest.
#define GUICHET_PLUGIN(Class, Id, Version)                                                            \
    extern "C" GUICHET_EXPORT const guichet_plugin_v1* guichet_plugin_main(void) {                    \
        using E = ::guichet::detail::Entry<Class>;                                                    \
        static constexpr guichet_plugin_v1 self = {sizeof(guichet_plugin_v1), GUICHET_ABI_MAJOR,      \
            GUICHET_ABI_MINOR, GUICHET_STR(Id), GUICHET_STR(Version), GUICHET_STR(__VERSION__),       \
            &E::create, &E::bind, &E::start, &E::drain, &E::destroy};                                 \
        return &self;                                                                                 \
    }
