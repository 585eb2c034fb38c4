// Makes a ticket or a message of a mail that was stored (mail.md 3.1, points 3 to 6).
#pragma once

#include <guichet/sdk/plugin.hpp>

#include "parse.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace mailbox {

// Parsers that wait for the next mail: one for each job that runs at the same time. Any thread.
class Parsers {
public:
    class Lease {
    public:
        Lease(Parsers& owner, std::unique_ptr<Parser> parser) : owner_{owner}, parser_{std::move(parser)} {}
        ~Lease() { owner_.give_back(std::move(parser_)); }
        Lease(const Lease&) = delete;
        Parser* operator->() const { return parser_.get(); }

    private:
        Parsers& owner_;
        std::unique_ptr<Parser> parser_;
    };
    explicit Parsers(std::filesystem::path package) : package_{std::move(package)} {}
    Lease take();
    void clear();  // their children end

private:
    void give_back(std::unique_ptr<Parser> parser);

    std::filesystem::path package_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Parser>> idle_;
    bool closed_ = false;
};

// The mail is done, deferred, dropped or in quarantine afterwards; throws what another attempt may mend.
void take(guichet::Ctx ctx, Parsers& parsers, int64_t inbound);
// Mails whose job is gone, after a crash at the wrong moment.
void retake(guichet::Ctx ctx);

}  // namespace mailbox
