#include "parts_store.hpp"

#include "customers.hpp"
#include "digest.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

constexpr int64_t kLogoMails = 2;  // a picture that was in so many mails of the sender before is his signature's

bool is_logo(Ctx ctx, const Incoming& mail, const Attachment& attachment) {
    return attachment.is_inline && ctx.exec(
                                          "select count(distinct m.id) from inline_part p join inbound_mail m on m.id = p.inbound_id"
                                          " where p.sha256 = $1 and m.from_address = $2 and m.id <> $3",
                                          sha256_hex(attachment.content), mail.from, mail.id)
                                           .i64(0, 0) >= kLogoMails;
}

}  // namespace

int attach_files(Ctx ctx, const Incoming& mail, int64_t ticket, int64_t message) {
    const auto store = customers(ctx);
    int lost = 0;
    for (const auto& attachment : mail.message.attachments) {
        if (attachment.content.empty() || is_logo(ctx, mail, attachment)) continue;
        const tickets_new_file file{sizeof(tickets_new_file), 0, guichet::str(attachment.name), attachment.content.data(),
                                    attachment.content.size()};
        guichet::Tx savepoint{ctx};
        try {
            guichet_value* out = nullptr;
            store(&tickets_customers_v1::attach, ticket, message, &file, std::size_t{1}, nullptr, &out);
            savepoint.commit();
        } catch (const guichet::Error& error) {
            if (error.code() != GUICHET_E_INVALID && error.code() != GUICHET_E_TOO_LARGE) throw;
            ++lost;
        }
    }
    return lost;
}

std::optional<int64_t> store_html(Ctx ctx, const Incoming& mail) {
    if (mail.message.html.empty()) return std::nullopt;
    for (const auto& attachment : mail.message.attachments) {
        if (!attachment.is_inline || attachment.content_id.empty()) continue;
        const auto file = ctx.put_file(attachment.name, attachment.content);
        ctx.exec("insert into inline_part (inbound_id, content_id, file_id, sha256) values ($1, $2, $3, $4) on conflict do nothing",
                 mail.id, attachment.content_id, file.id, file.sha256);
    }
    return ctx.put_file("mail.html", mail.message.html).id;
}

}  // namespace mailbox
