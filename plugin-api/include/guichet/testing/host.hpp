// SPDX-License-Identifier: Apache-2.0
// guichet/testing/host.hpp - a host for unit tests of a plugin: no database, no web, no process. Link the plugin's
// sources into the test, then
//
//     guichet::testing::Host host;
//     host.answer("from watch", {"ticket_id"}, {{7}});          // what a statement containing this text returns
//     host.start(guichet_plugin_main());
//     auto page = host.route("watch.list", {.path = "/watchlist"});
//     EXPECT_EQ(page.template_id, "watchlist.html");
//
// Handlers are called by the ids of the manifest, which is not read. What the plugin does to the outside is kept in
// public lists: statements, published, jobs, mails, audits. One thread. Needs Boost.JSON.
#pragma once

#include "node.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>

namespace guichet::testing {

namespace json = boost::json;

struct Request {
    std::string method = "GET", path = "/";
    std::map<std::string, std::string> params{}, query{}, headers{}, cookies{};
    std::vector<std::pair<std::string, std::string>> form{};
    json::value body{};  // of an API call
    bool htmx = false;
    std::string client = "192.0.2.1";
};

// How a call ended. Of a page: template and data, not HTML.
struct Answer {
    guichet_status result = GUICHET_OK;
    std::string message, field;                         // when it failed
    std::vector<std::pair<std::string, std::string>> problems;
    int status = 200;
    std::string template_id, location, content_type, text;
    json::value data;                                   // of the template, of send_json, or what a hook left of its event
    std::map<std::string, std::string> headers, cookies;  // of a cookie that is taken away: ""
    std::string framed_by;
    std::vector<std::string> cells;
    int64_t count = 0;                                  // of a badge; exit status of a command
};

struct Published { std::string kind, event, subject; json::value data; };
struct Queued { std::string id, dedupe; json::value args; };
struct Mail { std::string template_id; json::value envelope, data; };
struct Audit { std::string action, subject; json::value details; };

class Host;

}  // namespace guichet::testing

struct guichet_rows {
    std::vector<std::string> columns;
    std::vector<std::vector<boost::json::value>> rows;
};
struct guichet_html {
    std::string text;
};
struct guichet_ctx {
    guichet::testing::Host& host;
    guichet::testing::Nodes nodes{};
    std::deque<std::string> strings{};
    std::deque<guichet_rows> results{};
    std::deque<std::vector<std::byte>> memory{};
    guichet::testing::Answer& answer;
    int depth = 0;  // of transactions
};
struct guichet_http {
    const guichet::testing::Request& request;
    guichet::testing::Answer& answer;
    guichet_ctx& ctx;
};
struct guichet_job {
    const guichet_value* args;
    uint32_t attempt;
};

namespace guichet::testing {

class Host {
public:
    // minor: an older host of that minor version has no newer functions; for testing what a plugin does there.
    explicit Host(uint16_t minor = GUICHET_ABI_MINOR);
    ~Host() { stop(); }
    Host(const Host&) = delete;

    // --- what the world looks like to the plugin ---
    std::string language = "en", zone = "Europe/Paris";
    int64_t user_id = 1, now_us = 1'700'000'000'000'000;
    std::map<std::string, int32_t> levels;             // permission -> GUICHET_LEVEL_*; "*" for all others, ALL by default
    json::value settings = json::object{}, users = json::array{}, teams = json::array{};
    std::map<std::string, json::value> lists;
    std::map<std::string, json::value> forms;          // object id -> what guichet_fields_v1::form answers
    std::map<std::string, json::value> fields;         // object id -> definitions as in guichet/abi/fields.h; values are taken as they come
    std::vector<std::pair<std::string, std::string>> uploads;  // filename, content of the next route call
    bool cancel_jobs = false;
    std::map<std::string, std::pair<const void*, void*>> services;  // id -> table, self
    // Statements that contain the text get these rows; the latest answer that fits wins. None fits: the statement fails.
    void answer(std::string sql_part, std::vector<std::string> columns = {}, std::vector<std::vector<json::value>> rows = {}) {
        answers_.push_back({std::move(sql_part), {std::move(columns), std::move(rows)}});
    }
    // What a publisher's hooks do: edit the data, or return a message to veto.
    std::function<std::optional<std::string>(std::string_view event, json::value& data)> on_before;

