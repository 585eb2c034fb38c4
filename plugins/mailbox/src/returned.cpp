#include "returned.hpp"

#include "presentable.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

constexpr int kMostFailures = 3;  // within 7 days

struct Sent {
    int64_t id = 0, mail = 0;
    std::string recipient;
};

Sent read(const guichet::Rows& rows) {
    return rows.empty() ? Sent{} : Sent{rows.i64(0, 0), rows.maybe_i64(0, 1).value_or(0), std::string{rows.text(0, 2)}};
}

// By the address that it came back to, then by the mail that it returns, then by whom it names.
Sent find_sent(Ctx ctx, const Keys& keys, const Incoming& mail) {
    for (const auto& token : mail.signals.return_paths)
        if (verify(keys, token))
            if (auto found = read(ctx.exec("select id, mail_id, recipient from mailing where id = $1", token.mail)); found.id > 0)
                return found;
    const auto& bounce = *mail.verdict.bounce;
    if (bounce.original_message_id.size() > 2) {
        const auto bare = bounce.original_message_id.substr(1, bounce.original_message_id.size() - 2);
        if (auto found = read(ctx.exec("select id, mail_id, recipient from mailing where mail_message_id = $1", bare)); found.id > 0)
            return found;
    }
    return read(
        ctx.exec("select id, mail_id, recipient from mailing where recipient = $1 and created_at > clock_timestamp() - interval '7 days'"
                 " order by id desc limit 1",
                 lower_case(bounce.final_recipient)));
}

bool says_address_is_dead(std::string_view status) { return status.starts_with("5.1.") || status == "5.2.1"; }

void note_address(Ctx ctx, const std::string& address, const Bounce& bounce) {
    const bool dead = says_address_is_dead(bounce.status);
    ctx.exec(
        "insert into bounced_address as a (address, failures, diagnostic, undeliverable_at) values ($1, 1, $2, case when $3 then "
        "clock_timestamp() end)"
        " on conflict (address) do update set diagnostic = excluded.diagnostic,"
        " failures = case when a.first_failure_at > clock_timestamp() - interval '7 days' then a.failures + 1 else 1 end,"
        " first_failure_at = case when a.first_failure_at > clock_timestamp() - interval '7 days' then a.first_failure_at else "
        "clock_timestamp() end",
        address, bounce.diagnostic, dead);
    ctx.exec(
        "update bounced_address set undeliverable_at = clock_timestamp() where address = $1 and undeliverable_at is null and ($2 or "
        "failures >= $3::int)",
        address, dead, kMostFailures);
}

}  // namespace

std::string note_returned(Ctx ctx, const Keys& keys, const Incoming& mail) {
    const auto& bounce = *mail.verdict.bounce;
    if (bounce.kind != Bounce::Kind::delivery)
        return bounce.kind == Bounce::Kind::complaint ? "a complaint about a mail of ours" : "a receipt";
    const auto sent = find_sent(ctx, keys, mail);
    if (sent.id == 0) return "it is about no mail of ours";
    const bool permanent = bounce.action == "failed" && !bounce.status.starts_with("4.");
    if (!permanent) return "the mail to %1 is late\t" + sent.recipient;
    if (sent.mail > 0) ctx.mail_bounced(sent.mail, {}, presentable(bounce.status + " " + bounce.diagnostic));
    ctx.exec("update mailing set bounced_at = coalesce(bounced_at, clock_timestamp()) where id = $1", sent.id);
    note_address(ctx, sent.recipient, bounce);
    return "the mail to %1 came back\t" + sent.recipient;
}

}  // namespace mailbox
