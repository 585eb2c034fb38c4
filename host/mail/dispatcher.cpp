#include "mail/dispatcher.hpp"

#include "base/log.hpp"
#include "mail/address.hpp"

namespace host::mail {
namespace {

constexpr std::string_view kResults[] = {"2xx", "5xx", "4xx", "unreachable", "ambiguous"};  // by Outcome::Kind

constexpr std::string_view kSent =
    "update core.mail set state = 'done', result = '2xx', error = null, unanswered = unanswered - 1, lease_until = null, finished_at = clock_timestamp()"
    " where id = $1 and fence = $2 and state = 'leased'";
constexpr std::string_view kRefused =
    "update core.mail set state = 'refused', error = $3, lease_until = null, finished_at = clock_timestamp()"
    " where id = $1 and fence = $2 and state = 'leased'";
constexpr std::string_view kResult =
    "update core.mail set result = $3, unanswered = unanswered - $4::int where id = $1 and fence = $2 and state = 'leased'";
constexpr std::string_view kHandedOver = "update core.mail set unanswered = unanswered + 1 where id = $1 and fence = $2 and state = 'leased'";

struct LeaseLost : std::runtime_error {
    LeaseLost() : std::runtime_error{"another host has taken this mail over"} {}
};

}  // namespace

// At most half of the threads are at one sender, so that a slow server leaves the others their share.
class Dispatcher::Turn {
public:
    Turn(Dispatcher& d, const std::string& group) : dispatcher_{d}, group_{group} {
        const std::lock_guard lock{d.mutex_};
        taken_ = d.busy_[group] < std::max(1, d.threads_ / 2);
        d.busy_[group] += taken_;
    }
    ~Turn() {
        const std::lock_guard lock{dispatcher_.mutex_};
        dispatcher_.busy_[group_] -= taken_;
    }
    Turn(const Turn&) = delete;
    explicit operator bool() const noexcept { return taken_; }

private:
    Dispatcher& dispatcher_;
    const std::string& group_;
    bool taken_ = false;
};

Dispatcher::Dispatcher(db::Pool& pool, const Senders& senders, const file::Files& files, int threads, SmtpTimes times)
    : pool_{pool}, senders_{senders}, files_{files}, threads_{threads}, times_{times}, queue_{pool, kMailQueue},
      workers_{queue_, "mail", threads, [this] { return work(); }} {
    times_.stopping = [this] { return workers_.stopping(); };
}

Dispatcher::Stats Dispatcher::stats() const { return {results_[0], results_[1], results_[2], results_[3], results_[4]}; }

bool Dispatcher::work() {
    const auto groups = senders_.ready();
    std::size_t first = 0;
    {
        const std::lock_guard lock{mutex_};
        first = next_++;
    }
    for (std::size_t i = 0; i < groups.size() && !workers_.stopping(); ++i)
        if (send_one(groups[(first + i) % groups.size()])) return true;
    return false;
}

bool Dispatcher::send_one(const std::string& group) {
    const Turn turn{*this, group};
    if (!turn) return false;
    const auto row = queue_.claim(queue::array_literal({group}), 1);
    if (row.empty()) return false;
    const queue::Lease lease{row.i64(0, 0), row.i64(0, 1)};
    const queue::Workers::Hold hold{workers_, lease};
    try {
        if (const auto claimed = read_claimed(pool_, lease)) send(*claimed);
    } catch (const LeaseLost& e) {
        base::log(base::Level::warn, e.what(), {{"mail", lease.id}});
    } catch (const std::exception& e) {
        base::log(base::Level::error, "a mail could not be sent", {{"mail", lease.id}, {"reason", std::string_view{e.what()}}});
        queue_.fail(lease, e.what());
    }
    return true;
}

Message Dispatcher::complete(const Claimed& claimed, const Sender& sender) const {
    auto message = claimed.message;
    message.from_name = sender.name;
    message.from_address = sender.address;
    if (message.reply_to.empty()) message.reply_to = sender.reply_to;
    for (const auto id : claimed.files) {
        const auto file = files_.find(*pool_.acquire(), "core", id);
        if (!file) throw std::runtime_error{"an attachment is gone"};
        message.attachments.push_back({file->name, file->type, files_.blobs().read_all(file->sha256, 0, static_cast<std::uint64_t>(file->bytes))});
    }
    return message;
}

void Dispatcher::send(const Claimed& claimed) {
    const auto sender = senders_.find(claimed.sender);
    if (!sender) return queue_.release(claimed.lease);
    const auto mime = to_mime(complete(claimed, *sender));
    const auto& path = claimed.return_path;
    const auto from = path.empty() ? sender->address : path == "<>" ? std::string{} : path;
    const auto outcome = mail::send(sender->server, from, claimed.message.to_address, mime, times_, [&] {
        if (pool_.exec(kHandedOver, {claimed.lease.id, claimed.lease.fence}).affected() != 1) throw LeaseLost{};
    });
    record(claimed, *sender, outcome);
}

void Dispatcher::record(const Claimed& claimed, const Sender& sender, const Outcome& outcome) {
    using Kind = Outcome::Kind;
    const auto& lease = claimed.lease;
    const auto kind = static_cast<std::size_t>(outcome.kind);
    ++results_[kind];
    if (outcome.kind == Kind::unreachable) senders_.failed(sender.code, outcome.answer);
    else if (outcome.kind != Kind::ambiguous) senders_.answered(sender.code);
    if (outcome.kind == Kind::sent) {
        if (pool_.exec(kSent, {lease.id, lease.fence}).affected() != 1) throw LeaseLost{};
        return;
    }
    base::log(base::Level::warn, "a mail was not taken", {{"mail", lease.id}, {"sender", std::string_view{sender.code}},
              {"domain", domain_of(claimed.message.to_address)}, {"result", kResults[kind]}, {"answer", std::string_view{outcome.answer}}});
    pool_.exec(kResult, {lease.id, lease.fence, kResults[kind], outcome.after_content ? 1 : 0});
    if (outcome.kind == Kind::refused) pool_.exec(kRefused, {lease.id, lease.fence, outcome.answer});
    else queue_.fail(lease, outcome.answer);
}

}  // namespace host::mail
