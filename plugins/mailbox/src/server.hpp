// A mailbox on its server, spoken to by IMAP (RFC 3501) or POP3 (RFC 1939). Nothing here touches the database. One thread each.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mailbox {

struct Server {
    enum class Protocol { imap, pop3 } protocol = Protocol::imap;
    std::string host;
    std::uint16_t port = 993;
    enum class Security { tls, starttls, none } security = Security::tls;  // none: loopback only
    std::string username, password;
    bool password_lost = false;  // it was sealed with another key, or for another mailbox
    std::string ca_file;  // certificates to trust instead of the system's
    std::string folder = "INBOX";
    int timeout_s = 30;  // for it to say something
};

// What a person can do something about: where it went wrong, and what was said there (valid UTF-8).
class ServerError : public std::exception {
public:
    enum class Step { connect, certificate, login, folder, mail };
    ServerError(Step step, std::string why) : step_{step}, why_{std::move(why)} {}
    Step step() const noexcept { return step_; }
    const char* what() const noexcept override { return why_.c_str(); }

private:
    Step step_;
    std::string why_;
};

// An opened folder; its mails are named by their uids. Every function throws ServerError; the connection may be lost with it.
class Inbox {
public:
    virtual ~Inbox() = default;
    // Of the folder as it is now: uids mean nothing under another validity (RFC 3501, 2.3.1.1). POP3: 0 and 0.
    virtual std::uint32_t validity() const = 0;
    virtual std::uint32_t next_uid() const = 0;
    virtual std::uint32_t count() const = 0;

    // IMAP: those with a uid above this one, ascending. POP3: all of them.
    virtual std::vector<std::string> list(std::uint32_t above) = 0;
    // IMAP: those that arrived on this day or later ("2026-11-23"), for a folder whose uids begin again. POP3: all.
    virtual std::vector<std::string> list_since(const std::string& day) = 0;

    struct Content {
        std::string bytes;   // "" when the mail is gone
        bool whole = false;  // false: only its beginning
    };
    // All of it, or the beginning when it has more than so many bytes. Leaves the mail unread.
    virtual Content read(const std::string& uid, std::uint64_t most) = 0;

    enum class Afterwards { seen, move, remove };
    virtual void finish(const std::string& uid, Afterwards what, const std::string& folder) = 0;

    // The server tells of new mails from now on (IDLE, RFC 2177): the file descriptor becomes readable. -1: it cannot.
    virtual int begin_waiting() = 0;
    virtual void end_waiting() = 0;  // before anything else is asked
};

std::unique_ptr<Inbox> open_imap(const Server& server);
std::unique_ptr<Inbox> open_pop3(const Server& server);
inline std::unique_ptr<Inbox> open_inbox(const Server& server) {
    if (server.password_lost) throw ServerError{ServerError::Step::login, "the password cannot be read any more: enter it again"};
    return server.protocol == Server::Protocol::imap ? open_imap(server) : open_pop3(server);
}

// "localhost" or a loopback address: all that may be spoken to without encryption.
bool is_loopback(const std::string& host);

}  // namespace mailbox
