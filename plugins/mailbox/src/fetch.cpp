#include "fetch.hpp"

#include "inbound_store.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

std::string source_of(const Mailbox& mailbox, const Inbox& inbox) {
    return mailbox.protocol == "pop3" ? std::string{"pop3"} : "imap:" + std::to_string(inbox.validity());
}

// Stored first; only then does the server hear of it (T21): a crash in between finds the row again.
bool take_over(Ctx ctx, const Mailbox& mailbox, Inbox& inbox, const Inbox::Entry& entry) {
    const auto source = source_of(mailbox, inbox);
    bool added = false;
    if (!is_stored(ctx, mailbox.id, source, entry.uid)) {
        const bool fits = entry.bytes <= kLargestMail;
        const std::string why = fits ? "" : "the mail is larger than 35 MiB: only its beginning was stored";
        added = store_raw(ctx, {mailbox.id, source, entry.uid, inbox.read(entry, fits ? kLargestMail : 64 * 1024), why});
    }
    inbox.finish(entry, mailbox.afterwards, mailbox.moved_to);
    return added;
}

// What lay there before somebody wanted it taken stays where it is.
void leave_what_is_there(Ctx ctx, const Mailbox& mailbox, Inbox& inbox) {
    if (mailbox.protocol == "imap")
        return note_position(ctx, mailbox.id, inbox.validity(), inbox.next_uid() > 0 ? inbox.next_uid() - 1 : 0);
    guichet::Tx tx{ctx};
    for (const auto& entry : inbox.list(0))
        ctx.exec("insert into left_mail (mailbox_id, uid) values ($1, $2) on conflict do nothing", mailbox.id, entry.uid);
    tx.commit();
}

bool was_left(Ctx ctx, const Mailbox& mailbox, const Inbox::Entry& entry) {
    return mailbox.protocol == "pop3" &&
           ctx.exec("select exists (select from left_mail where mailbox_id = $1 and uid = $2)", mailbox.id, entry.uid).boolean(0, 0);
}

// A folder that was made anew counts from the beginning: its mails of the last days are looked at again, and known ones
// are recognised by what they say (mail.md 3.8).
std::vector<Inbox::Entry> list_new(const Mailbox& mailbox, Inbox& inbox) {
    const bool anew = mailbox.validity != 0 && mailbox.validity != inbox.validity();
    return anew && !mailbox.fetched_day.empty() ? inbox.list_since(mailbox.fetched_day) : inbox.list(anew ? 0 : mailbox.last_uid);
}

}  // namespace

int fetch(Ctx ctx, Mailbox mailbox) {
    const auto inbox = open_inbox(mailbox.server);
    int added = 0;
    if (!mailbox.ever_fetched && !mailbox.from_start) {
        leave_what_is_there(ctx, mailbox, *inbox);
    } else {
        for (const auto& entry : list_new(mailbox, *inbox)) {
            if (was_left(ctx, mailbox, entry)) continue;
            added += take_over(ctx, mailbox, *inbox, entry);
            if (mailbox.protocol == "imap") note_position(ctx, mailbox.id, inbox->validity(), static_cast<uint32_t>(std::stoul(entry.uid)));
        }
    }
    note_fetched(ctx, mailbox.id);
    return added;
}

void fetch_due(Ctx ctx, guichet::Job job) {
    for (const auto id : due_mailboxes(ctx)) {
        job.progress(0);
        const auto mailbox = find_mailbox(ctx, id);
        if (!mailbox) continue;
        try {
            fetch(ctx, *mailbox);
        } catch (const ServerError& error) {
            note_failed(ctx, id, error.what());
            ctx.log(GUICHET_LOG_WARN, "mailbox " + std::to_string(id) + ": " + error.what());
        }
    }
}

}  // namespace mailbox
