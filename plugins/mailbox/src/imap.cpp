#include "certificate.hpp"
#include "presentable.hpp"
#include "server.hpp"

#include <libetpan/libetpan.h>

#include <algorithm>

namespace mailbox {
namespace {

using Step = ServerError::Step;

template <class T, void (*Free)(T*)>
struct Freed {
    void operator()(T* p) const noexcept { Free(p); }
};
template <class T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, Freed<T, Free>>;

// Arguments of a command belong to it, results to the caller.
using Set = Owned<mailimap_set, mailimap_set_free>;
using FetchType = Owned<mailimap_fetch_type, mailimap_fetch_type_free>;
using FetchList = Owned<clist, mailimap_fetch_list_free>;
using SearchKey = Owned<mailimap_search_key, mailimap_search_key_free>;
using SearchResult = Owned<clist, mailimap_search_result_free>;
using Flags = Owned<mailimap_store_att_flags, mailimap_store_att_flags_free>;

std::uint32_t to_uid(const std::string& text) { return static_cast<std::uint32_t>(std::stoul(text)); }

class Imap final : public Inbox {
public:
    explicit Imap(const Server& server) : server_{server}, session_{mailimap_new(0, nullptr)} {
        if (!session_) throw std::bad_alloc{};
        mailimap_set_timeout(session_.get(), server.timeout_s);
        connect();
        if (const int r = mailimap_login(session_.get(), server.username.c_str(), server.password.c_str()); r != MAILIMAP_NO_ERROR)
            fail(r, Step::login);
        learn_capabilities();
        if (const int r = mailimap_select(session_.get(), server.folder.c_str()); r != MAILIMAP_NO_ERROR) fail(r, Step::folder);
    }
    ~Imap() override {
        if (!broken_) mailimap_logout(session_.get());
    }

    std::uint32_t validity() const override { return session_->imap_selection_info->sel_uidvalidity; }
    std::uint32_t next_uid() const override { return session_->imap_selection_info->sel_uidnext; }
    std::uint32_t count() const override { return session_->imap_selection_info->sel_exists; }

    std::vector<std::string> list(std::uint32_t above) override {
        require(mailimap_noop(session_.get()));
        const SearchKey key{mailimap_search_key_new_uid(mailimap_set_new_interval(above + 1, 0))};
        return search(*key, above);
    }
    std::vector<std::string> list_since(const std::string& day) override {
        auto* date = mailimap_date_new(std::stoi(day.substr(8, 2)), std::stoi(day.substr(5, 2)), std::stoi(day.substr(0, 4)));
        const SearchKey key{mailimap_search_key_new_since(date)};
        return search(*key, 0);
    }

    // One byte more than is wanted tells a mail that is too large: sizes are not asked for, since a mail that its server cannot
    // read has none, and would hide the others.
    Content read(const std::string& uid, std::uint64_t most) override {
        const auto bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(most, UINT32_MAX - 1) + 1);
        auto* wanted = mailimap_fetch_att_new_body_peek_section_partial(mailimap_section_new(nullptr), 0, bytes);
        const FetchType type{mailimap_fetch_type_new_fetch_att(wanted)};
        const Set set{mailimap_set_new_single(to_uid(uid))};
        clist* found = nullptr;
        require(mailimap_uid_fetch(session_.get(), set.get(), type.get(), &found));
        const FetchList owned{found};
        auto out = body_of(found);
        const bool whole = out.size() <= most;
        return {std::move(out), whole};
    }

    void finish(const std::string& uid, Afterwards what, const std::string& folder) override {
        const Set set{mailimap_set_new_single(to_uid(uid))};
        if (what == Afterwards::seen) return flag(*set, mailimap_flag_new_seen());
        if (what == Afterwards::move) {
            if (mailimap_has_extension(session_.get(), "MOVE"))
                return require(mailimap_uid_move(session_.get(), set.get(), folder.c_str()));
            require(mailimap_uid_copy(session_.get(), set.get(), folder.c_str()));
        }
        flag(*set, mailimap_flag_new_deleted());
        // without UIDPLUS (RFC 4315) it would take along what other programs have marked
        if (mailimap_has_uidplus(session_.get())) require(mailimap_uid_expunge(session_.get(), set.get()));
    }

