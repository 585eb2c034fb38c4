#include "scheduler.hpp"

#include "escalation.hpp"

namespace sla {

using guichet::Ctx;

namespace {

constexpr int kBatch = 500;
constexpr std::size_t kMostOfARun = 5000;  // what a call has read stays in memory until it ends

std::vector<int64_t> ids_of(const guichet::Rows& rows) {
    std::vector<int64_t> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.i64(i, 0));
    return out;
}

}  // namespace

void run_scheduler(Ctx ctx, guichet::Job job) {
    PolicyBook book{ctx};
    std::size_t done = 0, found = 1;
    while (found > 0 && done < kMostOfARun) {
        guichet::Tx tx{ctx};
        const auto due =
            ids_of(ctx.exec("select ticket_id from ticket_state where next_at <= clock_timestamp() order by next_at, ticket_id limit $1 "
                            "for update skip locked",
                            kBatch));
        found = due.size();
        refresh(ctx, book, due, [&](const Reached& reached) { act(ctx, reached); });
        tx.commit();
        done += found;
        job.progress(0, std::to_string(done));
    }
    if (found > 0) ctx.enqueue("sla.scheduler", {}, "rest");
    else send_notices(ctx);
}

void recompute(Ctx ctx, guichet::Job job) {
    PolicyBook book{ctx};
    const auto last = ctx.exec("select coalesce(max(id), 0) from tickets.ticket_v1").i64(0, 0);
    auto after = job.args()["after"].integer().value_or(0);
    for (std::size_t done = 0; done < kMostOfARun; done += kBatch) {
        const auto tickets =
            ids_of(ctx.exec("select t.id from tickets.ticket_v1 t where t.id > $1 and (t.phase in ('new', 'open', 'waiting') or exists"
                            " (select from ticket_state s where s.ticket_id = t.id and s.open)) order by t.id limit $2",
                            after, kBatch));
        if (tickets.empty()) return;
        guichet::Tx tx{ctx};
        refresh(ctx, book, tickets);
        tx.commit();
        after = tickets.back();
        job.progress(static_cast<uint32_t>(after * 100 / std::max(last, after)));
    }
    ctx.enqueue("sla.recompute", ctx.object().set("after", after), "recompute-" + std::to_string(after));
}

void ask_for_recompute(Ctx ctx) { ctx.enqueue("sla.recompute", {}, "recompute"); }

void ticket_happened(Ctx ctx, guichet::Event event) {
    const auto subject = event.subject();
    const auto ticket = guichet::to_integer(subject.substr(subject.find('/') + 1)).value_or(0);
    PolicyBook book{ctx};
    if (book.is_empty() && ctx.exec("select 1 from ticket_state where ticket_id = $1", ticket).empty()) return;
    refresh(ctx, book, {ticket});
    if (const auto into = event.data()["into"].integer()) refresh(ctx, book, {*into});
}

}  // namespace sla
