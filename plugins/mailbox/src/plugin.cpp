// Mailbox: what comes in by mail becomes tickets and messages; answers and bounces find back.
#include "api.hpp"
#include "deliver.hpp"
#include "explain_command.hpp"
#include "fetch.hpp"
#include "lmtp.hpp"
#include "mailbox_page.hpp"
#include "mailing.hpp"
#include "mails_page.hpp"
#include "original.hpp"
#include "retention.hpp"
#include "take.hpp"

namespace mailbox {
namespace {

class Mailboxes {
public:
    explicit Mailboxes(guichet::Ctx ctx) : parsers_{std::filesystem::path{ctx.package_folder()}} {}

    void bind(guichet::Binder& b) {
        route<show_mailboxes>(b, "list");
        route<show_mailbox_form>(b, "form");
        route<save_mailbox>(b, "save");
        route<delete_mailbox>(b, "delete");
        route<show_mailbox>(b, "show");
        route<test_connection>(b, "test");
        route<validate_address>(b, "validate");
        route<fetch_now>(b, "fetch_now");
        route<show_mails>(b, "mails.list");
        route<show_mail>(b, "mails.show");
        route<download_mail>(b, "mails.raw");
        route<replay_mail>(b, "mails.replay");
        route<drop_mail>(b, "mails.drop");
        route<show_original>(b, "original.show");
        route<send_original_html>(b, "original.html");
        route<send_original_raw>(b, "original.raw");
        route<send_original_part>(b, "original.part");
        route<api::list>(b, "api.list");
        route<api::create>(b, "api.create");
        route<api::get>(b, "api.get");
        route<api::patch>(b, "api.patch");
        route<api::remove>(b, "api.delete");
        b.job<&Mailboxes::fetch_all>("fetch");
        b.job<&Mailboxes::fetch_one>("fetch_one");
        b.job<&Mailboxes::take_one>("take");
        b.job<&Mailboxes::take_again>("retake");
        b.job<&Mailboxes::forget>("forget_originals");
        b.hook<&Mailboxes::dress_mail>("dress");
        b.hook<&Mailboxes::keep_mail>("note_mail");
        b.slot<&Mailboxes::origin>("widget.origin");
        b.column<&Mailboxes::mail_column>("column.mail");
        b.badge<&Mailboxes::troubles>("badge");
        b.command<&Mailboxes::explain_files>("explain");
        b.command<&Mailboxes::deliver_mail>("deliver");
        b.command<&Mailboxes::speak_lmtp>("lmtp");
    }
    void drain() noexcept { parsers_.clear(); }

private:
    template <auto Handler>
    void route(guichet::Binder& b, std::string_view id) {
        b.route<&Mailboxes::handle<Handler>>(id);
    }
    template <auto Handler>
    void handle(guichet::Ctx ctx, guichet::Request request) {
        Handler(ctx, request);
    }
    void fetch_all(guichet::Ctx ctx, guichet::Job job) { fetch_due(ctx, job); }
    void fetch_one(guichet::Ctx ctx, guichet::Job job) { fetch(ctx, job.args()["id"].integer().value_or(0)); }
    void take_one(guichet::Ctx ctx, guichet::Job job) { take(ctx, parsers_, job.args()["id"].integer().value_or(0)); }
    void take_again(guichet::Ctx ctx, guichet::Job) { retake(ctx); }
    void forget(guichet::Ctx ctx, guichet::Job job) { forget_originals(ctx, job); }
    void dress_mail(guichet::Ctx ctx, guichet::Event event) { dress(ctx, event); }
    void keep_mail(guichet::Ctx ctx, guichet::Event event) { note_mail(ctx, event); }
    void origin(guichet::Ctx ctx, guichet::Value slot, guichet::Html out) { show_origin(ctx, slot, out); }
    void mail_column(guichet::Ctx ctx, guichet::Cells cells) { fill_mail_column(ctx, cells); }
    int32_t explain_files(guichet::Ctx ctx, guichet::Value files) { return explain(ctx, files); }
    int32_t deliver_mail(guichet::Ctx ctx, guichet::Value args) { return deliver(ctx, args); }
    int32_t speak_lmtp(guichet::Ctx ctx, guichet::Value args) { return lmtp(ctx, args); }
    int64_t troubles(guichet::Ctx ctx) { return count_troubles(ctx); }

    Parsers parsers_;
};

}  // namespace
}  // namespace mailbox

GUICHET_PLUGIN(mailbox::Mailboxes, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
