#include "mails_page.hpp"

#include "quarantine.hpp"
#include "warnings.hpp"

#include <guichet/sdk/query.hpp>

namespace mailbox {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/admin/mailboxes/mails";
constexpr std::size_t kMails = 50;

constexpr struct {
    std::string_view name, label, states;
} kViews[] = {
    {"", "All", "{received,done,deferred,quarantine,dropped}"},
    {"quarantine", "In quarantine", "{quarantine}"},
    {"waiting", "Waiting", "{received,deferred}"},
    {"dropped", "Left out", "{dropped}"},
};

constexpr std::string_view kSelect =
    "select m.id, m.file_id is not null as has_original, m.state, m.class, m.why, m.from_address, m.from_name, m.subject, m.bytes, m.attempts, m.ticket_id, m.hint_ticket_id, "
    "m.same_as, m.message_id,"
    " m.sha256, m.trust, to_json(m.warnings) as warnings, to_json(m.recipients) as recipients, m.sent_at, m.received_at, m.done_at, b.id "
    "as mailbox_id,"
    " b.name as mailbox from inbound_mail m join mailbox b on b.id = m.mailbox_id";

const auto& view_of(Request request) {
    const auto wanted = request.query("view").value_or("");
    for (const auto& view : kViews)
        if (view.name == wanted) return view;
    return kViews[0];
}

Value views(Ctx ctx, std::string_view current) {
    auto out = ctx.array();
    for (const auto& view : kViews) {
        const auto n =
            ctx.exec("select count(*) from (select from inbound_mail where state = any($1::text[]) limit 1000) m", view.states).i64(0, 0);
        out.push(ctx.object().set("name", view.name).set("label", ctx.tr(view.label)).set("count", n).set("current", view.name == current));
    }
    return out;
}

Value stored(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec(std::string{kSelect} + " where m.id = $1", id);
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such mail"};
    return rows.row(0);
}

Value readable(Ctx ctx, Value row) { return row.set("why", described_reason(ctx, row["why"].text().value_or(""))); }

Value breadcrumb(Ctx ctx) {
    return ctx.array()
        .push(ctx.object().set("label", ctx.tr("Mailboxes")).set("url", "/admin/mailboxes"))
        .push(ctx.object().set("label", ctx.tr("Incoming mail")).set("url", kPath))
        .push(ctx.object().set("label", ctx.tr("A mail")));
}

std::string path_of(int64_t id) { return std::string{kPath} + "/" + std::to_string(id); }

}  // namespace

void show_mails(Ctx ctx, Request request) {
    const auto& view = view_of(request);
    const auto before = guichet::to_integer(request.query("before").value_or("")).value_or(0);
    const auto rows =
        ctx.exec(std::string{kSelect} + " where m.state = any($1::text[]) and ($2::bigint = 0 or m.id < $2) order by m.id desc limit $3",
                 view.states, before, kMails + 1);
    auto mails = ctx.array();
    for (std::size_t i = 0; i < rows.size() && i < kMails; ++i) mails.push(readable(ctx, rows.row(i)));
    auto data =
        ctx.object().set("title", ctx.tr("Incoming mail")).set("views", views(ctx, view.name)).set("view", view.name).set("mails", mails);
    if (rows.size() > kMails) data.set("next", rows.i64(kMails - 1, 0));
    request.page("mails/list.html", data.set("first", before == 0));
}

void show_mail(Ctx ctx, Request request) {
    auto row = readable(ctx, stored(ctx, request.id()));
    row.set("warnings", described_warnings(ctx, row["warnings"]));
    const auto done = request.query("done").value_or("");
    std::string_view message;
    if (done == "replay") message = ctx.tr("The mail is taken up again.");
    if (done == "drop") message = ctx.tr("The mail is left out.");
    if (done == "nothing") message = ctx.tr("The mail is not in quarantine any more.");
    request.page("mails/show.html",
                 ctx.object().set("title", ctx.tr("A mail")).set("breadcrumb", breadcrumb(ctx)).set("mail", row).set("message", message));
}

void download_mail(Ctx ctx, Request request) {
    const auto rows = ctx.exec("select file_id from inbound_mail where id = $1", request.id());
    if (rows.empty() || rows.is_null(0, 0)) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such mail"};
    request.send_file(rows.i64(0, 0));
}

namespace {

void change(Request request, std::string_view done, auto&& act) {
    const auto id = request.id();
    try {
        act(id);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        done = "nothing";
    }
    request.redirect(path_of(id) + "?done=" + std::string{done});
}

}  // namespace

void replay_mail(Ctx ctx, Request request) {
    change(request, "replay", [&](int64_t id) { replay(ctx, id); });
}
void drop_mail(Ctx ctx, Request request) {
    change(request, "drop", [&](int64_t id) { drop(ctx, id); });
}

}  // namespace mailbox
