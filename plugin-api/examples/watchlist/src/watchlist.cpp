// SPDX-License-Identifier: Apache-2.0
// A plugin on top of tickets that uses most of what a plugin can do.
#include <guichet/sdk/plugin.hpp>
#include <tickets/tickets_v1.h>

namespace {

using guichet::Ctx;
using guichet::Event;
using guichet::Request;
using guichet::Value;

// The path names a ticket: one that this user may see, or none.
Value visible_ticket(Ctx ctx, int64_t id) {
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0);
    guichet_value* ticket = nullptr;
    tickets(&tickets_tickets_v1::find, id, &ticket);
    return {ctx.raw(), ticket};
}

void watch(Ctx ctx, int64_t ticket_id, int64_t user_id) {
    ctx.exec("insert into watch (ticket_id, user_id) values ($1, $2) on conflict do nothing", ticket_id, user_id);
}

class Watchlist {
public:
    explicit Watchlist(Ctx) {}

    void bind(guichet::Binder& b) {
        b.route<&Watchlist::list>("list");
        b.route<&Watchlist::toggle>("toggle");
        b.slot<&Watchlist::box>("box");
        b.column<&Watchlist::watchers>("watchers");
        b.badge<&Watchlist::unseen>("unseen");
        b.hook<&Watchlist::created>("created");
        b.subscriber<&Watchlist::updated>("updated");
        b.job<&Watchlist::forget>("forget");
    }

private:
    void list(Ctx ctx, Request request) {
        const auto rows = ctx.exec("update watch set changed_at = null where user_id = $1 returning ticket_id", ctx.user_id());
        std::vector<int64_t> ids;
        for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.i64(i, 0));
        auto data = ctx.object();
        data.set("title", ctx.tr("Watchlist"));
        // a ticket he watches may have gone out of his sight since
        guichet_value* tickets = nullptr;
        ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0)(&tickets_tickets_v1::visible, ids.data(), ids.size(), &tickets);
        data.set("tickets", Value{ctx.raw(), tickets});
        request.page("list.html", data);
    }

    void toggle(Ctx ctx, Request request) {
        const auto id = request.id();
        visible_ticket(ctx, id);
        if (request.form("watch") == "yes") watch(ctx, id, ctx.user_id());
        else ctx.exec("delete from watch where ticket_id = $1 and user_id = $2", id, ctx.user_id());
        request.redirect("/tickets/" + std::to_string(id));
    }

    void box(Ctx ctx, Value slot, guichet::Html out) {
        const auto id = slot["ticket_id"].integer();
        if (!id) return;
        auto data = ctx.object();
        data.set("id", *id);
        data.set("watched", !ctx.exec("select from watch where ticket_id = $1 and user_id = $2", *id, ctx.user_id()).empty());
        out.render("box.html", data);
    }

    void watchers(Ctx ctx, guichet::Cells cells) {
        const auto rows = ctx.exec("select id, watchers from watchers_v1 where id = any($1::bigint[])", guichet::array_literal(cells.ids()));
        for (std::size_t i = 0; i < cells.size(); ++i)
            for (std::size_t r = 0; r < rows.size(); ++r)
                if (rows.i64(r, 0) == cells.id(i)) cells[i].text(std::to_string(rows.i64(r, 1)));
    }

    int64_t unseen(Ctx ctx) {
        return ctx.exec("select count(*) from watch where user_id = $1 and changed_at is not null", ctx.user_id()).i64(0, 0);
    }

    // In the transaction that adds the ticket: both happen or neither.
    void created(Ctx ctx, Event event) {
        const auto id = event.data()["id"].integer();
        if (id && event.actor_id() > 0 && ctx.settings()["watch_own"].boolean().value_or(true)) watch(ctx, *id, event.actor_id());
    }

    // Later, outside of it: the one who changed the ticket does not wait for this.
    void updated(Ctx ctx, Event event) {
        if (const auto id = event.data()["id"].integer())
            ctx.exec("update watch set changed_at = $3 where ticket_id = $1 and user_id <> $2", *id, event.actor_id(), event.at());
    }

    void forget(Ctx ctx, guichet::Job job) {
        const auto days = ctx.settings()["forget_after_days"].integer().value_or(90);
        const auto gone = ctx.exec("delete from watch w using tickets.ticket_v1 t where t.id = w.ticket_id"
                                   " and t.closed_at < now() - make_interval(days => $1::int)", days);
        job.progress(100, std::to_string(gone.affected()));
    }
};

}  // namespace

GUICHET_PLUGIN(Watchlist, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
