// Who mail is sent as, and through which server: as stored, and the circuit breaker of each. Any thread.
#pragma once

#include "core/secrets.hpp"
#include "db/pool.hpp"
#include "mail/smtp.hpp"

#include <optional>
#include <string>
#include <vector>

namespace host::mail {

struct Sender {
    std::string code, name, address, reply_to;
    Server server;
    bool has_password = false;  // server.password may be empty all the same: see find
};

class Senders {
public:
    Senders(db::Pool& pool, const core::Secrets& secrets) : pool_{pool}, secrets_{secrets} {}

    std::vector<Sender> all() const;  // the default one first; without passwords
    // "" is the default one. The password is opened; it stays empty when the key is another one.
    std::optional<Sender> find(std::string_view code) const;
    // Adds it or changes it; without password the one that is stored stays, an empty one drops it.
    void save(db::Connection& transaction, const Sender& sender, const std::optional<std::string>& password) const;
    void remove(db::Connection& transaction, std::string_view code) const;  // what waits for it is for the default one
    void make_default(db::Connection& transaction, std::string_view code) const;

    // Codes of those that may be asked now, and "" when one of them is the default.
    std::vector<std::string> ready() const;
    void answered(std::string_view code) const;  // the breaker is closed
    // After the third time in a row nobody asks it for 30 seconds, then twice as long each time, at most 10 minutes.
    void failed(std::string_view code, std::string_view why) const;

private:
    db::Pool& pool_;
    const core::Secrets& secrets_;
};

std::string_view to_text(Server::Security security);
std::optional<Server::Security> to_security(std::string_view text);

}  // namespace host::mail
