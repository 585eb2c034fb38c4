#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "job/jobs.hpp"
#include "pages/ids.hpp"
#include "plugin/snapshot.hpp"

#include <optional>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/jobs";
constexpr std::string_view kPermission = "core.jobs";
constexpr int kRecent = 30;

bool can_run(const Call& call, std::string_view job_id) {
    return job::find_host_job(job_id) || call.ctx.snapshot->jobs().contains(job_id);
}

// Labels are msgids of their plugins; one that is switched off is not in the snapshot's catalogues.
class Labels {
public:
    explicit Labels(Call& call) : call_{call} {}
    std::string_view text(std::string_view plugin, std::string_view msgid) {
        const auto& snapshot = *call_.ctx.snapshot;
        const auto& catalogs = plugin == "core" || snapshot.find(plugin) ? snapshot.catalogs() : of_all();
        return catalogs.text(plugin, call_.ctx.language, msgid);
    }

private:
    const i18n::Catalogs& of_all() {
        if (all_) return *all_;
        std::vector<i18n::Catalogs::Domain> domains;
        for (auto& module : call_.site.lifecycle.list()) domains.push_back(std::move(module.catalog));
        return all_.emplace(std::move(domains));
    }

    Call& call_;
    std::optional<i18n::Catalogs> all_;
};

void add_rows(Call& call, Value& data, std::string_view key, const db::Rows& rows) {
    auto* list = data.add_array(key);
    Labels labels{call};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto* row = rows.row_value(call.ctx.arena, i);
        const auto job_id = row->get("job_id")->as_string();
        row->set("label", labels.text(row->get("plugin_id")->as_string(), row->get("label")->as_string()));
        row->set("can_run", can_run(call, job_id));
        // what the host itself says of an end is a text; what a module says is shown as it is
        if (const auto* error = row->get("error"); error && error->is(Value::Type::string))
            row->set("error", std::string_view{call.tr(error->as_string())});
        list->push(row);
    }
}

void add_open_runs(Call& call, Value& data) {
    add_rows(call, data, "running",
             call.site.pool.exec("select r.id, r.job_id, j.plugin_id, j.label, r.state, r.percent, r.note, r.attempt, r.max_attempts, r.started_at, r.not_before,"
                                 " r.error, r.cancel_requested, r.not_before > clock_timestamp() as later from core.job_run r join core.job j on j.id = r.job_id"
                                 " where r.state in ('ready', 'leased') order by r.state = 'ready', r.not_before, r.id limit 100"));
}

std::string message_of(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    if (done == "run") return call.tr("The job will begin in a moment.");
    if (done == "cancel") return call.tr("The run is asked to stop.");
    if (done == "retry") return call.tr("The run begins anew.");
    if (done == "nothing") return call.tr("Nothing was changed: it is not in that state any more.");
    return {};
}

http::Response show(Call& call) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Jobs")});
    add_rows(call, *data, "jobs",
             call.site.pool.exec("select j.id as job_id, j.plugin_id, j.label, j.cron, j.every_s, j.next_at from core.job j order by j.plugin_id <> 'core', j.plugin_id, j.id"));
    add_open_runs(call, *data);
    add_rows(call, *data, "recent",
             call.site.pool.exec("select r.id, r.job_id, j.plugin_id, j.label, r.state, r.attempt, r.error, r.started_at, r.finished_at,"
                                 " round(extract(epoch from r.finished_at - r.started_at))::bigint as seconds from core.job_run r join core.job j on j.id = r.job_id"
                                 " where r.finished_at is not null order by r.state <> 'dead', r.finished_at desc limit $1", {kRecent}));
    data->set("message", std::string_view{message_of(call)});
    return web::page(call, "jobs.html", *data);
}

// For the page that refreshes itself.
http::Response show_running(Call& call) {
    auto* data = Value::object(call.ctx.arena);
    add_open_runs(call, *data);
    return web::bare_page(call, "jobs_running.html", *data);
}

http::Response changed(Call& call, db::Transaction& transaction, std::string_view verb, std::string_view subject, bool any) {
    if (any) core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.job_" + std::string{verb}, subject));
    transaction.commit();
    return web::redirect(std::string{kPath} + "?done=" + std::string{any ? verb : "nothing"});
}

http::Response post_run(Call& call) {
    const auto id = call.param("id");
    db::Transaction transaction{call.site.pool};
    const bool known = can_run(call, id);
    if (known) job::add_run(transaction.connection(), {id, "{}", "@now"});
    return changed(call, transaction, "run", id, known);
}

// A run that has begun is asked; its host hears of it at once.
http::Response post_cancel(Call& call) {
    const auto id = to_id(call.param("id"));
    db::Transaction transaction{call.site.pool};
    const auto rows = transaction.exec("update core.job_run set cancel_requested = true, state = case when state = 'ready' then 'cancelled' else state end,"
                                       " finished_at = case when state = 'ready' then clock_timestamp() end where id = $1 and state in ('ready', 'leased')"
                                       " returning pg_notify('core_jobs', id::text)", {id});
    return changed(call, transaction, "cancel", "run/" + std::to_string(id), !rows.empty());
}

http::Response post_retry(Call& call) {
    const auto id = to_id(call.param("id"));
    db::Transaction transaction{call.site.pool};
    const auto rows = transaction.exec("update core.job_run set state = 'ready', attempt = 0, not_before = clock_timestamp(), finished_at = null, cancel_requested = false"
                                       " where id = $1 and state in ('dead', 'cancelled') returning pg_notify('core_jobs', '')", {id});
    return changed(call, transaction, "retry", "run/" + std::to_string(id), !rows.empty());
}

}  // namespace

std::vector<web::HostRoute> jobs_routes() {
    const std::string permission{kPermission};
    return {
        {"GET", std::string{kPath}, permission, false, show},
        {"GET", "/admin/jobs/running", permission, false, show_running},
        {"POST", "/admin/jobs/{id}/run", permission, false, post_run},
        {"POST", "/admin/jobs/runs/{id}/cancel", permission, false, post_cancel},
        {"POST", "/admin/jobs/runs/{id}/retry", permission, false, post_retry},
    };
}

}  // namespace host::pages
