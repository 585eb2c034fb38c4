#include "fetch.hpp"

#include "inbound_store.hpp"
#include "stuck.hpp"

#include <poll.h>
#include <chrono>

namespace mailbox {

using guichet::Ctx;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kListen{45};  // then the mailboxes without IDLE have their turn again
constexpr int kStepMs = 500;
constexpr std::size_t kMostWaiting = 50;
constexpr int kMostTroubles = 5;  // more, and it is the server that has them

std::string source_of(const Mailbox& mailbox, const Inbox& inbox) {
    return mailbox.protocol == "pop3" ? std::string{"pop3"} : "imap:" + std::to_string(inbox.validity());
}

// Stored first; only then does the server hear of it (T21): a crash in between finds the row again.
void take_over(Ctx ctx, const Mailbox& mailbox, Inbox& inbox, const std::string& uid) {
    const auto source = source_of(mailbox, inbox);
    auto afterwards = mailbox.afterwards;
    if (!is_stored(ctx, mailbox.id, source, uid)) {
        auto content = inbox.read(uid, kLargestMail);
        if (content.bytes.empty()) return;  // somebody has taken it away meanwhile
        const std::string why = content.whole ? "" : "the mail is larger than 35 MiB: only its beginning was stored";
        if (!content.whole) content.bytes.resize(std::min<std::size_t>(content.bytes.size(), 64 * 1024));
        if (!content.whole && afterwards == Inbox::Afterwards::remove) afterwards = Inbox::Afterwards::seen;  // the rest is only there
        store_raw(ctx, {mailbox.id, source, uid, std::move(content.bytes), why});
    }
    inbox.finish(uid, afterwards, mailbox.moved_to);
}

// What there is of it goes into the quarantine, and a ticket says so.
void give_up(Ctx ctx, const Mailbox& mailbox, const Stuck& mail, std::string_view why) {
    store_raw(
        ctx, {mailbox.id, std::string{mail.source}, std::string{mail.uid}, {}, "the server did not hand it over: %1\t" + std::string{why}});
}

// Goes through the mails of one folder, past those that its server does not hand over.
class Round {
public:
    Round(Ctx ctx, const Mailbox& mailbox, std::unique_ptr<Inbox>& inbox)
        : ctx_{ctx}, mailbox_{mailbox}, inbox_{inbox}, source_{source_of(mailbox, *inbox)} {}

    // What is on the server as it was stays an error of the mailbox.
    void take(const std::string& uid) {
        const Stuck mail{mailbox_.id, source_, uid};
        if (is_given_up(ctx_, mail)) return;
        try {
            take_over(ctx_, mailbox_, *inbox_, uid);
            forget_stuck(ctx_, mail);
        } catch (const ServerError& error) {
            if (++troubles_ > kMostTroubles) throw;
            reopen();
            const bool stored = is_stored(ctx_, mailbox_.id, source_, uid);
            if (stored) not_finished_ = error;
            if (note_stuck(ctx_, mail) && !stored) give_up(ctx_, mailbox_, mail, error.what());
            ctx_.log(GUICHET_LOG_WARN, "mailbox " + std::to_string(mailbox_.id) + ", mail " + uid + ": " + error.what());
        }
    }
    void end() const {
        if (not_finished_) throw ServerError{*not_finished_};
    }
    const std::string& source() const { return source_; }

private:
    // Throws when it is the server that is away, or another folder by now.
    void reopen() {
        inbox_.reset();
        inbox_ = open_inbox(mailbox_.server);
        if (source_of(mailbox_, *inbox_) != source_) throw ServerError{ServerError::Step::folder, "the folder was made anew"};
    }

    Ctx ctx_;
    const Mailbox& mailbox_;
    std::unique_ptr<Inbox>& inbox_;
    std::string source_;
    int troubles_ = 0;
    std::optional<ServerError> not_finished_;
};

// What lay there before somebody wanted it taken stays where it is.
void leave_what_is_there(Ctx ctx, const Mailbox& mailbox, Inbox& inbox) {
    if (mailbox.protocol == "imap")
        return note_position(ctx, mailbox.id, inbox.validity(), inbox.next_uid() > 0 ? inbox.next_uid() - 1 : 0);
    guichet::Tx tx{ctx};
    for (const auto& uid : inbox.list(0))
        ctx.exec("insert into left_mail (mailbox_id, uid) values ($1, $2) on conflict do nothing", mailbox.id, uid);
    tx.commit();
}

bool was_left(Ctx ctx, const Mailbox& mailbox, const std::string& uid) {
    return mailbox.protocol == "pop3" &&
           ctx.exec("select exists (select from left_mail where mailbox_id = $1 and uid = $2)", mailbox.id, uid).boolean(0, 0);
}

// A folder that was made anew counts from the beginning: its mails of the last days are looked at again, and known ones
// are recognised by what they say (mail.md 3.8).
std::vector<std::string> list_new(const Mailbox& mailbox, Inbox& inbox) {
    const bool anew = mailbox.validity != 0 && mailbox.validity != inbox.validity();
    return anew && !mailbox.fetched_day.empty() ? inbox.list_since(mailbox.fetched_day) : inbox.list(anew ? 0 : mailbox.last_uid);
}

// A POP3 server names those that are stuck by itself.
void take_all(Ctx ctx, const Mailbox& mailbox, std::unique_ptr<Inbox>& inbox) {
    const bool counts = mailbox.protocol == "imap";
    const auto fresh = list_new(mailbox, *inbox);
    Round round{ctx, mailbox, inbox};
    if (counts)
        for (const auto& uid : stuck_uids(ctx, mailbox.id, round.source())) round.take(uid);
    for (const auto& uid : fresh) {
        if (was_left(ctx, mailbox, uid)) continue;
        round.take(uid);
        if (counts) note_position(ctx, mailbox.id, inbox->validity(), static_cast<uint32_t>(std::stoul(uid)));
    }
    round.end();
}

void fetch_from(Ctx ctx, const Mailbox& mailbox, std::unique_ptr<Inbox>& inbox) {
    if (!mailbox.ever_fetched && !mailbox.from_start) leave_what_is_there(ctx, mailbox, *inbox);
    else take_all(ctx, mailbox, inbox);
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
                if (w.fd >= 0) fetch_from(ctx, *mailbox, w.inbox);
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
        if (!mailbox.active || mailbox.protocol == "none") return;
        auto inbox = open_inbox(mailbox.server);
        fetch_from(ctx, mailbox, inbox);
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
            fetch_from(ctx, mailbox, inbox);
            if (waiting.size() >= kMostWaiting) return;
            if (const int fd = inbox->begin_waiting(); fd >= 0) waiting.push_back({id, std::move(inbox), fd});
        });
    }
    listen(ctx, job, std::move(waiting), end);
}

}  // namespace mailbox
