#include "notice_mail.hpp"

#include "phrase.hpp"
#include "ticket.hpp"

#include <tickets/tickets_v1.h>

namespace notifications {

using guichet::Value;

namespace {

constexpr int kMailsAtOnce = 100;
constexpr std::string_view kPreferences = "/notifications/preferences";

// Everything but the conditions of what is to be mailed.
constexpr std::string_view kNotices =
    "select n.id, n.user_id, n.event, n.ticket_id, n.message_id, n.actor_id, n.data, coalesce(u.email, n.address) as email,"
    " coalesce(u.name, '') as name, coalesce(u.language, '') as language, a.name as actor_name, w.name as assignee_name"
    " from notice n left join core.user_v1 u on u.id = n.user_id left join core.user_v1 a on a.id = n.actor_id"
    " left join core.user_v1 w on w.id = (n.data ->> 'assignee')::bigint where ";

int64_t collapse_s(guichet::Ctx ctx) { return ctx.settings()["collapse_s"].integer().value_or(30); }

std::string_view text(Value value) { return value.text().value_or(""); }

// Text that markup of Markdown has no meaning in.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : guichet::one_line(text)) {
        if (std::ispunct(static_cast<unsigned char>(c))) out += '\\';
        out += c;
    }
    return out;
}

struct Group {
    std::vector<Value> notices;  // of one person, oldest first
    Value first() const { return notices.front(); }
};

std::vector<Group> grouped(Value rows, bool by_ticket) {
    std::vector<Group> out;
    const auto same = [&](Value a, Value b) {
        return a["user_id"].integer() == b["user_id"].integer() && text(a["email"]) == text(b["email"]) &&
               (!by_ticket || a["ticket_id"].integer() == b["ticket_id"].integer());
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (out.empty() || !same(out.back().first(), rows[i])) out.emplace_back();
        out.back().notices.push_back(rows[i]);
    }
    return out;
}

// Between the notice and its mail somebody may have lost the right to read, the account, the address.
bool may_be_written_to(guichet::Ctx ctx, Value notice) {
    if (!guichet::is_email(text(notice["email"]))) return false;
    const auto user = notice["user_id"].integer();
    return !user || !readers(ctx, notice["ticket_id"].integer().value_or(0), {*user}).empty();
}

std::string message_body(guichet::Ctx ctx, Value notice) {
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 1);
    const auto id = notice["message_id"].integer();
    // an address that belongs to nobody is told that there is something to read, not what
    if (!tickets || !id || !notice["user_id"].integer()) return {};
    guichet_value* found = nullptr;
    try {
        tickets(&tickets_tickets_v1::message, *id, &found);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND) throw;
        return {};
    }
    return std::string{text(Value{ctx.raw(), found}["body"])};
}

Value values_of_ticket(guichet::Ctx ctx, Value ticket) {
    const auto account = text(ticket["account_name"]);
    return ctx.object()
        .set("ref", ticket["ref"])
        .set("subject", ticket["subject"])
        .set("account", account.empty() ? std::string_view{"–"} : account)
        .set("url", "/tickets/" + std::to_string(ticket["id"].integer().value_or(0)))
        .set("preferences_url", kPreferences);
}

Value values_of_notice(guichet::Ctx ctx, Value ticket, Value notice, std::string_view language) {
    const auto event = text(notice["event"]);
    auto values = values_of_ticket(ctx, ticket);
    if (event == "alert") return values.set("text", alert_text(notice["data"]["text"], language));
    values.set("actor", actor_of(notice, language));
    if (event == "assigned") values.set("assignee", notice["assignee_name"]);
    if (event == "merged") values.set("merged", notice["data"]["merged"]);
    if (event == "status") {
        const auto statuses = status_labels(ctx, language);
        for (const auto* end : {"from", "to"}) {
            const auto it = statuses.find(text(notice["data"][end]));
            values.set(end, it == statuses.end() ? text(notice["data"][end]) : std::string_view{it->second});
        }
    }
    if (const auto id = notice["message_id"].integer())
        values.set("url", "/messages/" + std::to_string(*id)).set("message_markdown", message_body(ctx, notice));
    return values;
}

void send(guichet::Ctx ctx, Value to, std::string_view mail_template, Value values) {
    auto envelope = ctx.object().set("to", to["email"]).set("to_name", to["name"]);
    if (const auto language = text(to["language"]); !language.empty()) envelope.set("language", language);
    envelope.set("headers", ctx.object().set("Auto-Submitted", "auto-generated").set("X-Auto-Response-Suppress", "All"));
    ctx.send_mail(mail_template, envelope, values);
}

std::string_view language_of(guichet::Ctx ctx, Value notice) {
    const auto own = text(notice["language"]);
    return own.empty() ? ctx.language() : own;
}

std::string list_of(const std::vector<Value>& notices, const StatusLabels& statuses, std::string_view language) {
    std::string out;
    for (const auto& notice : notices) out += "- " + plain(phrase(notice, statuses, language)) + "\n";
    return out;
}

