// S3-18: time that is entered on a ticket.
#include "desk_of_time.hpp"

namespace timesheet_test {
namespace {

class Entry : public Time {
protected:
    Answer add(const Fields& fields) {
        auto all = fields;
        all.emplace("ticket_id", id(on_));
        all.emplace("day", "2025-06-02");
        return browser_.post("/time/entries/new", all);
    }
    static std::string latest(const std::string& what) {
        return text("select (" + what + ")::text from timesheet.entry order by id desc limit 1");
    }

    Api api_ = desk().api();
    Browser browser_ = logged_in();
    Answer on_ = ticket(api_, "Saisie");
};

TEST_F(Entry, WhatCannotBeMeantIsSaidBesideItsFieldAndNothingIsLost) {
    struct Case {
        Fields fields;
        std::string field, message;
    };
    const std::vector<Case> cases = {
        {{{"day", "2025-02-30"}, {"duration", "1 h"}}, "day", "Enter a date."},
        {{}, "duration", "Enter a duration such as"},
        {{{"duration", "90"}}, "duration", "Enter a duration such as"},
        {{{"duration", "-1 h"}}, "duration", "Enter a duration such as"},
        {{{"duration", "0 min"}}, "duration", "Enter a duration such as"},
        {{{"duration", "1 h 75"}}, "duration", "Enter a duration such as"},
        {{{"duration", "900 h"}}, "duration", "more than 31 days"},
        {{{"to", "10:00"}}, "from", "Enter when it began"},
        {{{"from", "25:00"}, {"to", "10:00"}}, "from", "Enter a time of day"},
        {{{"from", "09:00"}}, "to", "Enter when it ended"},
        {{{"from", "09:00"}, {"to", "10:00"}, {"duration", "2 h"}}, "duration", "From and to make 1 h:"},
        {{{"day", "2025-03-30"}, {"from", "02:30"}, {"to", "04:00"}}, "from", "The clock skips this time"},
        {{{"day", "2999-01-01"}, {"duration", "1 h"}}, "day", "still to come"},
        {{{"day", "2999-01-01"}, {"from", "09:00"}, {"to", "10:00"}}, "to", "still to come"},
        {{{"duration", "1 h"}, {"activity", "DREAMING"}}, "activity", "Choose one of the list."},
        {{{"duration", "1 h"}, {"note", std::string(2001, 'x')}}, "note", "at most 2000 characters"},
    };
    for (const auto& [fields, field, message] : cases) {
        const auto answer = add(fields);
        EXPECT_EQ(answer.status, 422) << message;
        EXPECT_NE(between(answer.body, "id=\"e-" + field + "\"", "</div>").find(message), std::string::npos)
            << field << ": " << answer.body;
    }
    EXPECT_EQ(count("select count(*) from timesheet.entry"), 0);
    EXPECT_TRUE(add({{"from", "09:00"}, {"note", "gardé"}}).contains("gardé"));
}

TEST_F(Entry, S3_18_a_duration_or_from_and_to_is_recorded_on_the_ticket) {
    EXPECT_EQ(add({{"duration", "1 h 30"}, {"note", "Sur place"}, {"activity", "ON_SITE"}}).status, 303);
    EXPECT_EQ(latest("concat_ws(' ', seconds, starts_at is null, billable, day)"), "5400 t f 2025-06-02");
    EXPECT_EQ(add({{"from", "09:00"}, {"to", "09:45"}, {"billable", "1"}}).status, 303);
    EXPECT_EQ(latest("concat_ws(' ', seconds, starts_at at time zone 'UTC', billable)"), "2700 2025-06-02 07:00:00 t");
    EXPECT_EQ(add({{"from", "10:00"}, {"duration", "0:20"}}).status, 303);
    EXPECT_EQ(latest("concat_ws(' ', seconds, to_char(ends_at at time zone 'Europe/Paris', 'HH24:MI'))"), "1200 10:20");
    const auto shown = browser_.get(time_of(on_));
    EXPECT_TRUE(shown.contains("2 h 35 min") && shown.contains("Sur place") && shown.contains("On site")) << shown.body;
}

TEST_F(Entry, MidnightAndTheChangesOfTheClockCountRealSeconds) {
    const auto seconds = [&](const std::string& day, const std::string& from, const std::string& to) {
        EXPECT_EQ(add({{"day", day}, {"from", from}, {"to", to}}).status, 303) << day;
        return latest("seconds");
    };
    EXPECT_EQ(seconds("2025-06-02", "23:30", "00:45"), "4500");
    EXPECT_EQ(seconds("2025-03-30", "01:30", "03:30"), "3600");   // one hour is missing
    EXPECT_EQ(seconds("2025-10-26", "01:30", "03:30"), "10800");  // one is there twice
    EXPECT_EQ(seconds("2024-03-30", "23:00", "22:00"), "79200");  // a day of 23 hours, one hour short
    EXPECT_EQ(latest("day"), "2024-03-30");
    EXPECT_EQ(seconds("2025-12-31", "22:00", "02:00"), "14400");
}

TEST_F(Entry, AnHourThatComesTwiceStaysTheOneItWasWhenItIsEditedElsewhere) {
    // 02:10 before the clock is set back to 02:20 after it
    ASSERT_EQ(spend(api_, on_, R"("starts_at":"2025-10-26T00:10:00Z","ends_at":"2025-10-26T01:20:00Z")").status, 201);
    const auto where = "/time/entries/" + latest("id");
    EXPECT_TRUE(browser_.get(where).contains("1 h 10 min"));
    const auto saved =
        browser_.post(where, {{"version", "1"}, {"day", "2025-10-26"}, {"from", "02:10"}, {"to", "02:20"}, {"note", "relu"}});
    EXPECT_EQ(saved.status, 303) << saved.body;
    EXPECT_EQ(latest("concat_ws(' ', seconds, note)"), "4200 relu");
}

TEST_F(Entry, OverlapsNoOtherOfTheUserUnlessTheSettingAllowsIt) {
    desk().add_user("collegue");
    const std::string nine = R"("starts_at":"2025-06-02T07:00:00Z","ends_at":"2025-06-02T08:00:00Z")";
    ASSERT_EQ(spend(api_, on_, nine).status, 201);
    EXPECT_EQ(spend(api_, on_, nine).status, 409);
    auto colleague = desk().api("collegue");
    EXPECT_EQ(spend(colleague, on_, nine).status, 201);
    const auto clash = add({{"from", "09:59:59"}, {"to", "11:00"}});
    EXPECT_EQ(clash.status, 422);
    EXPECT_NE(between(clash.body, "id=\"e-from\"", "</div>").find("already from 09:00 to 10:00"), std::string::npos) << clash.body;
    EXPECT_EQ(add({{"from", "10:00"}, {"to", "11:00"}}).status, 303);
    EXPECT_EQ(add({{"duration", "8 h"}}).status, 303);  // nobody says when
    const auto second = "/api/v1/time-entries/" + text("select max(id)::text from timesheet.entry where starts_at is not null");
    EXPECT_EQ(api_.patch(second, R"({"starts_at":"2025-06-02T07:30:00Z","ends_at":"2025-06-02T08:30:00Z"})").status, 409);
    settings({{"allow_overlaps", "1"}});
    EXPECT_EQ(spend(api_, on_, nine).status, 201);
    settings({});
    EXPECT_EQ(spend(api_, on_, nine).status, 409);  // what was allowed then stays, and nothing comes upon it
}

TEST_F(Entry, IsEditedAndDeletedByPermission) {
    desk().add_user("auteur");
    desk().add_user("autre");
    desk().add_user("chef", "manager");
    auto author = desk().api("auteur"), other = desk().api("autre"), manager = desk().api("chef");
    const auto entry = "/api/v1/time-entries/" + id(spend(author, on_, R"("day":"2025-06-02","seconds":600)"));
    EXPECT_EQ(other.get(entry).status, 200);
    EXPECT_EQ(other.patch(entry, R"({"note":"x"})").status, 403);
    EXPECT_EQ(other.del(entry).status, 403);
    EXPECT_EQ(logged_in("autre").post("/time/entries/" + entry.substr(21), {{"version", "1"}}).status, 403);
    EXPECT_EQ(author.patch(entry, R"({"note":"moi"})").integer("version"), 2);
    EXPECT_EQ(manager.patch(entry, R"({"note":"chef"})").status, 200);
    desk().set_level("agent", "timesheet.entry.read", 1);
    desk().add_user("nouveau");
    auto fresh = desk().api("nouveau");
    EXPECT_EQ(fresh.get(entry).status, 404);
    EXPECT_EQ(fresh.get("/api/v1/time-entries").json().get("items")->size(), 0u);
    EXPECT_FALSE(logged_in("nouveau").get("/time?user=all").contains("chef</div>"));
    desk().set_level("agent", "timesheet.entry.read", 3);
    EXPECT_EQ(manager.del(entry).status, 204);
    EXPECT_EQ(manager.get(entry).status, 404);
}

TEST_F(Entry, TheTitleOfATicketIsNotToldToWhoMayNotSeeIt) {
    desk().add_user("aveugle");
    const auto secret = ticket(api_, "Licenciement");
    ASSERT_EQ(spend(api_, secret, R"("day":"2025-06-02","seconds":600)").status, 201);
    desk().set_level("agent", "tickets.ticket.read", 1);
    auto browser = logged_in("aveugle");
    for (const auto path : {"/time?user=all", "/time/export?user=all"}) {
        const auto answer = browser.get(path);
        EXPECT_TRUE(answer.contains(secret.text("ref"))) << path;
        EXPECT_FALSE(answer.contains("Licenciement")) << path;
    }
    auto api = desk().api("aveugle");
    EXPECT_EQ(spend(api, secret, "\"seconds\":60").error("ticket_id"), "Ce ticket n’existe pas.");
    desk().set_level("agent", "tickets.ticket.read", 3);
}

TEST_F(Entry, TwoWhoSaveAtOnceAreToldOfEachOther) {
    const auto made = spend(api_, on_, R"("day":"2025-06-02","seconds":600)");
    const auto path = "/api/v1/time-entries/" + id(made);
    EXPECT_EQ(made.header("ETag"), "\"v1\"");
    EXPECT_EQ(api_.patch(path, R"({"note":"a"})", {{"If-Match", "\"v1\""}}).status, 200);
    EXPECT_EQ(api_.patch(path, R"({"note":"b"})", {{"If-Match", "\"v1\""}}).status, 412);
    EXPECT_EQ(api_.patch(path, R"({"note":"b","version":1})").status, 409);
    const auto stale =
        browser_.post("/time/entries/" + id(made), {{"version", "1"}, {"day", "2025-06-02"}, {"duration", "1 h"}, {"note", "le mien"}});
    EXPECT_EQ(stale.status, 422);
    EXPECT_TRUE(stale.contains("changed this entry") && stale.contains("le mien")) << stale.body;
    EXPECT_EQ(latest("note"), "a");
}

TEST_F(Entry, RestSaysAllThatIsWrongAtOnce) {
    const auto answer = spend(api_, on_, R"("starts_at":"2025-06-02","note":7,"billable":"yes","activity":"DREAMING","colour":1)");
    EXPECT_EQ(answer.status, 422);
    for (const auto field : {"starts_at", "note", "billable", "activity", "colour"}) EXPECT_NE(answer.error(field), "") << field;
    for (const auto span :
         {R"("ends_at":"2025-06-02T07:00:00Z")", R"("starts_at":"2025-06-02T07:00:00Z")", R"("seconds":0)", R"("seconds":-5)",
          R"("seconds":99999999999999999)", R"("note":"")", R"("day":"2025-06-31","seconds":5)",
          R"("starts_at":"2025-06-02T07:00:00Z","ends_at":"2025-06-02T07:00:00Z")",
          R"("starts_at":"2025-06-02T07:00:00Z","ends_at":"2025-06-02T06:00:00Z")",
          R"("starts_at":"2025-06-02T07:00:00Z","ends_at":"2025-06-02T08:00:00Z","seconds":5)",
          R"("starts_at":"2025-06-02T07:00:00+99:00","seconds":5)", R"("starts_at":"2025-06-02T07:00:00Z","seconds":-9223372036854775808)"})
        EXPECT_EQ(spend(api_, on_, span).status, 422) << span;
    EXPECT_EQ(count("select count(*) from timesheet.entry"), 0);
    EXPECT_EQ(api_.get("/api/v1/time-entries?colour=1").status, 422);
    EXPECT_EQ(api_.get("/api/v1/time-entries?cursor=x").status, 422);
    EXPECT_EQ(api_.get("/api/v1/time-entries?from=yesterday").status, 422);
}

TEST_F(Entry, TheListGoesOnByKeyAndTellsEachOnce) {
    run("insert into timesheet.entry (user_id, ticket_id, ticket_ref, day, seconds) select 1, " + id(on_) +
        ", 'T', '2025-06-02'::date + (i % 7), 60 + i from generate_series(1, 60) i");
    std::set<std::int64_t> seen;
    std::string cursor;
    for (int pages = 0; pages < 10; ++pages) {
        const auto page = api_.get("/api/v1/time-entries?limit=13&user_id=1" + (cursor.empty() ? "" : "&cursor=" + cursor));
        const auto& items = *page.json().get("items");
        for (std::size_t i = 0; i < items.size(); ++i) EXPECT_TRUE(seen.insert(items.at(i)->get("id")->as_integer()).second);
        cursor = page.text("next");
        if (cursor.empty()) break;
    }
    EXPECT_EQ(seen.size(), 60u);
    const auto first = browser_.get("/time");
    EXPECT_TRUE(first.contains("rel=\"next\""));
    EXPECT_EQ(browser_.get("/time?cursor=nonsense").status, 200);
}

TEST_F(Entry, TimeIsEnteredTogetherWithAMessageOrNeitherIs) {
    EXPECT_TRUE(browser_.get(page(on_)).contains("name=\"timesheet.spent\""));
    const auto send = [&](const std::string& spent, const std::string& activity = "SUPPORT") {
        return browser_.post(page(on_) + "/messages",
                             {{"visibility", "team"}, {"body", "Fait."}, {"timesheet.spent", spent}, {"timesheet.activity", activity}});
    };
    const auto refused = send("90");
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("id=\"e-timesheet.spent\"") && refused.contains("value=\"90\"") && refused.contains("Fait."))
        << refused.body;
    EXPECT_EQ(send("1 h", "DREAMING").status, 422);
    EXPECT_EQ(
        count("select (select count(*) from timesheet.entry) + (select count(*) from tickets.message where ticket_id = " + id(on_) + ")"),
        0);
    EXPECT_EQ(send("").status, 303);
    EXPECT_EQ(count("select count(*) from timesheet.entry"), 0);
    EXPECT_EQ(send("0:20").status, 303);
    EXPECT_EQ(latest("concat_ws(' ', seconds, activity, ticket_id = " + id(on_) + ")"), "1200 SUPPORT t");
    settings({{"contract_required", "1"}});
    EXPECT_TRUE(send("0:20").contains("Link a contract to the ticket first."));
}

TEST_F(Entry, EveryChangeIsAnEvent) {
    run("delete from core.outbox");
    const auto entry = spend(api_, on_, R"("day":"2025-06-02","seconds":600)");
    EXPECT_EQ(api_.patch("/api/v1/time-entries/" + id(entry), R"({"seconds":700})").status, 200);
    EXPECT_EQ(api_.del("/api/v1/time-entries/" + id(entry)).status, 204);
    const auto stopwatch = start(api_, on_);
    EXPECT_EQ(api_.del("/api/v1/stopwatches/" + id(stopwatch)).status, 204);
    EXPECT_EQ(
        text("select string_agg(concat_ws(' ', data->>'object', data->>'change', data->>'seconds'), ', ' order by id) from core.outbox"
             " where event = 'timesheet.changed'"),
        "entry added 600, entry changed 700, entry removed 700, stopwatch added, stopwatch removed");
}

}  // namespace
}  // namespace timesheet_test
