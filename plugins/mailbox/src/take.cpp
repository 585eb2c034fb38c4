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
    const auto rows =
        ctx.exec("update inbound_mail set attempts = attempts + 1 where id = $1 and state = 'received' returning mailbox_id, attempts, why",
                 inbound);
    if (rows.empty()) return std::nullopt;
    return Attempt{rows.i64(0, 0), rows.i64(0, 1), std::string{rows.text(0, 2)}};
}

std::optional<Message> parse(Ctx ctx, Parsers& parsers, int64_t inbound, std::string& why) {
    const auto raw = read_raw(ctx, inbound);
    auto parsed = parsers.take()->parse(raw);
    if (auto* message = std::get_if<Message>(&parsed)) return std::move(*message);
    why = std::get<Unreadable>(parsed).why;
    return std::nullopt;
}

bool defer_when_too_fast(Ctx ctx, const Incoming& mail) {
    if (!is_too_fast(ctx, mail)) return false;
    guichet::Tx tx{ctx};
    ctx.exec("update inbound_mail set attempts = 0 where id = $1", mail.id);
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

// What another attempt may mend: the database or a plugin that is away, two at the same time.
bool is_passing(guichet_status code) {
    return code == GUICHET_E_UNAVAILABLE || code == GUICHET_E_TIMEOUT || code == GUICHET_E_CANCELLED || code == GUICHET_E_DB ||
           code == GUICHET_E_IO;
}

}  // namespace

void take(Ctx ctx, Parsers& parsers, int64_t inbound) {
    const auto attempt = begin(ctx, inbound);
    if (!attempt) return;
    if (!attempt->why.empty()) return quarantine(ctx, inbound, attempt->why, true);
    if (attempt->number > kMostAttempts) return quarantine(ctx, inbound, "it was given up after three attempts", true);
    std::string why;
    auto message = parse(ctx, parsers, inbound, why);
    if (!message) return quarantine(ctx, inbound, why, true);
    try {
        route_once(ctx, inbound, attempt->mailbox, std::move(*message));
    } catch (const guichet::Error& error) {
        if (is_passing(error.code()) && attempt->number < kMostAttempts) throw;
        quarantine(ctx, inbound, error.what(), true);
    }
}

void retake(Ctx ctx) {
    const auto rows = ctx.exec(
        "select id from inbound_mail where state = 'received' and received_at < clock_timestamp() - interval '10 minutes' order by id "
        "limit 500");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        guichet::Tx tx{ctx};
        enqueue_taking(ctx, rows.i64(i, 0));
        tx.commit();
    }
}

}  // namespace mailbox
