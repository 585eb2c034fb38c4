#include "watchers.hpp"

#include "history.hpp"
#include "people.hpp"
#include "ticket_access.hpp"
#include "ticket_page.hpp"
#include "toast.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

// Oneself needs no right but to see the ticket; others are put on the list by who may change it.
void require_watch(const Call& call, const Ticket& ticket, int64_t user) {
    if (user != call.author()) require_update(ticket);
}

int64_t named_user(const Call& call, std::string_view typed) {
    if (const auto user = find_user(call, typed)) return *user;
    throw guichet::Error{GUICHET_E_INVALID, std::string{call.tr("There is no such user, or the ticket is not for them.")}, "user"};
}

}  // namespace

Value read_watchers(const Call& call, int64_t ticket) {
    return call.ctx
        .exec(
            "select w.user_id, u.name, w.user_id = $2 as me from watcher w join core.user_v1 u on u.id = w.user_id"
            " where w.ticket_id = $1 order by u.name, u.id",
            ticket, call.ctx.user_id())
        .value();
}

void add_watcher(const Call& call, const Ticket& ticket, int64_t user) {
    guichet::Tx tx{call.ctx};
    guichet::Query query{call.ctx};
    query.sql("with reader as (select u.id from core.user_v1 u join ticket t on t.id = ").arg(ticket.id);
    query.sql(" where u.active and u.id = ").arg(user).sql(" and ");
    add_readable_by(query, "u.id");
    query.sql("), added as (insert into watcher (ticket_id, user_id, added_by) select ").arg(ticket.id).sql(", id, ").arg(call.author());
    query.sql(
        "::bigint from reader on conflict do nothing returning user_id)"
        " select (select count(*) from reader), (select count(*) from added)");
    const auto rows = query.run();
    if (rows.i64(0, 0) == 0)
        throw guichet::Error{GUICHET_E_INVALID, std::string{call.tr("There is no such user, or the ticket is not for them.")}, "user"};
    if (rows.i64(0, 1) > 0) note_history(call, ticket.id, "watcher", "", std::to_string(user));
    tx.commit();
}

void remove_watcher(const Call& call, const Ticket& ticket, int64_t user) {
    guichet::Tx tx{call.ctx};
    const auto gone = call.ctx.exec("delete from watcher where ticket_id = $1 and user_id = $2", ticket.id, user);
    if (gone.affected() > 0) note_history(call, ticket.id, "watcher", std::to_string(user), "");
    tx.commit();
}

void move_watchers(const Call& call, int64_t from, int64_t into) {
    guichet::Query query{call.ctx};
    query.sql("insert into watcher (ticket_id, user_id, added_by) select t.id, w.user_id, ").arg(call.author());
    query.sql("::bigint from watcher w join ticket t on t.id = ").arg(into).sql(" where w.ticket_id = ").arg(from).sql(" and ");
    add_readable_by(query, "w.user_id");
    query.sql(" on conflict do nothing").run();
    call.ctx.exec("delete from watcher where ticket_id = $1", from);
}

void watch(const Call& call, Request request) {
    const auto ticket = load(call, request.id());
    const bool adds = request.form("watch") != "0";
    guichet::Problems problems{call.ctx};
    try {
        const auto user = named_user(call, request.form("user").value_or("me"));
        require_watch(call, ticket, user);
        adds ? add_watcher(call, ticket, user) : remove_watcher(call, ticket, user);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID) throw;
        problems.add("user", error.what());
    }
    if (problems) request.status(422);
    else if (!request.is_htmx()) return request.redirect(path_of(ticket.id) + "#h-watchers");
    else toast(request, call.tr("Saved"));
    send_ticket(call, request, ticket, Trouble{.errors = problems.by_field()});
}

namespace api {
namespace {

void send_watchers(const Call& call, Request request, int64_t ticket) {
    const auto all = read_watchers(call, ticket);
    auto items = call.ctx.array();
    for (std::size_t i = 0; i < all.size(); ++i) items.push(call.ctx.object().set("user", all[i]["user_id"]).set("name", all[i]["name"]));
    request.json(call.ctx.object().set("items", items));
}

}  // namespace

void list_watchers(const Call& call, Request request) { send_watchers(call, request, load(call, request.id()).id); }

void create_watcher(const Call& call, Request request) {
    const auto ticket = load(call, request.id());
    const auto given = request.json()["user"];
    const auto user = named_user(call, given.integer() ? std::to_string(*given.integer()) : std::string{given.text().value_or("")});
    require_watch(call, ticket, user);
    add_watcher(call, ticket, user);
    request.status(201);
    send_watchers(call, request, ticket.id);
}

void remove_watcher(const Call& call, Request request) {
    const auto ticket = load(call, request.id());
    const auto user = request.id("user_id");
    require_watch(call, ticket, user);
    tickets::remove_watcher(call, ticket, user);
    request.status(204);
}

}  // namespace api
}  // namespace tickets
