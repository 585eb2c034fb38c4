// The queue of outgoing mail: written in the caller's transaction. Any thread.
#pragma once

#include "base/result.hpp"
#include "db/pool.hpp"
#include "mail/message.hpp"
#include "queue/queue.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::mail {

struct NewMail {
    std::string plugin_id, template_id, language;
    std::string sender;                     // "" = the default one
    std::string to_address, to_name, reply_to;
    std::string return_path;                // "" = the sender's address, "<>" = nowhere
    std::string message_id, in_reply_to;    // message_id "": one is chosen
    std::vector<std::string> references;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string subject, text, html;
    std::vector<std::int64_t> files;        // rows of core.file, of the host
    std::string request_id;
    std::int64_t created_by = 0;
};

// Everything that cannot be sent as it is; Problem::path names the member of the envelope.
base::Problems check(const NewMail& mail);
// mail is checked. A message_id that was used already is db::Error 23505.
std::int64_t enqueue(db::Connection& transaction, const NewMail& mail);

// A mail that was sent came back; by its id, or (0) by its message_id. False when no such mail was sent.
bool note_bounce(db::Connection& transaction, std::int64_t mail_id, std::string_view message_id, std::string_view diagnostic);

extern const queue::Layout kMailQueue;

// What was claimed, without its sender and the content of its attachments.
struct Claimed {
    queue::Lease lease;
    std::string sender, return_path;
    Message message;
    std::vector<std::int64_t> files;
};
std::optional<Claimed> read_claimed(db::Pool& pool, const queue::Lease& lease);

}  // namespace host::mail
