#include "brakes.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

constexpr int kMostPerMinute = 60;
constexpr int kMostPerTicketAndHour = 20;
constexpr int kMostAlikePerHour = 10;
constexpr int kMostReopeningsPerHour = 3;
constexpr int kMostAutomaticPerDay = 5;  // to one recipient
constexpr int kMostAutomaticPer10Minutes = 200;

void remember_parked(Ctx ctx, std::string_view sender, int64_t ticket, std::string_view why) {
    ctx.exec(
        "insert into parked (sender, ticket_id, parked_until, why) values ($1, $2, clock_timestamp() + interval '1 hour', $3)"
        " on conflict (sender, ticket_id) do update set parked_until = excluded.parked_until, why = excluded.why",
        sender, ticket, why);
    ctx.log(GUICHET_LOG_WARN, "mails of one sender to ticket " + std::to_string(ticket) + " are parked: " + std::string{why});
}

int64_t count(Ctx ctx, std::string_view sql, const auto&... values) { return ctx.exec(sql, values...).i64(0, 0); }

}  // namespace

std::optional<std::string> park(Ctx ctx, const Incoming& mail, int64_t ticket) {
    if (mail.from.empty()) return std::nullopt;
    const auto recent = ctx.exec(
        "select count(*) filter (where ticket_id = $2), count(*) filter (where body_key = $3) from inbound_mail"
        " where from_address = $1 and state in ('done', 'quarantine') and received_at > clock_timestamp() - interval '1 hour'",
        mail.from, ticket, mail.body_key);
    std::string why;
    if (recent.i64(0, 0) >= kMostPerTicketAndHour) why = "more than 20 mails within an hour to this ticket";
    else if (recent.i64(0, 1) >= kMostAlikePerHour) why = "more than 10 nearly identical mails within an hour";
    if (why.empty()) return std::nullopt;
    remember_parked(ctx, mail.from, ticket, why);
    return why;
}

bool is_too_fast(Ctx ctx, const Incoming& mail) {
    return count(ctx,
                 "select count(*) from inbound_mail where from_address = $1 and state = 'done' and done_at > clock_timestamp() - interval "
                 "'1 minute'",
                 mail.from) >= kMostPerMinute;
}

bool may_reopen(Ctx ctx, int64_t ticket) {
    return count(ctx,
                 "select count(*) from inbound_mail where ticket_id = $1 and reopened and done_at > clock_timestamp() - interval '1 hour'",
                 ticket) < kMostReopeningsPerHour;
}

std::optional<std::string> stop_automatic(Ctx ctx, const AutomaticMail& mail) {
    ctx.exec("select pg_advisory_xact_lock(hashtextextended('mailbox automatic mail', 0))");
    if (count(ctx, "select count(*) from bounced_address where address = $1 and undeliverable_at is not null", mail.recipient) > 0)
        return "Mails to this address come back.";
    if (count(ctx, "select count(*) from parked where sender = $1 and ticket_id in (0, $2) and parked_until > clock_timestamp()",
              mail.recipient, mail.ticket) > 0)
        return "This address writes too often: it gets no automatic mails for an hour.";
    if (mail.kind == "confirmation" &&
        count(ctx, "select count(*) from mailing where ticket_id = $1 and kind = 'confirmation'", mail.ticket) > 0)
        return "The request was confirmed already.";
    if (count(ctx,
              "select count(*) from mailing where automatic and ticket_id = $1 and recipient = $2 and created_at > clock_timestamp() - "
              "interval '5 minutes'",
              mail.ticket, mail.recipient) > 0)
        return "This address got an automatic mail a few minutes ago.";
    if (count(ctx, "select count(*) from mailing where automatic and recipient = $1 and created_at > clock_timestamp() - interval '1 day'",
              mail.recipient) >= kMostAutomaticPerDay)
        return "This address got five automatic mails today.";
    const auto recent =
        count(ctx, "select count(*) from mailing where automatic and created_at > clock_timestamp() - interval '10 minutes'");
    if (recent == kMostAutomaticPer10Minutes - 1)
        ctx.log(GUICHET_LOG_ERROR, "200 automatic mails within 10 minutes: no more are sent for now");
    if (recent < kMostAutomaticPer10Minutes) return std::nullopt;
    return "Too many automatic mails were sent within a few minutes.";
}

}  // namespace mailbox
