// Events per second through the outbox, beside what pgbench reaches with the same statements. Run by scripts/bench_events.
#include "event/dispatcher.hpp"
#include "event/subscriptions.hpp"
#include "plugin/desk.hpp"
#include "support/wait.hpp"

#include <atomic>
#include <cstdio>
#include <thread>

namespace {

using namespace host;
using Clock = std::chrono::steady_clock;

constexpr int kEvents = 20'000;
constexpr int kSeconds = 5;

// "tps" of a pgbench script.
double pgbench(const std::string& program, const std::string& url, const std::string& script, int clients) {
    const plugin_tests::TemporaryFolder folder;
    const auto file = folder.path() / "script.sql";
    base::write_file(file, script);
    const auto command = program + " -n -M prepared -T " + std::to_string(kSeconds) + " -c " + std::to_string(clients) + " -j 2 -f " +
                         file.string() + " '" + url + "' 2>/dev/null";
    FILE* out = ::popen(command.c_str(), "r");
    double tps = 0;
    for (char line[512]; out && std::fgets(line, sizeof line, out);) std::sscanf(line, "tps = %lf", &tps);
    if (out) ::pclose(out);
    return tps;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
    return text;
}

struct Bench {
    explicit Bench(std::string pgbench_program) : program{std::move(pgbench_program)} {
        for (const char* id : {"shop", "log"}) packages.add(id);
        desk = std::make_unique<plugin_tests::Desk>(database, packages.path());
        desk->registry.observe([this](const plugin::Snapshot& next) { event::sync_subscriptions(desk->pool, next); });
        for (const char* id : {"shop", "log"})
            if (!desk->lifecycle.enable(id)) throw std::runtime_error{"a package of the bench cannot be enabled"};
    }

    void fill() {
        desk->pool.exec("truncate core.outbox, core.delivery");
        for (int i = 0; i < kEvents; i += 1000)
            desk->pool.exec("select core.publish('shop.ordered', 1, 'order/' || n % 1000, jsonb_build_object('id', n, 'item', 'plain', 'price', 10, 'notes', '[]'::jsonb), 0)"
                            " from generate_series($1::int, $1::int + 999) n", {i});
        desk->pool.exec("analyze core.delivery");
    }

    double published(int threads) {
        static std::atomic<std::int64_t> next{1'000'000};
        std::atomic<std::int64_t> done{0};
        const auto end = Clock::now() + std::chrono::seconds{kSeconds};
        std::vector<std::thread> all;
        for (int i = 0; i < threads; ++i)
            all.emplace_back([&] {
                while (Clock::now() < end)
                    if (desk->get("/shop/order/" + std::to_string(++next) + "/plain").status == GUICHET_OK) ++done;
            });
        for (auto& thread : all) thread.join();
        return static_cast<double>(done) / kSeconds;
    }

    double delivered(int threads) {
        fill();
        event::Dispatcher dispatcher{desk->services, desk->registry, threads};
        const auto begin = Clock::now();
        dispatcher.start();
        support::wait_until([&] { return dispatcher.stats().done >= kEvents; }, std::chrono::seconds{120});
        const std::chrono::duration<double> took = Clock::now() - begin;
        dispatcher.stop();
        return static_cast<double>(dispatcher.stats().done) / took.count();
    }

    double publish_baseline(int clients) {
        return pgbench(program, database.url, "\\set n random(1, 1000000000)\n"
                                     "begin;\ninsert into shop.orders (id, item, price, notes) values (:n, 'plain', 10, '') on conflict do nothing;\n"
                                     "select core.publish('shop.ordered', 1, 'order/' || :n % 10, '{\"id\": 1, \"item\": \"plain\", \"price\": 10, \"notes\": []}', 0);\ncommit;\n",
                       clients);
    }

    double deliver_baseline(int clients) {
        fill();
        const auto claim = replaced(replaced(replaced(replaced(queue::Queue{desk->pool, event::kDeliveries}.claim_sql(), "$1", "'{log/ordered/shop.ordered}'"), "$2", "1"), "$3", "1"),
                                    "returning t.id, t.fence,", "returning t.id as lease_id, t.fence as lease_fence,");
        const auto finish = replaced(replaced(queue::Queue{desk->pool, event::kDeliveries}.finish_sql(), "$1", ":lease_id"), "$2", ":lease_fence");
        return pgbench(program, database.url, claim + " \\gset\nbegin;\ninsert into log.seen (delivery_id, subject, order_id, attempt) values (:lease_id, 'order/1', 1, 1);\n" + finish + ";\ncommit;\n", clients);
    }

    std::string program;
    plugin_tests::Database database;
    plugin_tests::Packages packages;
    std::unique_ptr<plugin_tests::Desk> desk;
};

}  // namespace

int main(int argc, char** argv) {
    Bench bench{argc > 1 ? argv[1] : "pgbench"};
    std::printf("%-44s %10s %10s\n", "events per second", "1 worker", "4 workers");
    const auto row = [](const char* what, double one, double four) { std::printf("%-44s %10.0f %10.0f\n", what, one, four); };
    row("published by the host (order, hooks, outbox)", bench.published(1), bench.published(4));
    row("  pgbench, the same statements", bench.publish_baseline(1), bench.publish_baseline(4));
    row("delivered by the host (8 to a claim)", bench.delivered(1), bench.delivered(4));
    row("  pgbench, the same statements (1 to a claim)", bench.deliver_baseline(1), bench.deliver_baseline(4));
}
