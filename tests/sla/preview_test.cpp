// POST /api/v1/sla/preview: rows of sla.md 6.4 as REST, and what is refused.
#include "tickets/desk_of_tickets.hpp"

namespace {

using web_test::Answer;

std::string calendar(const std::string& more = {}) {
    std::string week;
    for (const auto day : {"mon", "tue", "wed", "thu", "fri"})
        week += (week.empty() ? "\"" : ",\"") + std::string{day} + R"(":[["09:00","17:00"]])";
    return R"({"zone":"Europe/Paris","week":{)" + week + "}" + (more.empty() ? "" : "," + more) + "}";
}
std::string asked(const std::string& start, const std::string& target, const std::string& more = {}, const std::string& with = calendar()) {
    return R"({"calendar":)" + with + R"(,"start":")" + start + R"(","target":)" + target + (more.empty() ? "" : "," + more) + "}";
}

class Preview : public web_test::DeskTest {
protected:
    Answer post(const std::string& json) { return api_.post("/api/v1/sla/preview", json); }
    std::string due(const std::string& json) {
        const auto answer = post(json);
        EXPECT_EQ(answer.status, 200) << json << " -> " << answer.body;
        return answer.text("due_at");
    }
    std::string problem(const std::string& json, const std::string& member) {
        const auto answer = post(json);
        EXPECT_EQ(answer.status, 422) << json << " -> " << answer.body;
        EXPECT_NE(answer.error(member), "") << member << ": " << answer.body;
        return answer.error(member);
    }
    web_test::Api api_ = desk().api();
};

constexpr auto kFourHours = R"({"minutes":240})";

TEST_F(Preview, WhatIsMissingOrWrongIsSaidBesideIt) {
    const auto empty = post("{}");
    EXPECT_EQ(empty.status, 422);
    for (const auto member : {"calendar", "start", "target"}) EXPECT_NE(empty.error(member), "") << member;
    const std::string start = "2026-03-02T10:00:00+01:00";
    problem(asked(start, "{}"), "target");
    problem(asked(start, R"({"minutes":-1})"), "target.minutes");
    problem(asked(start, R"({"minutes":"240"})"), "target.minutes");
    problem(asked(start, R"({"minutes":100000000000})"), "target.minutes");
    problem(asked(start, R"({"minutes":1,"hours":4})"), "target.hours");
    problem(asked("2026-03-02T10:00:00", kFourHours), "start");
    problem(asked(start, kFourHours, R"("now":"yesterday")"), "now");
    problem(asked(start, kFourHours, R"("now":"2126-03-02T10:00:00Z")"), "now");
    problem(asked(start, kFourHours, R"("reopen_policy":"never")"), "reopen_policy");
    problem(asked(start, kFourHours, R"("reopened_at":"2026-03-02T12:00:00Z")"), "reopened_at");
    problem(asked(start, kFourHours, R"("closed_at":"2026-03-02T13:00:00Z","reopened_at":"2026-03-02T12:00:00Z")"), "reopened_at");
    problem(asked(start, kFourHours, R"("pauses":[["2026-03-02T12:00:00Z","2026-03-02T11:00:00Z"]])"), "pauses.0");
    problem(asked(start, kFourHours, R"("pauses":[null])"), "pauses.0");
    problem(asked(start, kFourHours, R"("pauses":"none")"), "pauses");
    problem(asked(start, kFourHours, R"("whatever":1)"), "whatever");
}

TEST_F(Preview, CalendarsAreCheckedMemberByMember) {
    const auto with = [](const std::string& json) { return asked("2026-03-02T10:00:00+01:00", kFourHours, {}, json); };
    problem(with(R"({"zone":"Europe/Lutece"})"), "calendar.zone");
    problem(with(R"({"zone":"Europe/Paris","week":{"mon":[["09:00","25:00"]]}})"), "calendar.week.mon.0");
    problem(with(R"({"zone":"Europe/Paris","week":{"mon":[["24:00","24:00"]]}})"), "calendar.week.mon.0");
    problem(with(R"({"zone":"Europe/Paris","week":{"mon":[["09:00"]]}})"), "calendar.week.mon.0");
    problem(with(R"({"zone":"Europe/Paris","week":{"monday":[]}})"), "calendar.week.monday");
    problem(with(R"({"zone":"Europe/Paris","week":[]})"), "calendar.week");
    problem(with(calendar(R"("closed":["2026-02-30"])")), "calendar.closed.0");
    problem(with(calendar(R"("closed_yearly":["12-25","25-12"])")), "calendar.closed_yearly.1");
    problem(with(calendar(R"("hours":{"2026-13-01":[]})")), "calendar.hours.2026-13-01");
    problem(with(calendar(R"("holidays":"DE")")), "calendar.holidays");
    std::string many;
    for (int i = 0; i < 13; ++i) many += std::string{i ? "," : ""} + R"(["09:00","10:00"])";
    problem(with(R"({"zone":"Europe/Paris","week":{"mon":[)" + many + "]}}"), "calendar.week.mon");
}

