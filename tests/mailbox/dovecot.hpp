// A real mail server for IMAP and POP3: Debian's Dovecot in a folder of its own, on free ports of the loopback.
#pragma once

#include "mail/sink.hpp"
#include "plugin/packages.hpp"
#include "support/wait.hpp"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <gtest/gtest.h>

#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <fstream>

namespace mailbox_test {

inline std::uint16_t free_port() { return Poco::Net::ServerSocket{Poco::Net::SocketAddress{"127.0.0.1", 0}}.address().port(); }

class Dovecot {
public:
    explicit Dovecot(const std::string& name = "localhost") : certificate_{name} {
        const auto root = folder_.path();
        for (const auto* part : {"run", "state", "mail"}) std::filesystem::create_directories(root / part);
        std::filesystem::permissions(root, std::filesystem::perms::all);
        own(root / "mail");
        write(root / "users", "sav:{PLAIN}" + password + "\nother:{PLAIN}" + password + "\n");
        write(root / "dovecot.conf", configuration());
        start();
    }
    ~Dovecot() {
        if (pid_ > 0) {
            ::kill(pid_, SIGTERM);
            ::waitpid(pid_, nullptr, 0);
        }
    }

    // A mail arrives, as a delivery agent does it: complete, then in its place (Maildir).
    void deliver(const std::string& raw, const std::string& user = "sav") {
        const auto maildir = folder_.path() / "mail" / user / "Maildir";
        for (const auto* part : {"cur", "new", "tmp"}) {
            std::filesystem::create_directories(maildir / part);
            own(maildir / part);
        }
        own(maildir);
        own(maildir.parent_path());
        const auto name = std::to_string(++delivered_) + "." + std::to_string(::getpid()) + ".test";
        write(maildir / "tmp" / name, raw);
        own(maildir / "tmp" / name);
        std::filesystem::rename(maildir / "tmp" / name, maildir / "new" / name);
    }
    // Files of the user's folder ("" the inbox), with their flags in the names.
    std::vector<std::string> mails(const std::string& user = "sav", const std::string& folder = {}) const {
        std::vector<std::string> out;
        auto place = folder_.path() / "mail" / user / "Maildir";
        if (!folder.empty()) place /= "." + folder;
        for (const auto* part : {"new", "cur"})
            if (std::filesystem::is_directory(place / part))
                for (const auto& entry : std::filesystem::directory_iterator{place / part}) out.push_back(entry.path().filename().string());
        return out;
    }
    // A mail that arrives, and that the server itself cannot read: a disk with a fault.
    void deliver_unreadable(const std::string& user = "sav") {
        deliver("Subject: illisible\r\n\r\n", user);
        const auto name = std::to_string(delivered_) + "." + std::to_string(::getpid()) + ".test";
        std::filesystem::permissions(folder_.path() / "mail" / user / "Maildir" / "new" / name, std::filesystem::perms::none);
    }
    // Its uids begin again, as after a restore from a backup.
    void forget_uids(const std::string& user = "sav") {
        for (const auto& entry : std::filesystem::directory_iterator{folder_.path() / "mail" / user / "Maildir"})
            if (entry.path().filename().string().starts_with("dovecot")) std::filesystem::remove(entry.path());
    }
    void make_folder(const std::string& name, const std::string& user = "sav") {
        const auto place = folder_.path() / "mail" / user / "Maildir" / ("." + name);
        for (const auto* part : {"cur", "new", "tmp"}) {
            std::filesystem::create_directories(place / part);
            own(place / part);
        }
        write(place / "maildirfolder", "");
        own(place);
        own(place.parent_path());
        own(place.parent_path().parent_path());
    }
    std::string log() const {
        const auto text = host::base::read_file(folder_.path() / "log");
        return text ? *text : std::string{};
    }
    std::string certificate() const { return certificate_.file(); }

    const std::string password = "un mot de passe de boîte";
    const std::uint16_t imap = free_port(), imaps = free_port(), pop3 = free_port(), pop3s = free_port();

private:
    static void write(const std::filesystem::path& file, const std::string& content) { std::ofstream{file} << content; }
    // Dovecot refuses to read mail as root.
    static const passwd& owner() { return ::geteuid() == 0 ? *::getpwnam("nobody") : *::getpwuid(::geteuid()); }
    static void own(const std::filesystem::path& path) {
        if (::geteuid() != 0) return;
        EXPECT_EQ(::chown(path.c_str(), owner().pw_uid, owner().pw_gid), 0);
    }
    static std::string group_name() { return ::getgrgid(::geteuid() == 0 ? owner().pw_gid : ::getegid())->gr_name; }

    std::string configuration() const {
        const auto root = folder_.path().string();
        const std::string user = owner().pw_name;
        const auto listener = [](const std::string& name, std::uint16_t port, bool tls) {
            return "  inet_listener " + name + " {\n    port = " + std::to_string(port) + "\n    ssl = " + (tls ? "yes" : "no") + "\n  }\n";
        };
        return "base_dir = " + root + "/run\nstate_dir = " + root + "/state\nlog_path = " + root +
               "/log\nprotocols = imap pop3\nlisten = 127.0.0.1\n" + "default_login_user = " + user + "\ndefault_internal_user = " + user +
               "\ndefault_internal_group = " + group_name() + "\n" + "ssl = yes\nssl_cert = <" + certificate_.file() + "\nssl_key = <" +
               certificate_.key() + "\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n" +
               "disable_plaintext_auth = no\nmail_location = maildir:~/Maildir\nmail_max_userip_connections = 100\nauth_mechanisms = plain "
               "login\n" +
               "passdb {\n  driver = passwd-file\n  args = " + root + "/users\n}\n" + "userdb {\n  driver = static\n  args = uid=" + user +
               " gid=" + group_name() + " home=" + root + "/mail/%u\n}\n" + "service imap-login {\n  chroot =\n" +
               listener("imap", imap, false) + listener("imaps", imaps, true) + "}\n" + "service pop3-login {\n  chroot =\n" +
               listener("pop3", pop3, false) + listener("pop3s", pop3s, true) + "}\nservice anvil {\n  chroot =\n}\n";
    }

    void start() {
        pid_ = ::fork();
        if (pid_ == 0) {
            ::execl("/usr/sbin/dovecot", "dovecot", "-F", "-c", (folder_.path() / "dovecot.conf").c_str(), nullptr);
            ::_exit(127);
        }
        EXPECT_TRUE(support::wait_until([this] { return answers(imap) && answers(pop3s); })) << log();
    }
    static bool answers(std::uint16_t port) {
        try {
            Poco::Net::StreamSocket{Poco::Net::SocketAddress{"127.0.0.1", port}};
            return true;
        } catch (const Poco::Exception&) {
            return false;
        }
    }

    host::plugin_tests::TemporaryFolder folder_;
    host::mail_tests::Certificate certificate_;
    pid_t pid_ = -1;
    std::atomic<int> delivered_{0};
};

}  // namespace mailbox_test
