// Debian's Postfix with a configuration, a queue and ports of its own: what a company has between Guichet and the world.
#pragma once

#include "mail/sink.hpp"
#include "mailbox/dovecot.hpp"

namespace mailbox_test {

class Postfix {
public:
    // Mails to guichet.example go to this port by LMTP, those to client.example to the other one by SMTP.
    Postfix(std::uint16_t lmtp, std::uint16_t customers) {
        const auto root = folder_.path();
        std::filesystem::permissions(root, std::filesystem::perms(0755));
        for (const auto* part : {"etc", "queue", "data"}) std::filesystem::create_directories(root / part);
        const auto* owner = ::getpwnam("postfix");
        EXPECT_NE(owner, nullptr);
        EXPECT_EQ(::chown((root / "data").c_str(), owner->pw_uid, owner->pw_gid), 0);
        std::ofstream{root / "etc/main.cf"} << main_cf(lmtp, customers);
        std::ofstream{root / "etc/master.cf"} << master_cf();
        pid_ = ::fork();
        if (pid_ == 0) {
            const int log = ::open((root / "output").c_str(), O_WRONLY | O_CREAT, 0600);
            ::dup2(log, STDOUT_FILENO);
            ::dup2(log, STDERR_FILENO);
            ::close_range(3, ~0u, 0);
            ::execl("/usr/sbin/postfix", "postfix", "-c", (root / "etc").c_str(), "start-fg", nullptr);
            ::_exit(127);
        }
        EXPECT_TRUE(support::wait_until([this] { return answers(); }, std::chrono::seconds{30})) << log();
    }
    ~Postfix() {
        const auto stop = "/usr/sbin/postfix -c '" + (folder_.path() / "etc").string() + "' stop >/dev/null 2>&1";
        EXPECT_EQ(std::system(stop.c_str()), 0) << log();
        ::waitpid(pid_, nullptr, 0);
    }

    // Somebody else's mail server hands a mail over; what this one said to it.
    std::string accept(const std::string& from, const std::string& to, const std::string& raw) const {
        Poco::Net::DialogSocket socket{Poco::Net::SocketAddress{"127.0.0.1", port}};
        std::string line, all;
        const auto say = [&](const std::string& command) {
            socket.sendMessage(command);
            socket.receiveMessage(line);
            all += line + "\n";
        };
        socket.receiveMessage(line);
        for (const auto& command :
             {std::string{"HELO test.example"}, "MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">", std::string{"DATA"}})
            say(command);
        socket.sendString(raw);
        say(".");
        say("QUIT");
        return all;
    }
    std::string log() const {
        std::string out;
        for (const auto* file : {"output", "maillog"})
            if (const auto text = host::base::read_file(folder_.path() / file)) out += *text;
        return out;
    }

    const std::uint16_t port = free_port();

private:
    bool answers() const {
        try {
            Poco::Net::DialogSocket socket{Poco::Net::SocketAddress{"127.0.0.1", port}};
            std::string greeting;
            return socket.receiveMessage(greeting) && greeting.starts_with("220");
        } catch (const Poco::Exception&) {
            return false;
        }
    }
    std::string main_cf(std::uint16_t lmtp, std::uint16_t customers) const {
        const auto root = folder_.path().string();
        return "compatibility_level = 3.6\nqueue_directory = " + root + "/queue\ndata_directory = " + root +
               "/data\nmaillog_file = " + root +
               "/maillog\nmaillog_file_prefixes = /tmp, /var\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n" +
               "myhostname = mail.guichet.example\nmydestination =\nmynetworks = 127.0.0.0/8\nalias_maps =\nalias_database =\n" +
               "smtpd_relay_restrictions = permit_mynetworks, reject\nvirtual_mailbox_domains = guichet.example\nlocal_recipient_maps =\n" +
               "virtual_transport = lmtp:inet:127.0.0.1:" + std::to_string(lmtp) +
               "\ntransport_maps = inline:{ {client.example = smtp:[127.0.0.1]:" + std::to_string(customers) +
               "} }\nrecipient_delimiter = +\nlmtp_destination_recipient_limit = 5\nqueue_run_delay = 5s\nminimal_backoff_time = 5s\n";
    }
    std::string master_cf() const {
        return "127.0.0.1:" + std::to_string(port) + " inet n - n - - smtpd\n" +
               R"(pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 5 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
)";
    }

    host::plugin_tests::TemporaryFolder folder_;
    pid_t pid_ = -1;
};

}  // namespace mailbox_test
