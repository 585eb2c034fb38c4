#include "fetch.hpp"

#include "inbound_store.hpp"

#include <poll.h>
#include <chrono>

namespace mailbox {

using guichet::Ctx;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kListen{45};  // then the mailboxes without IDLE have their turn again
constexpr int kStepMs = 500;
constexpr std::size_t kMostWaiting = 50;

std::string source_of(const Mailbox& mailbox, const Inbox& inbox) {
    return mailbox.protocol == "pop3" ? std::string{"pop3"} : "imap:" + std::to_string(inbox.validity());
}

// Stored first; only then does the server hear of it (T21): a crash in between finds the row again.
void take_over(Ctx ctx, const Mailbox& mailbox, Inbox& inbox, const Inbox::Entry& entry) {
    const auto source = source_of(mailbox, inbox);
    if (!is_stored(ctx, mailbox.id, source, entry.uid)) {
        const bool fits = entry.bytes <= kLargestMail;
        const std::string why = fits ? "" : "the mail is larger than 35 MiB: only its beginning was stored";
        auto content = inbox.read(entry, fits ? kLargestMail : 64 * 1024);
        if (content.empty()) return;  // somebody has taken it away meanwhile
        store_raw(ctx, {mailbox.id, source, entry.uid, std::move(content), why});
    }
    inbox.finish(entry, mailbox.afterwards, mailbox.moved_to);
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

void fetch_from(Ctx ctx, const Mailbox& mailbox, Inbox& inbox) {
    if (!mailbox.ever_fetched && !mailbox.from_start) {
        leave_what_is_there(ctx, mailbox, inbox);
    } else {
        for (const auto& entry : list_new(mailbox, inbox)) {
            if (was_left(ctx, mailbox, entry)) continue;
            take_over(ctx, mailbox, inbox, entry);
            if (mailbox.protocol == "imap") note_position(ctx, mailbox.id, inbox.validity(), static_cast<uint32_t>(std::stoul(entry.uid)));
        }
    }
    note_fetched(ctx, mailbox.id);
}

// Runs one step with a mailbox; what its server says no to is noted there.
template <class Step>
bool attempt(Ctx ctx, int64_t mailbox, Step&& step) {
    try {
        step();
        return true;
    } catch (const ServerError& error) {
        note_failed(ctx, mailbox, error.what());
        ctx.log(GUICHET_LOG_WARN, "mailbox " + std::to_string(mailbox) + ": " + error.what());
        return false;
    }
}

struct Waiting {
    int64_t mailbox;
    std::unique_ptr<Inbox> inbox;
    int fd;
};

// Until there is news, or the time is over.
bool wait_for_news(guichet::Job job, std::vector<Waiting>& waiting, Clock::time_point end) {
    std::vector<pollfd> fds;
    for (const auto& w : waiting) fds.push_back({w.fd, POLLIN, 0});
    while (Clock::now() < end) {
        job.progress(0);  // throws when the run shall stop
        if (poll(fds.data(), fds.size(), kStepMs) <= 0) continue;
        for (std::size_t i = 0; i < fds.size(); ++i)
            if (fds[i].revents == 0) waiting[i].fd = -1;  // not this one
        return true;
    }
    return false;
}

void listen(Ctx ctx, guichet::Job job, std::vector<Waiting> waiting, Clock::time_point end) {
    while (!waiting.empty() && wait_for_news(job, waiting, end)) {
        std::vector<Waiting> next;
        for (auto& w : waiting) {
            attempt(ctx, w.mailbox, [&] {
                w.inbox->end_waiting();
                const auto mailbox = find_mailbox(ctx, w.mailbox);
                if (!mailbox || !mailbox->active) return;
                if (w.fd >= 0) fetch_from(ctx, *mailbox, *w.inbox);
                if (const int fd = w.inbox->begin_waiting(); fd >= 0) next.push_back({w.mailbox, std::move(w.inbox), fd});
            });
        }
        waiting = std::move(next);
    }
}

}  // namespace

void fetch(Ctx ctx, int64_t id) {
    attempt(ctx, id, [&] {
        const auto mailbox = load_mailbox(ctx, id);
        if (mailbox.active && mailbox.protocol != "none") fetch_from(ctx, mailbox, *open_inbox(mailbox.server));
    });
}

void fetch_due(Ctx ctx, guichet::Job job) {
    const auto end = Clock::now() + kListen;
    std::vector<Waiting> waiting;
    for (const auto id : due_mailboxes(ctx)) {
        job.progress(0);
        attempt(ctx, id, [&] {
            const auto mailbox = load_mailbox(ctx, id);
            auto inbox = open_inbox(mailbox.server);
            fetch_from(ctx, mailbox, *inbox);
            if (waiting.size() >= kMostWaiting) return;
            if (const int fd = inbox->begin_waiting(); fd >= 0) waiting.push_back({id, std::move(inbox), fd});
        });
    }
    listen(ctx, job, std::move(waiting), end);
}

}  // namespace mailbox
