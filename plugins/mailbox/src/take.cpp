#include "take.hpp"

#include "brakes.hpp"
#include "inbound_store.hpp"
#include "keys.hpp"
#include "quarantine.hpp"
#include "route.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

struct Attempt {
    int64_t mailbox = 0, number = 0;
    std::string why;  // it is not tried at all
};

// Counted before anything is done, so that a mail that takes the host down with it is not tried for ever.
std::optional<Attempt> begin(Ctx ctx, int64_t inbound) {
    const auto rows = ctx.exec(
        "update inbound_mail set attempts = attempts + 1, tried_at = clock_timestamp() where id = $1 and state = 'received'"
        " returning mailbox_id, attempts, why",
        inbound);
    if (rows.empty()) return std::nullopt;
    return Attempt{rows.i64(0, 0), rows.i64(0, 1), std::string{rows.text(0, 2)}};
}

// Another attempt says the same.
bool is_final(guichet_status code) { return code == GUICHET_E_INVALID || code == GUICHET_E_MALFORMED || code == GUICHET_E_TOO_LARGE; }

// Says nothing of the mail: what it needs is away.
bool is_passing(guichet_status code) { return code == GUICHET_E_UNAVAILABLE || code == GUICHET_E_CANCELLED || code == GUICHET_E_IO; }

// The machine may be too busy, or the mail too much for it: counted like a host that stopped.
bool is_unended(guichet_status code) { return code == GUICHET_E_TIMEOUT || code == GUICHET_E_NOMEM; }

Message parse(Ctx ctx, Parsers& parsers, int64_t inbound) {
    auto parsed = parsers.take()->parse(read_raw(ctx, inbound));
    if (auto* message = std::get_if<Message>(&parsed)) return std::move(*message);
    auto& unreadable = std::get<Unreadable>(parsed);
    throw guichet::Error{unreadable.is_final ? GUICHET_E_INVALID : GUICHET_E_INTERNAL, std::move(unreadable.why)};
}

bool defer_when_too_fast(Ctx ctx, const Incoming& mail) {
    if (!is_too_fast(ctx, mail)) return false;
    guichet::Tx tx{ctx};
    ctx.exec("update inbound_mail set attempts = attempts - 1 where id = $1", mail.id);
    ctx.enqueue("mailbox.take", ctx.object().set("id", mail.id), "later-" + std::to_string(mail.id),
                guichet::Time{ctx.now().us + 60'000'000});
    tx.commit();
    return true;
}

void route_once(Ctx ctx, int64_t inbound, int64_t mailbox, Message message) {
    auto mail = examine(ctx, inbound, load_mailbox(ctx, mailbox), std::move(message));
    const auto keys = token_keys(ctx);
    if (defer_when_too_fast(ctx, mail)) return;
    guichet::Tx tx{ctx};
    if (ctx.exec("select 1 from inbound_mail where id = $1 and state = 'received' for update", inbound).empty()) return;
    route(ctx, keys, std::move(mail));
    tx.commit();
}

void uncount(Ctx ctx, int64_t inbound) { ctx.exec("update inbound_mail set attempts = attempts - 1 where id = $1", inbound); }

bool is_last_failure(Ctx ctx, int64_t inbound) {
    return ctx.exec("update inbound_mail set failures = failures + 1 where id = $1 returning failures >= $2::int", inbound, kMostFailures)
        .boolean(0, 0);
}

}  // namespace

void take(Ctx ctx, Parsers& parsers, int64_t inbound) {
    const auto attempt = begin(ctx, inbound);
    if (!attempt) return;
    if (!attempt->why.empty()) return quarantine(ctx, inbound, attempt->why, true);
    if (attempt->number > kMostAttempts) return quarantine(ctx, inbound, "it was given up: none of ten attempts came to an end", true);
    try {
        route_once(ctx, inbound, attempt->mailbox, parse(ctx, parsers, inbound));
    } catch (const guichet::Error& error) {
        const auto code = error.code();
        if (is_passing(code)) uncount(ctx, inbound);
        if (is_passing(code) || is_unended(code) || (!is_final(code) && !is_last_failure(ctx, inbound))) throw;
        quarantine(ctx, inbound, error.what(), true);
    }
}

void retake(Ctx ctx) {
    const auto rows = ctx.exec(
        "select id from inbound_mail where state = 'received' and greatest(received_at, tried_at) < clock_timestamp() - interval '10 "
        "minutes' order by id "
        "limit 500");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        guichet::Tx tx{ctx};
        enqueue_taking(ctx, rows.i64(i, 0));
        tx.commit();
    }
}

}  // namespace mailbox
