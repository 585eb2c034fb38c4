// LMTP (RFC 2033): a mail server on this machine hands mails over, and hears for each recipient what became of it.
#pragma once

#include "mailbox_store.hpp"

#include <guichet/sdk/plugin.hpp>

#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

// One conversation, to its end. Recipients are addresses of mailboxes, with +something or without; "250" after the content means
// that the mail is stored for that recipient and committed, "451" that the server is to try again. Extensions: PIPELINING,
// ENHANCEDSTATUSCODES (RFC 2034), 8BITMIME, SMTPUTF8, SIZE.
class LmtpSession {
public:
    LmtpSession(guichet::Ctx ctx, std::istream& in, int out) : ctx_{ctx}, in_{in}, out_{out} {}  // out: a file descriptor
    void run();

private:
    struct Recipient {
        int64_t mailbox = 0;
        std::string address;
    };
    bool obey(std::string_view line);  // false: it is over
    void greet(std::string_view name);
    void begin(std::string_view path);
    void add(std::string_view path);
    void take_content();
    bool read_content(std::string& content);  // false: the connection has ended
    std::string store(const Recipient& recipient, const std::string& content);
    void reset();
    void say(std::string_view reply);

    guichet::Ctx ctx_;
    std::istream& in_;
    int out_;
    bool greeted_ = false, has_sender_ = false, lost_ = false;
    std::string sender_;
    std::vector<Recipient> recipients_;
};

// "guichet mail lmtp": one conversation on standard input and output, as systemd.socket(5) with Accept=yes and Postfix's spawn(8)
// start it for each connection to an address of this machine.
//   guichet-lmtp.socket:    [Socket] ListenStream=/run/guichet/lmtp  Accept=yes
//   guichet-lmtp@.service:  [Service] ExecStart=/usr/bin/guichet mail lmtp  StandardInput=socket  StandardError=journal
//   Postfix, main.cf:       virtual_transport = lmtp:unix:/run/guichet/lmtp
int32_t lmtp(guichet::Ctx ctx, guichet::Value args);

}  // namespace mailbox
