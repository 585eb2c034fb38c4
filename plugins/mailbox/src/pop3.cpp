#include "certificate.hpp"
#include "presentable.hpp"
#include "server.hpp"

#include <libetpan/libetpan.h>

#include <algorithm>

namespace mailbox {
namespace {

using Step = ServerError::Step;

struct FreeSession {
    void operator()(mailpop3* p) const noexcept { mailpop3_free(p); }
};

class Pop3 final : public Inbox {
public:
    explicit Pop3(const Server& server) : server_{server}, session_{mailpop3_new(0, nullptr)} {
        if (!session_) throw std::bad_alloc{};
        mailpop3_set_timeout(session_.get(), server.timeout_s);
        connect();
        require(mailpop3_user(session_.get(), server.username.c_str()), Step::login);
        require(mailpop3_pass(session_.get(), server.password.c_str()), Step::login);
        carray* found = nullptr;
        require(mailpop3_list(session_.get(), &found), Step::folder);
        for (unsigned i = 0; i < carray_count(found); ++i) add(*static_cast<mailpop3_msg_info*>(carray_get(found, i)));
    }
    ~Pop3() override {
        if (!broken_) mailpop3_quit(session_.get());  // what was deleted is gone from here on (RFC 1939, 6)
    }

    std::uint32_t validity() const override { return 0; }
    std::uint32_t next_uid() const override { return 0; }
    std::uint32_t count() const override { return static_cast<std::uint32_t>(mails_.size()); }
    std::vector<std::string> list(std::uint32_t) override { return uids(); }
    std::vector<std::string> list_since(const std::string&) override { return uids(); }

    Content read(const std::string& uid, std::uint64_t most) override {
        const auto& mail = find(uid);
        char* content = nullptr;
        std::size_t bytes = 0;
        const bool whole = mail.bytes <= most;
        require(whole ? mailpop3_retr(session_.get(), mail.number, &content, &bytes)
                      : mailpop3_top(session_.get(), mail.number, 0, &content, &bytes),
                Step::mail);
        std::string out{content, std::min<std::size_t>(bytes, most)};
        whole ? mailpop3_retr_free(content) : mailpop3_top_free(content);
        return {std::move(out), whole};
    }
    // POP3 knows no marks and no folders.
    void finish(const std::string& uid, Afterwards what, const std::string&) override {
        if (what == Afterwards::remove) require(mailpop3_dele(session_.get(), find(uid).number), Step::mail);
    }
    int begin_waiting() override { return -1; }
    void end_waiting() override {}

private:
    void connect() {
        using Security = Server::Security;
        if (server_.security == Security::none && !is_loopback(server_.host))
            throw ServerError{Step::connect, "only a server on this machine may be spoken to without encryption"};
        auto name = server_.host;
        require(server_.security == Security::tls
                    ? mailpop3_ssl_connect_with_callback(session_.get(), name.c_str(), server_.port, name_server, &name)
                    : mailpop3_socket_connect(session_.get(), name.c_str(), server_.port),
                Step::connect);
        if (server_.security == Security::starttls)
            require(mailpop3_socket_starttls_with_callback(session_.get(), name_server, &name), Step::certificate);
        if (server_.security == Security::none) return;
        try {
            require_certificate(session_->pop3_stream, server_.host, server_.ca_file);
        } catch (const ServerError&) {
            broken_ = true;
            throw;
        }
    }
    struct Mail {
        std::string uid;
        unsigned number = 0;
        std::uint64_t bytes = 0;
    };

    void add(const mailpop3_msg_info& info) {
        if (!info.msg_uidl) throw ServerError{Step::folder, "the server does not name its mails (UIDL, RFC 1939)"};
        if (!info.msg_deleted) mails_.push_back({info.msg_uidl, info.msg_index, info.msg_size});
    }
    std::vector<std::string> uids() const {
        std::vector<std::string> out;
        for (const auto& mail : mails_) out.push_back(mail.uid);
        return out;
    }
    const Mail& find(const std::string& uid) const {
        const auto found = std::ranges::find(mails_, uid, &Mail::uid);
        if (found == mails_.end()) throw ServerError{Step::mail, "the mail is gone"};
        return *found;
    }

    void require(int result, Step step) {
        if (result == MAILPOP3_NO_ERROR) return;
        broken_ = result == MAILPOP3_ERROR_STREAM || step == Step::connect || step == Step::certificate;
        if (result == MAILPOP3_ERROR_CONNECTION_REFUSED) throw ServerError{step, "the server cannot be reached"};
        if (result == MAILPOP3_ERROR_STREAM) throw ServerError{step, "the connection was lost, or the server did not answer in time"};
        if (result == MAILPOP3_ERROR_SSL) throw ServerError{step, "no encrypted connection could be made"};
        if (result == MAILPOP3_ERROR_STLS_NOT_SUPPORTED) throw ServerError{step, "the server does not offer STARTTLS"};
        const auto said = presentable(session_->pop3_response ? session_->pop3_response : "");
        throw ServerError{step, said.empty() ? "the server said no (" + std::to_string(result) + ")" : said};
    }

    Server server_;
    std::unique_ptr<mailpop3, FreeSession> session_;
    std::vector<Mail> mails_;
    bool broken_ = false;
};

}  // namespace

std::unique_ptr<Inbox> open_pop3(const Server& server) { return std::make_unique<Pop3>(server); }

}  // namespace mailbox
