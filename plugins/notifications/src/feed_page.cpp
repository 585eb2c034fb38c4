#include "feed_page.hpp"

#include "phrase.hpp"

#include <tickets/tickets_v1.h>

namespace notifications {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/notifications";

// By id, those of the feed that the user may (still) read.
std::map<int64_t, Value> tickets_of(guichet::Ctx ctx, Value feed) {
    std::vector<int64_t> ids;
    for (std::size_t i = 0; i < feed.size(); ++i)
        if (const auto id = feed[i]["ticket_id"].integer()) ids.push_back(*id);
    std::map<int64_t, Value> out;
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 1);
    if (!tickets || ids.empty()) return out;
    guichet_value* found = nullptr;
    tickets(&tickets_tickets_v1::visible, ids.data(), ids.size(), &found);
    const Value rows{ctx.raw(), found};
    for (std::size_t i = 0; i < rows.size(); ++i) out.emplace(rows[i]["id"].integer().value_or(0), rows[i]);
    return out;
}

void go_back(Request request) {
    request.redirect(request.form("view") == "unread" ? std::string{kPath} + "?view=unread" : std::string{kPath});
}

}  // namespace

Value present_feed(guichet::Ctx ctx, Value feed) {
    const auto tickets = tickets_of(ctx, feed);
    const auto statuses = status_labels(ctx, ctx.language());
    auto out = ctx.array();
    for (std::size_t i = 0; i < feed.size() && i < std::size_t{kNoticesPerPage}; ++i) {
        auto notice = feed[i];
        const auto* occasion = find_occasion(notice["event"].text().value_or(""));
        const auto ticket = tickets.find(notice["ticket_id"].integer().value_or(0));
        if (ticket != tickets.end()) notice.set("ticket", ticket->second);
        if (ticket != tickets.end() || !notice["ticket_id"].integer()) notice.set("text", phrase(notice, statuses, ctx.language()));
        out.push(notice.set("icon", occasion ? occasion->icon : "webhook"));
    }
    return out;
}

void show_feed(guichet::Ctx ctx, Request request) {
    const bool unread_only = request.query("view") == "unread";
    const auto before = guichet::to_integer(request.query("before").value_or(""));
    const auto feed = read_feed(ctx, unread_only, before);
    const bool more = feed.size() > std::size_t{kNoticesPerPage};
    auto data = ctx.object().set("title", ctx.tr("Notifications")).set("notices", present_feed(ctx, feed)).set("unread", count_unread(ctx));
    data.set("unread_only", unread_only).set("before", before).set("newest", feed[std::size_t{0}]["id"]);
    data.set("next", more ? feed[std::size_t{kNoticesPerPage - 1}]["id"].integer() : std::nullopt);
    request.page("feed.html", data);
}

void open_notice(guichet::Ctx ctx, Request request) {
    const auto notice = read_notice(ctx, request.id());
    mark_read(ctx, request.id());
    auto to = "/tickets/" + std::to_string(notice["ticket_id"].integer().value_or(0));
    if (const auto webhook = notice["data"]["webhook"].integer()) to = "/admin/webhooks/" + std::to_string(*webhook);
    if (const auto message = notice["message_id"].integer()) to = "/messages/" + std::to_string(*message);
    request.redirect(to);
}

void read_one(guichet::Ctx ctx, Request request) {
    mark_read(ctx, request.id());
    go_back(request);
}

void read_all(guichet::Ctx ctx, Request request) {
    mark_all_read(ctx, guichet::to_integer(request.form("newest").value_or("")).value_or(0));
    go_back(request);
}

}  // namespace notifications