    // --- what the plugin did ---
    std::vector<std::string> statements;
    std::vector<Published> published;
    std::vector<Queued> jobs;
    std::vector<Mail> mails;
    std::vector<std::string> bounced;  // ids, or message ids, of mails that were reported to have come back
    std::vector<Audit> audits;
    std::vector<std::string> log;
    std::map<int64_t, std::pair<std::string, std::string>> files;  // id -> name, content

    // --- calls; each has its own context and must leave no transaction open (std::logic_error) ---
    void start(const guichet_plugin_v1* plugin);       // create, bind, start; std::runtime_error says which failed
    void stop();
    std::set<std::string> bound() const;               // handler ids
    Answer route(const std::string& handler, const Request& request = {});
    Answer slot(const std::string& handler, const json::value& data = json::object{});
    Answer hook(const std::string& handler, json::value data, std::string subject = "object/1");
    Answer subscriber(const std::string& handler, json::value data, std::string subject = "object/1");
    Answer job(const std::string& handler, json::value args = json::object{});
    Answer column(const std::string& handler, const std::vector<int64_t>& ids);
    Answer search(const std::string& handler, const std::string& query, uint32_t limit = 10);
    Answer badge(const std::string& handler);
#if GUICHET_ABI_MINOR >= 3
    Answer command(const std::string& handler, const std::vector<std::string>& words);  // its exit status is count
#endif

    const guichet_rows* find_rows(std::string_view sql) const {
        for (auto it = answers_.rbegin(); it != answers_.rend(); ++it)
            if (sql.find(it->first) != std::string_view::npos) return &it->second;
        return nullptr;
    }
    int32_t level(std::string_view permission) const {
        if (const auto it = levels.find(std::string{permission}); it != levels.end()) return it->second;
        const auto other = levels.find("*");
        return other == levels.end() ? static_cast<int32_t>(GUICHET_LEVEL_ALL) : other->second;
    }
    const void* table(std::string_view id) const {
        const auto it = tables_.find(std::string{id});
        return it == tables_.end() ? nullptr : it->second->data();
    }

private:
    template <class F>
    struct Handler { F fn; void* self; };
    template <class F>
    using Handlers = std::map<std::string, Handler<F>>;

    template <class F>
    Answer call(F&& f);
    template <class F>
    static const Handler<F>& find(const Handlers<F>& handlers, const std::string& name) {
        const auto it = handlers.find(name);
        if (it == handlers.end()) throw std::runtime_error{"nothing is bound to '" + name + "'"};
        return it->second;
    }
    template <class F, Handlers<F> Host::*Where>
    static guichet_status bind(const guichet_binder* b, guichet_str name, F fn, void* self) {
        (static_cast<Host*>(b->impl)->*Where)[std::string{name.ptr, name.len}] = {fn, self};
        return GUICHET_OK;
    }
    Answer event(const Handler<guichet_hook_fn>& handler, json::value data, std::string subject, int64_t delivery);
    // size: what a host of the wanted minor would have.
    template <class T>
    void add(std::string id, const T& table, std::size_t size);

    guichet_host host_{};
    std::map<std::string, std::unique_ptr<std::vector<std::byte>>> tables_;
    std::vector<std::pair<std::string, guichet_rows>> answers_;
    const guichet_plugin_v1* plugin_ = nullptr;
    void* self_ = nullptr;
    uint16_t minor_;
    Handlers<guichet_http_fn> routes_;
    Handlers<guichet_slot_fn> slots_;
    Handlers<guichet_hook_fn> hooks_, subscribers_;
    Handlers<guichet_job_fn> jobs_;
    Handlers<guichet_column_fn> columns_;
    Handlers<guichet_search_fn> searches_;
    Handlers<guichet_badge_fn> badges_;
#if GUICHET_ABI_MINOR >= 3
    Handlers<guichet_command_fn> commands_;
#endif
    std::set<std::string> services_;
};

}  // namespace guichet::testing

#include "host_tables.hpp"