void mail_ticket(guichet::Ctx ctx, const Group& group) {
    const auto first = group.first();
    const auto ticket = load_ticket(ctx, first["ticket_id"].integer().value_or(0));
    if (!ticket || !may_be_written_to(ctx, first)) return;
    const auto language = language_of(ctx, first);
    if (group.notices.size() == 1)
        return send(ctx, first, "notifications." + std::string{text(first["event"])}, values_of_notice(ctx, ticket, first, language));
    send(ctx, first, "notifications.several",
         values_of_ticket(ctx, ticket).set("list_markdown", list_of(group.notices, status_labels(ctx, language), language)));
}

void mail_digest(guichet::Ctx ctx, const Group& group) {
    const auto first = group.first();
    const auto language = language_of(ctx, first);
    const auto statuses = status_labels(ctx, language);
    std::string list;
    for (std::size_t i = 0; i < group.notices.size();) {
        std::vector<Value> same;
        const auto id = group.notices[i]["ticket_id"].integer();
        for (; i < group.notices.size() && group.notices[i]["ticket_id"].integer() == id; ++i) same.push_back(group.notices[i]);
        const auto ticket = load_ticket(ctx, id.value_or(0));
        if (!ticket || !may_be_written_to(ctx, same.front())) continue;
        list +=
            "**" + plain(text(ticket["ref"])) + "** " + plain(text(ticket["subject"])) + "\n\n" + list_of(same, statuses, language) + "\n";
    }
    if (list.empty()) return;
    send(ctx, first, "notifications.digest",
         ctx.object().set("list_markdown", list).set("url", "/notifications").set("preferences_url", kPreferences));
}

// One mail that cannot be written (an address, a text of an administrator) keeps no other one back.
template <class Write>
void write_one(guichet::Ctx ctx, Write&& write) {
    try {
        guichet::Tx savepoint{ctx};
        write();
        savepoint.commit();
    } catch (const guichet::Error& error) {
        if (error.code() == GUICHET_E_UNAVAILABLE || error.code() == GUICHET_E_TIMEOUT || error.code() == GUICHET_E_CANCELLED) throw;
        ctx.log(GUICHET_LOG_WARN, std::string{"a mail of a notification could not be written: "} + error.what());
    }
}

void mark_done(guichet::Ctx ctx, Value rows) {
    std::vector<int64_t> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows[i]["id"].integer().value_or(0));
    ctx.exec("update notice set mail = 'done' where id = any($1::bigint[])", guichet::array_literal(ids));
}

// Those of some people about some tickets for whom the oldest has waited long enough; empty when there are none.
Value due(guichet::Ctx ctx) {
    return ctx
        .exec(std::string{kNotices} +
                  "n.mail = 'due' and (coalesce(n.user_id, 0), n.address, n.ticket_id) in (select coalesce(user_id, 0), address, ticket_id"
                  " from notice where mail = 'due' group by 1, 2, 3 having min(created_at) <= now() - make_interval(secs => $1)"
                  " order by min(created_at) limit $2) order by n.user_id, email, n.ticket_id, n.id for update of n skip locked",
              static_cast<double>(collapse_s(ctx)), kMailsAtOnce)
        .value();
}

Value due_digest(guichet::Ctx ctx, int64_t user) {
    return ctx
        .exec(std::string{kNotices} + "n.mail = 'digest' and n.user_id = $1 order by n.ticket_id, n.id for update of n skip locked", user)
        .value();
}

}  // namespace

void expect_mails(guichet::Ctx ctx) {
    ctx.enqueue("notifications.mail", {}, "mail", guichet::Time{ctx.now().us + collapse_s(ctx) * 1'000'000});
}

void write_mails(guichet::Ctx ctx, guichet::Job job) {
    for (;;) {
        job.progress(0);
        guichet::Tx tx{ctx};
        const auto rows = due(ctx);
        for (const auto& group : grouped(rows, true)) write_one(ctx, [&] { mail_ticket(ctx, group); });
        mark_done(ctx, rows);
        const bool waiting = rows.size() == 0 && !ctx.exec("select from notice where mail = 'due' limit 1").empty();
        if (waiting) expect_mails(ctx);
        tx.commit();
        if (rows.size() == 0) return;
    }
}

void write_digests(guichet::Ctx ctx, guichet::Job job) {
    const auto users = ctx.exec("select distinct user_id from notice where mail = 'digest'");
    for (std::size_t i = 0; i < users.size(); ++i) {
        job.progress(static_cast<uint32_t>(i * 100 / users.size()));
        guichet::Tx tx{ctx};
        const auto rows = due_digest(ctx, users.i64(i, 0));
        for (const auto& group : grouped(rows, false)) write_one(ctx, [&] { mail_digest(ctx, group); });
        mark_done(ctx, rows);
        tx.commit();
    }
}

}  // namespace notifications