TEST_F(Preview, ACalendarThatNeverOpensIsRefused) {
    const auto start = "2026-03-02T10:00:00+01:00";
    problem(asked(start, kFourHours, {}, R"({"zone":"Europe/Paris"})"), "calendar");
    problem(asked(start, R"({"working_days":1})", {}, R"({"zone":"Europe/Paris","week":{}})"), "calendar");
    problem(asked(start, R"({"minutes":527040})", {}, R"({"zone":"Europe/Paris","hours_yearly":{"07-14":[["10:00","10:01"]]}})"),
            "calendar");
}

TEST_F(Preview, RowsOfTheTable) {
    EXPECT_EQ(due(asked("2026-03-02T10:00:00+01:00", kFourHours)), "2026-03-02T14:00:00+01:00");            // 1
    EXPECT_EQ(due(asked("2026-03-02T09:00:00+01:00", R"({"minutes":480})")), "2026-03-02T17:00:00+01:00");  // 2
    EXPECT_EQ(due(asked("2026-12-24T16:00:00+01:00", R"({"minutes":120})", {}, calendar(R"("closed_yearly":["12-25"])"))),
              "2026-12-28T10:00:00+01:00");                                                                 // 11
    EXPECT_EQ(due(asked("2026-03-27T16:00:00+01:00", R"({"minutes":120})")), "2026-03-30T10:00:00+02:00");  // 12
    EXPECT_EQ(due(asked("2026-04-30T10:00:00+02:00", R"({"working_days":2,"minutes":0})", {}, calendar(R"("closed":["2026-05-01"])"))),
              "2026-05-05T10:00:00+02:00");  // 28
    EXPECT_EQ(due(asked("2026-04-30T10:00:00+02:00", R"({"working_days":2})", {}, calendar(R"("holidays":"FR")"))),
              "2026-05-05T10:00:00+02:00");
    EXPECT_EQ(
        due(asked("2026-03-10T09:00:00Z", R"({"minutes":60})", {}, R"({"zone":"America/New_York","week":{"tue":[["09:00","17:00"]]}})")),
        "2026-03-10T10:00:00-04:00");  // 26
    EXPECT_EQ(due(asked("2026-03-28T22:00:00+01:00", R"({"minutes":480})", {},
                        R"({"zone":"Europe/Paris","week":{"sat":[["22:00","06:00"]],"sun":[["22:00","06:00"]]}})")),
              "2026-03-29T23:00:00+02:00");  // 16
}

TEST_F(Preview, Row20_APauseOverAWeekend) {
    const auto answer =
        post(asked("2026-03-06T15:00:00+01:00", kFourHours,
                   R"("pauses":[["2026-03-06T16:00:00+01:00","2026-03-09T10:00:00+01:00"]],"now":"2026-03-09T12:00:30+01:00")"));
    EXPECT_EQ(answer.text("due_at"), "2026-03-09T13:00:00+01:00");
    EXPECT_EQ(answer.integer("paused_minutes"), 120);
    EXPECT_DOUBLE_EQ(answer.json().get("elapsed_minutes")->as_real(), 180.5);
    EXPECT_FALSE(answer.json().get("breached")->as_bool());
}

TEST_F(Preview, Row22_StillPausedHasNoDueInstant) {
    const auto answer = post(asked("2026-03-06T15:00:00+01:00", kFourHours,
                                   R"("pauses":[["2026-03-06T16:00:00+01:00",null]],"now":"2026-03-09T10:30:00+01:00")"));
    EXPECT_TRUE(answer.json().get("due_at")->is(host::base::Value::Type::null)) << answer.body;
    EXPECT_EQ(answer.integer("elapsed_minutes"), 60);
}

TEST_F(Preview, WithoutNowItIsNow) {
    const auto answer = post(asked("2026-03-02T10:00:00+01:00", R"({"minutes":60})"));
    EXPECT_TRUE(answer.json().get("breached")->as_bool()) << answer.body;
}

TEST_F(Preview, IsForPeopleWhoMayReadTickets) {
    web_test::Client nobody{desk().port()};
    EXPECT_EQ(nobody.send("POST", "/api/v1/sla/preview", {{"Content-Type", "application/json"}}, "{}").status, 401);
}

}  // namespace
