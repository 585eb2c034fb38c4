// Mails that came in: stored as they were before anything is made of them, so that none is lost (mail.md 3.1).
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <string_view>

namespace mailbox {

constexpr uint64_t kLargestMail = 35 * 1024 * 1024;  // mail.md 3.7
constexpr int kMostFailures = 3;                     // mail.md 3.1 point 6
constexpr int kMostAttempts = 10;                    // of which some may never have ended

struct Raw {
    int64_t mailbox = 0;
    std::string source, uid;  // unique in the mailbox
    std::string content;
    std::string why{};  // not empty: nothing is made of it, and the reason
};

bool is_stored(guichet::Ctx ctx, int64_t mailbox, std::string_view source, std::string_view uid);
// In a transaction of its own, with the job that takes it. False when it was there already: nothing is stored twice.
bool store_raw(guichet::Ctx ctx, const Raw& raw);

// The job that makes something of it.
void enqueue_taking(guichet::Ctx ctx, int64_t inbound);
std::string read_raw(guichet::Ctx ctx, int64_t inbound);  // GUICHET_E_NOT_FOUND

}  // namespace mailbox
