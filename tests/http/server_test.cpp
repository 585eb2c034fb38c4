// Slow clients, busy handlers, many connections, and the end of the server: security.md R08.
#include "client.hpp"

#include <gmock/gmock.h>

#include <sys/resource.h>

#include <algorithm>
#include <deque>
#include <thread>
#include <vector>

namespace {

using namespace test;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

const std::string kGet = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST(SlowClients, R08_slow_headers_are_closed_with_408) {
    ServerOptions values = options();
    values.header_timeout = 100ms;
    RunningServer site{values};
    Client silent = site.connect();
    silent.send("GET / HT");
    EXPECT_EQ(silent.read().status, 408);
    EXPECT_EQ(silent.read_to_end(), "");

    // Each byte comes in time, the whole does not.
    Client trickling = site.connect();
    const std::string endless = "GET / HTTP/1.1\r\nX: ";
    std::size_t sent = 0;
    while (!trickling.readable_now()) {
        trickling.send(endless.substr(std::min(sent++, endless.size() - 1), 1));
        ::usleep(5000);
    }
    EXPECT_EQ(trickling.read().status, 408);
    EXPECT_EQ(site.handler.calls, 0);
}

TEST(SlowClients, R08_the_second_request_has_its_own_time) {
    ServerOptions values = options();
    values.header_timeout = 100ms;
    RunningServer site{values};
    Client client = site.connect();
    client.send(kGet + "GET /second");
    EXPECT_EQ(client.read().status, 200);
    EXPECT_EQ(client.read().status, 408);
}

TEST(SlowClients, R08_slow_bodies_are_closed) {
    ServerOptions values = options();
    values.progress_window = 100ms;
    values.min_body_bytes_per_s = 1000;
    RunningServer site{values};
    for (const char* framing : {"Content-Length: 100000", "Transfer-Encoding: chunked"}) {
        Client client = site.connect();
        client.send(std::string{"POST / HTTP/1.1\r\nHost: localhost\r\n"} + framing + "\r\n\r\n1000\r\n");
        while (!client.readable_now()) {  // 200 bytes per second
            client.send("x");
            ::usleep(5000);
        }
        EXPECT_EQ(client.read().status, 408);
        EXPECT_EQ(client.read_to_end(), "");
    }
    EXPECT_EQ(site.handler.calls, 0);
}

TEST(SlowClients, a_body_that_keeps_moving_may_take_many_windows) {
    ServerOptions values = options();
    values.progress_window = 1s;
    values.min_body_bytes_per_s = 1000;
    RunningServer site{values};
    Client client = site.connect();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n");
    for (int i = 0; i < 50; ++i) {
        client.send(std::string(1000, 'x'));
        ::usleep(50'000);
    }
    EXPECT_EQ(client.read().status, 200);
}

TEST(SlowClients, idle_connections_are_closed_without_a_word) {
    ServerOptions values = options();
    values.idle_timeout = 1s;
    RunningServer site{values};
    Client fresh = site.connect();
    Client used = site.connect();
    EXPECT_EQ(used.ask(kGet).status, 200);
    EXPECT_EQ(fresh.read_to_end(), "");
    EXPECT_EQ(used.read_to_end(), "");
}

TEST(SlowClients, a_reader_that_does_not_read_is_cut) {
    ServerOptions values = options();
    values.progress_window = 100ms;
    RunningServer site{values};
    Client client{site.server.port(), 4096};
    client.send("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n");
    wait_for([&] { return site.handler.calls == 1; });
    wait_for([&] { return site.server.stats().connections == 0; });
    std::size_t received = 0;
    while (client.receive()) ++received;
    EXPECT_EQ(client.read().status, 0) << "the whole response had room in the kernel";
}

TEST(SlowClients, a_slow_reader_gets_a_big_response_and_holds_no_worker) {
    ServerOptions values = options();
    values.workers = 2;
    RunningServer site{values};
    site.handler.big_bytes = 8u << 20;
    std::deque<Client> readers;
    for (int i = 0; i < 8; ++i) {
        readers.emplace_back(site.server.port(), 65536);
        readers.back().send("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    wait_for([&] { return site.handler.calls == 8; });
    EXPECT_EQ(site.connect().ask(kGet).status, 200);
    for (Client& reader : readers) EXPECT_EQ(reader.read().body.size(), site.handler.big_bytes);
}

TEST(SlowClients, R08_idle_and_trickling_connections_cost_no_thread) {
    RunningServer site;
    std::deque<Client> idle;
    for (int i = 0; i < 200; ++i) idle.push_back(site.connect());
    std::deque<Client> trickling;
    for (int i = 0; i < 50; ++i) trickling.push_back(site.connect());
    const std::string request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nlong body";
    Client health = site.connect();
    for (const char& byte : request) {
        for (const Client& client : trickling) client.send({&byte, 1});
        ASSERT_EQ(health.get("/health/live").status, 200);
    }
    for (Client& client : trickling) EXPECT_THAT(client.read().body, HasSubstr("\n\nlong body"));
    for (Client& client : idle) EXPECT_EQ(client.ask(kGet).status, 200);
}

class BusyWorkers : public ::testing::Test, protected RunningServer {
protected:
    static constexpr int kRunning = 3;  // of 4 workers

    static ServerOptions small() {
        ServerOptions values = options();
        values.max_queued = 2;
        return values;
    }
    BusyWorkers() : RunningServer{small()} {
        for (int i = 0; i < kRunning; ++i) block();
        handler.wait_until_blocked(kRunning);
    }
    Client& block() {
        blocked_.push_back(connect());
        blocked_.back().send("GET /block HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return blocked_.back();
    }
    std::deque<Client> blocked_;
};

TEST_F(BusyWorkers, health_is_answered_while_all_handlers_wait) {
    EXPECT_EQ(server.stats().busy_workers, 3u);
    Client client = connect();
    for (int i = 0; i < 20; ++i) EXPECT_EQ(client.get("/health/live").status, 200);
    handler.release();
    for (Client& other : blocked_) EXPECT_EQ(other.read().status, 200);
    wait_for([&] { return server.stats().busy_workers == 0; });
}

TEST_F(BusyWorkers, requests_wait_in_line_then_are_turned_away) {
    std::deque<Client> waiting;
    for (int i = 0; i < 2; ++i) {
        waiting.push_back(connect());
        waiting.back().send(kGet);
        connect().get("/health/live");  // the one thread left has read what came before
    }
    Client late = connect();
    const Reply reply = late.ask(kGet);
    EXPECT_EQ(reply.status, 503);
    EXPECT_NE(reply.header("retry-after"), "");
    EXPECT_EQ(late.read_to_end(), "");
    EXPECT_FALSE(waiting.front().readable_now());
    handler.release();
    for (Client& client : waiting) EXPECT_EQ(client.read().status, 200);
}

TEST_F(BusyWorkers, malformed_and_slow_requests_are_still_refused) {
    EXPECT_EQ(refused("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"), 413);
}

TEST(Connections, more_than_the_maximum_are_told_so) {
    ServerOptions values = options();
    values.max_connections = 10;
    RunningServer site{values};
    std::deque<Client> present;
    for (int i = 0; i < 10; ++i) {
        present.push_back(site.connect());
        EXPECT_EQ(present.back().ask(kGet).status, 200);
    }
    {
        Client late = site.connect();
        const Reply reply = late.ask(kGet);
        EXPECT_EQ(reply.status, 503);
        EXPECT_NE(reply.header("retry-after"), "");
        EXPECT_EQ(late.read_to_end(), "");
    }
    for (Client& client : present) EXPECT_EQ(client.ask(kGet).status, 200);
    present.clear();
    wait_for([&] { return site.server.stats().connections == 0; });
    EXPECT_EQ(site.connect().ask(kGet).status, 200);
}

// The limit is lowered behind the server's back, so that accept() itself fails.
TEST(Connections, running_out_of_descriptors_is_survived) {
    RunningServer site;
    std::vector<Client> clients(20);
    const int first_free = ::dup(0);
    ::close(first_free);
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    rlimit low = before;
    low.rlim_cur = static_cast<rlim_t>(first_free);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
    for (Client& client : clients) {
        client.connect(site.server.port());
        client.send(kGet);
    }
    EXPECT_EQ(site.server.stats().connections, 0u);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    for (Client& client : clients) EXPECT_EQ(client.read().status, 200);
}

TEST(Connections, many_keep_alive_clients) {
    constexpr int kClients = 32;
    constexpr int kRequests = 300;
    RunningServer site;
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int c = 0; c < kClients; ++c)
        threads.emplace_back([&, c] {
            Client client = site.connect();
            for (int i = 0; i < kRequests; ++i) {
                const std::string path = "/" + std::to_string(c) + "/" + std::to_string(i);
                const Reply reply = client.get(path);
                if (reply.status != 200 || reply.body.find("GET\n" + path + "\n") != 0) ++wrong;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(site.handler.calls, kClients * kRequests);
    EXPECT_EQ(site.server.stats().requests, static_cast<std::uint64_t>(kClients * kRequests));
    EXPECT_EQ(site.server.stats().refused, 0u);
}

TEST(Stop, under_load_loses_no_request_that_was_begun) {
    EchoHandler handler;
    host::http::Server server{options(), handler};
    server.start();
    std::atomic<int> answered{0};
    std::vector<std::thread> threads;
    for (int c = 0; c < 16; ++c)
        threads.emplace_back([&] {
            Client client{server.port()};
            while (client.get("/").status == 200) ++answered;
        });
    wait_for([&] { return handler.calls > 2000; });
    server.stop(5s);
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(answered, handler.calls);
    EXPECT_EQ(server.stats().connections, 0u);
}

TEST(Stop, lets_running_and_waiting_requests_finish) {
    EchoHandler handler;
    host::http::Server server{options(), handler};
    server.start();
    std::deque<Client> clients;
    for (int i = 0; i < 5; ++i) {  // 3 run, 2 are in line
        clients.emplace_back(server.port());
        clients.back().send("GET /block HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    handler.wait_until_blocked(3);
    Client idle{server.port()};
    EXPECT_EQ(idle.get("/health/live").status, 200);
    std::thread stopping{[&] { server.stop(30s); }};
    EXPECT_EQ(idle.read_to_end(), "") << "idle connections end at once";
    EXPECT_THROW(Client{server.port()}, std::runtime_error);
    handler.release();
    for (Client& client : clients) {
        const Reply reply = client.read();
        EXPECT_EQ(reply.status, 200);
        EXPECT_EQ(reply.header("connection"), "close");
    }
    stopping.join();
}

TEST(Stop, does_not_wait_longer_than_the_grace_for_clients) {
    EchoHandler handler;
    host::http::Server server{options(), handler};
    server.start();
    Client reader{server.port(), 4096};
    reader.send("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n");
    wait_for([&] { return handler.calls == 1; });
    Client half{server.port()};
    half.send("GET / HTTP/1.1\r\nHo");
    server.stop(50ms);
    EXPECT_EQ(half.read_to_end(), "");
    EXPECT_EQ(reader.read().status, 0);
}

TEST(Stop, without_start_and_twice) {
    EchoHandler handler;
    host::http::Server never_started{options(), handler};
    never_started.stop(0ms);
    host::http::Server server{options(), handler};
    server.start();
    server.stop(0ms);
    server.stop(0ms);
}

TEST(Start, on_a_port_in_use_throws) {
    RunningServer site;
    ServerOptions values = options();
    values.port = site.server.port();
    EchoHandler handler;
    EXPECT_ANY_THROW((host::http::Server{values, handler}));
}

}  // namespace
