// Deadlines per second on one core: one calendar of a French office, starts all over two years, a pause in every third. Run by
// scripts/bench_sla.
#include "clock_desk.hpp"

#include <chrono>
#include <cstdio>

int main() {
    using namespace sla;
    constexpr int kDeadlines = 200'000;
    auto calendar = office({{9 * 60, 12 * 60}, {14 * 60, 18 * 60}});
    calendar.holidays = Holidays::france;
    Opening opening{calendar};
    const auto begin = at("2025-01-06 09:00");
    std::int64_t sum = 0;  // so that nothing is left out
    const auto from = std::chrono::steady_clock::now();
    for (int i = 0; i < kDeadlines; ++i) {
        const auto start = begin + std::chrono::minutes{(i * 7919LL) % (2 * 365 * 1440)};
        Course course{start, hours(1 + i % 40)};
        if (i % 3 == 0) course.pauses.push_back({start + std::chrono::hours{1}, start + std::chrono::hours{30}});
        sum += deadline(opening, course, start + std::chrono::hours{48}).reckoned.time_since_epoch().count();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - from;
    std::printf("deadlines per second, one core: %.0f (%lld)\n", kDeadlines / took.count(), static_cast<long long>(sum % 10));
}