    int begin_waiting() override {
        if (!mailimap_has_idle(session_.get())) return -1;
        require(mailimap_idle(session_.get()));
        return mailimap_idle_get_fd(session_.get());
    }
    void end_waiting() override { require(mailimap_idle_done(session_.get())); }

private:
    void connect() {
        using Security = Server::Security;
        if (server_.security == Security::none && !is_loopback(server_.host))
            throw ServerError{Step::connect, "only a server on this machine may be spoken to without encryption"};
        auto name = server_.host;
        const int r = server_.security == Security::tls
                          ? mailimap_ssl_connect_with_callback(session_.get(), name.c_str(), server_.port, name_server, &name)
                          : mailimap_socket_connect(session_.get(), name.c_str(), server_.port);
        if (r != MAILIMAP_NO_ERROR_NON_AUTHENTICATED) fail(r, Step::connect);  // PREAUTH would skip what follows
        if (server_.security == Security::starttls)
            if (const int s = mailimap_socket_starttls_with_callback(session_.get(), name_server, &name); s != MAILIMAP_NO_ERROR)
                fail(s, Step::certificate);
        if (server_.security != Security::none) require_certificate(session_->imap_stream, server_.host, server_.ca_file);
    }

    // Those after the login may be others than before.
    void learn_capabilities() {
        mailimap_capability_data* known = nullptr;
        if (mailimap_capability(session_.get(), &known) == MAILIMAP_NO_ERROR) mailimap_capability_data_free(known);
    }

    std::vector<std::string> search(const mailimap_search_key& key, std::uint32_t above) {
        clist* found = nullptr;
        require(mailimap_uid_search(session_.get(), nullptr, const_cast<mailimap_search_key*>(&key), &found));
        const SearchResult owned{found};
        std::vector<std::uint32_t> uids;
        for (auto* cell = clist_begin(found); cell; cell = clist_next(cell))
            if (const auto uid = *static_cast<std::uint32_t*>(clist_content(cell)); uid > above) uids.push_back(uid);  // n:* has always one
        std::sort(uids.begin(), uids.end());
        std::vector<std::string> out;
        for (const auto uid : uids) out.push_back(std::to_string(uid));
        return out;
    }

    static std::string body_of(clist* mails) {
        for (auto* mail = clist_begin(mails); mail; mail = clist_next(mail)) {
            const auto* attributes = static_cast<mailimap_msg_att*>(clist_content(mail))->att_list;
            for (auto* cell = clist_begin(attributes); cell; cell = clist_next(cell)) {
                const auto* item = static_cast<mailimap_msg_att_item*>(clist_content(cell));
                if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC) continue;
                const auto& att = *item->att_data.att_static;
                if (att.att_type == MAILIMAP_MSG_ATT_BODY_SECTION && att.att_data.att_body_section->sec_body_part)
                    return {att.att_data.att_body_section->sec_body_part, att.att_data.att_body_section->sec_length};
            }
        }
        return {};
    }

    void flag(mailimap_set& set, mailimap_flag* which) {
        auto* list = mailimap_flag_list_new_empty();
        mailimap_flag_list_add(list, which);
        const Flags flags{mailimap_store_att_flags_new_add_flags_silent(list)};
        require(mailimap_uid_store(session_.get(), &set, flags.get()));
    }

    void require(int result) {
        if (result != MAILIMAP_NO_ERROR) fail(result, Step::mail);
    }
    [[noreturn]] void fail(int result, Step step) {
        broken_ = result == MAILIMAP_ERROR_STREAM || result == MAILIMAP_ERROR_PARSE || step == Step::connect || step == Step::certificate;
        if (result == MAILIMAP_ERROR_CONNECTION_REFUSED) throw ServerError{step, "the server cannot be reached"};
        if (result == MAILIMAP_ERROR_STREAM) throw ServerError{step, "the connection was lost, or the server did not answer in time"};
        if (result == MAILIMAP_ERROR_SSL) throw ServerError{step, "no encrypted connection could be made"};
        if (result == MAILIMAP_ERROR_PARSE) throw ServerError{step, "the server's answer cannot be understood"};
        if (result == MAILIMAP_ERROR_STARTTLS) throw ServerError{step, "the server does not offer STARTTLS"};
        const auto said = presentable(session_->imap_response ? session_->imap_response : "");
        throw ServerError{step, said.empty() ? "the server said no (" + std::to_string(result) + ")" : said};
    }

    Server server_;
    Owned<mailimap, mailimap_free> session_;
    bool broken_ = false;
};

}  // namespace

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

std::unique_ptr<Inbox> open_imap(const Server& server) { return std::make_unique<Imap>(server); }

}  // namespace mailbox
