// Whatever is done in whatever order: no second lost, no overlap. Random, and the same each time.
#include "desk_of_time.hpp"

#include <random>
#include <thread>

namespace timesheet_test {
namespace {

class Property : public Time {
protected:
    static constexpr auto kOverlaps =
        "select count(*) from timesheet.entry a join timesheet.entry b on a.user_id = b.user_id and a.id < b.id"
        " and a.starts_at < b.ends_at and b.starts_at < a.ends_at";
    static std::string instant(std::int64_t minute) {  // of the first days of June 2025
        return text("select to_char(('2025-06-02 00:00:00+00'::timestamptz + " + std::to_string(minute) +
                    " * interval '1 minute') at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
    }
};

// What one of several tabs of the same user does.
void work(Api api, const std::string& ticket, unsigned seed, const std::vector<std::string>& instants, std::atomic<int>& wrong) {
    std::mt19937 random{seed};
    const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>{0, n - 1}(random); };
    const auto expect = [&](const Answer& answer, std::initializer_list<int> statuses) {
        if (std::ranges::find(statuses, answer.status) == statuses.end()) ++wrong, ADD_FAILURE() << answer.status << " " << answer.body;
        return answer;
    };
    const auto span = [&] {
        const auto from = pick(instants.size() - 1);
        const auto to = from + 1 + pick(std::min<std::size_t>(6, instants.size() - 1 - from));
        return R"("starts_at":")" + instants[from] + R"(","ends_at":")" + instants[to] + "\"";
    };
    for (int step = 0; step < 40; ++step) {
        const auto list = api.get("/api/v1/time-entries?limit=200");
        const auto& items = *list.json().get("items");
        const auto some = items.size() ? std::to_string(items.at(pick(items.size()))->get("id")->as_integer()) : std::string{"1"};
        switch (pick(6)) {
            case 0:
            case 1:
                expect(api.post("/api/v1/time-entries", R"({"ticket_id":)" + ticket + "," + span() + "}"), {201, 409});
                break;
            case 2:
                expect(api.patch("/api/v1/time-entries/" + some, "{" + span() + "}"), {200, 404, 409});
                break;
            case 3:
                expect(api.del("/api/v1/time-entries/" + some), {204, 404});
                break;
            default: {
                const auto stopwatch = expect(api.post("/api/v1/stopwatches", R"({"ticket_id":)" + ticket + "}"), {200, 201});
                expect(api.post("/api/v1/stopwatches/" + id(stopwatch) + "/stop", ""), {200, 404});
                expect(api.post("/api/v1/stopwatches/" + id(stopwatch) + "/record", "{" + span() + "}"), {201, 404, 409});
            }
        }
    }
}

TEST_F(Property, ConcurrentStartsStopsAndEditsNeverOverlap) {
    auto api = desk().api();
    const auto on = ticket(api);
    std::vector<std::string> instants;
    for (int i = 0; i < 30; ++i) instants.push_back(instant(i * 20));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> tabs;
    for (unsigned seed = 1; seed <= 6; ++seed)
        tabs.emplace_back([&, seed, own = desk().api()]() mutable { work(std::move(own), id(on), seed, instants, wrong); });
    for (auto& tab : tabs) tab.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(count(kOverlaps), 0);
    EXPECT_GT(count("select count(*) from timesheet.entry"), 0);
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch where stopped_at is null"), 0);
}

TEST_F(Property, TheTableRefusesAnOverlapWhateverTheCodeDoes) {
    auto api = desk().api();
    const auto insert = [&](const std::string& user) {
        run("insert into timesheet.entry (user_id, ticket_id, ticket_ref, day, starts_at, ends_at, seconds) values (" + user +
            ", 1, 'T', '2025-06-02', '2025-06-02 07:00:00Z', '2025-06-02 08:00:00Z', 3600)");
    };
    insert("1");
    insert("2");
    EXPECT_THROW(insert("1"), host::db::Error);
    EXPECT_THROW(run("update timesheet.entry set seconds = 3599"), host::db::Error);  // no second more or less than the clock
}

TEST_F(Property, StopwatchesOneAfterTheOtherLoseNoSecond) {
    auto api = desk().api();
    auto browser = logged_in();
    std::mt19937 random{7};
    std::int64_t expected = 0;
    auto at = text(
        "select extract(epoch from '2025-10-24 17:13:21+00'::timestamptz)::bigint::text");  // over the night when the clock is set back
    for (int i = 0; i < 12; ++i) {
        const auto on = ticket(api);
        const auto stopwatch = start(api, on);
        const auto seconds = std::uniform_int_distribution<std::int64_t>{1, 23 * 3600}(random);
        const auto end = std::to_string(std::stoll(at) + seconds);
        run("update timesheet.stopwatch set started_at = to_timestamp(" + at + "), stopped_at = to_timestamp(" + end + ")");
        const auto path = "/time/stopwatches/" + id(stopwatch);
        const auto form = browser.get(path).body;
        Fields typed;  // sent as it was shown
        for (const std::string name : {"day", "from", "to", "until_day"})
            if (const auto field = form.find("id=\"f-" + name + "\""); field != std::string::npos)
                typed[name] = between(form.substr(field), "value=\"", "\"");
        EXPECT_EQ(browser.post(path + "/record", typed).status, 303);
        expected += seconds;
        at = end;
    }
    EXPECT_EQ(count("select sum(seconds) from timesheet.entry"), expected);
    EXPECT_EQ(count("select extract(epoch from max(ends_at) - min(starts_at))::bigint from timesheet.entry"), expected);
    EXPECT_EQ(count(kOverlaps), 0);
}

TEST_F(Property, TypedTimesAreWhatTheClockSays) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto on = ticket(api);
    settings({{"allow_overlaps", "1"}});
    std::mt19937 random{11};
    const auto pick = [&](int most) { return std::uniform_int_distribution<int>{0, most}(random); };
    for (int i = 0; i < 60; ++i) {
        char from[8], to[8];
        std::snprintf(from, sizeof from, "%02d:%02d", pick(23), pick(59));
        std::snprintf(to, sizeof to, "%02d:%02d", pick(23), pick(59));
        if (std::string{from} == to) continue;
        const std::string day = i % 3 == 0 ? "2025-03-30" : i % 3 == 1 ? "2025-10-26" : "2025-06-02";
        const auto answer = browser.post("/time/entries/new", {{"ticket_id", id(on)}, {"day", day}, {"from", from}, {"to", to}});
        if (answer.status == 422) {
            EXPECT_TRUE(answer.contains("The clock skips this time") || answer.contains("not after the begin")) << day << from << to;
            continue;
        }
        const auto until = std::string{to} < from ? " + 1" : "";
        const auto local = [&](const std::string& plus, const std::string& time) {
            return "(('" + day + "'::date" + plus + ")::text || ' " + time + "')::timestamp at time zone 'Europe/Paris'";
        };
        EXPECT_EQ(count("select seconds from timesheet.entry order by id desc limit 1"),
                  count("select extract(epoch from (" + local(until, to) + ") - (" + local("", from) + "))::bigint"))
            << day << " " << from << " " << to;
    }
}

}  // namespace
}  // namespace timesheet_test
