#include "stuck.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

constexpr int kMostAttempts = 3;

}  // namespace

std::vector<std::string> stuck_uids(Ctx ctx, int64_t mailbox, std::string_view source) {
    const auto rows =
        ctx.exec("select uid from stuck_mail where mailbox_id = $1 and source = $2 and attempts < $3::int order by tried_at limit 20",
                 mailbox, source, kMostAttempts);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.emplace_back(rows.text(i, 0));
    return out;
}

bool is_given_up(Ctx ctx, const Stuck& mail) {
    return ctx
        .exec("select exists (select from stuck_mail where mailbox_id = $1 and source = $2 and uid = $3 and attempts >= $4::int)",
              mail.mailbox, mail.source, mail.uid, kMostAttempts)
        .boolean(0, 0);
}

bool note_stuck(Ctx ctx, const Stuck& mail) {
    return ctx
        .exec(
            "insert into stuck_mail as s (mailbox_id, source, uid) values ($1, $2, $3) on conflict (mailbox_id, source, uid)"
            " do update set attempts = s.attempts + 1, tried_at = clock_timestamp() returning attempts >= $4::int",
            mail.mailbox, mail.source, mail.uid, kMostAttempts)
        .boolean(0, 0);
}

void forget_stuck(Ctx ctx, const Stuck& mail) {
    ctx.exec("delete from stuck_mail where mailbox_id = $1 and source = $2 and uid = $3", mail.mailbox, mail.source, mail.uid);
}

}  // namespace mailbox
