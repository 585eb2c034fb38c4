#include "quarantine.hpp"

#include "customers.hpp"
#include "inbound_store.hpp"
#include "mailbox_store.hpp"
#include "warnings.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

void add_stub(Ctx ctx, int64_t inbound, guichet::Value row, std::string_view why) {
    const auto mailbox = load_mailbox(ctx, row["mailbox_id"].integer().value_or(0));
    const auto from = row["from_address"].text().value_or("");
    const auto path = "/admin/mailboxes/mails/" + std::to_string(inbound);
    auto input =
        ctx.object()
            .set("subject", ctx.tr("Unreadable message"))
            .set("description",
                 guichet::fill(ctx.tr("A mail to %1 could not be read: %2. An administrator finds it, as it was received, under %3."),
                               {mailbox.address, described_reason(ctx, why), path}))
            .set("channel", "email")
            .set("requester_email", guichet::is_email(from) ? from : std::string_view{mailbox.address})
            .set("automatic", true)
            .set("visible_to_client", false);
    guichet_value* out = nullptr;
    customers(ctx)(&tickets_customers_v1::create, input.raw(), &out);
    ctx.exec("update inbound_mail set ticket_id = $2 where id = $1", inbound, guichet::Value{ctx.raw(), out}["id"].integer());
}

void require_change(const guichet::Rows& rows, Ctx ctx) {
    if (rows.affected() == 0) throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("The mail is not in quarantine any more.")}};
}

}  // namespace

void quarantine(Ctx ctx, int64_t inbound, std::string_view why, bool with_ticket) {
    guichet::Tx tx{ctx};
    const auto rows =
        ctx.exec("update inbound_mail set state = 'quarantine', why = $2 where id = $1 and state in ('received', 'deferred') returning *",
                 inbound, why);
    if (rows.empty()) return;
    if (with_ticket && rows.row(0)["ticket_id"].is_null()) add_stub(ctx, inbound, rows.row(0), why);
    tx.commit();
}

void replay(Ctx ctx, int64_t inbound) {
    guichet::Tx tx{ctx};
    require_change(
        ctx.exec("update inbound_mail set state = 'received', attempts = 0, failures = 0, why = '' where id = $1 and state = 'quarantine'",
                 inbound),
        ctx);
    enqueue_taking(ctx, inbound);
    ctx.audit("mailbox.mail_replayed", "mail/" + std::to_string(inbound));
    tx.commit();
}

void drop(Ctx ctx, int64_t inbound) {
    guichet::Tx tx{ctx};
    require_change(
        ctx.exec("update inbound_mail set state = 'dropped', done_at = clock_timestamp() where id = $1 and state = 'quarantine'", inbound),
        ctx);
    ctx.audit("mailbox.mail_dropped", "mail/" + std::to_string(inbound));
    tx.commit();
}

}  // namespace mailbox
