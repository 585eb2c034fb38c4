// Counters as an administrator edits them, and the numbers that tickets get.
#include "web/desk.hpp"

namespace web_test {
namespace {

const std::string kPath = "/admin/counters/tickets.ticket";

class Counters : public DeskTest {
protected:
    void SetUp() override { browser.log_in("admin"); }

    std::string version() { return std::to_string(desk().count("select version from core.counter where id = 'tickets.ticket'")); }
    Answer save(std::map<std::string, std::string> fields) {
        fields["version"] = version();
        if (!fields.contains("by")) fields["by"] = "zones";
        return browser.post(kPath, fields);
    }
    std::string next_ref() { return desk().api().post("/api/v1/tickets", R"({"subject":"x"})").text("ref"); }
    std::string mask() { return std::string{desk().app->pool().exec("select mask from core.counter where id = 'tickets.ticket'").text(0, 0)}; }
    Browser browser = desk().browser();
};

}  // namespace

TEST_F(Counters, only_who_may_sees_and_changes_them) {
    desk().add_user("agent");
    auto agent = desk().browser();
    agent.log_in("agent");
    EXPECT_EQ(agent.get("/admin/counters").status, 403);
    EXPECT_EQ(agent.post(kPath, {{"by", "zones"}}).status, 403);
    EXPECT_EQ(agent.get(kPath + "/preview").status, 403);
    EXPECT_EQ(browser.get("/admin/counters/none").status, 303);
}

TEST_F(Counters, what_cannot_number_is_said_beside_its_zone) {
    const std::map<std::string, std::string> good = {{"prefix", "TICK-"}, {"year", "2"}, {"month", "1"}, {"separator", "-"}, {"digits", "4"}};
    const auto expect = [&](const std::string& name, const std::string& value, const std::string& field) {
        auto fields = good;
        fields[name] = value;
        const auto answer = save(fields);
        EXPECT_EQ(answer.status, 422) << name << "=" << value;
        EXPECT_TRUE(answer.contains("id=\"e-" + field + "\"")) << name << "=" << value;
    };
    expect("prefix", "Été", "prefix");
    expect("prefix", "{yy", "prefix");
    expect("separator", "a b", "separator");
    expect("suffix", "{000}", "suffix");
    expect("digits", "2", "digits");
    expect("digits", "13", "digits");
    expect("digits", "many", "digits");
    expect("offset", "9999", "offset");
    expect("offset", "-1", "offset");
    auto fields = good;
    fields["month"] = "";
    fields["reset"] = "monthly";
    EXPECT_TRUE(save(fields).contains("id=\"e-reset\"")) << "without its month a number would come twice";
    const auto text = save({{"by", "mask"}, {"mask", "T{yyy}-{0000}"}});
    EXPECT_EQ(text.status, 422);
    EXPECT_TRUE(text.contains("id=\"e-mask\""));
    EXPECT_EQ(mask(), "T{yy}{mm}-{000000}");
}

TEST_F(Counters, S0_19_edited_zone_by_zone_the_next_ticket_has_the_number_of_the_preview) {
    const auto first = next_ref();
    EXPECT_TRUE(first.starts_with("T") && first.ends_with("-000001")) << first;
    EXPECT_TRUE(browser.get("/admin/counters").contains("-000002"));
    const std::string zones = "by=zones&prefix=TICK-&year=2&month=1&separator=-&digits=4";
    const auto preview = browser.get(kPath + "/preview?" + zones, {{"HX-Request", "true"}});
    EXPECT_TRUE(preview.contains("TICK-{yy}{mm}-{0000}"));
    EXPECT_FALSE(preview.contains("<html"));
    ASSERT_EQ(save({{"prefix", "TICK-"}, {"year", "2"}, {"month", "1"}, {"separator", "-"}, {"digits", "4"}}).status, 303);
    const auto ref = next_ref();
    EXPECT_TRUE(ref.starts_with("TICK-") && ref.ends_with("-0002")) << "the count goes on: " << ref;
    EXPECT_TRUE(preview.contains(ref)) << preview.body;
    EXPECT_EQ(desk().count("select count(*) from core.audit where action = 'core.counter_changed' and details ->> 'to' = 'TICK-{yy}{mm}-{0000}'"), 1);
}

TEST_F(Counters, a_change_that_starts_again_is_asked_about) {
    next_ref();
    next_ref();
    const std::map<std::string, std::string> monthly = {{"prefix", "M"}, {"year", "4"}, {"month", "1"}, {"separator", "/"}, {"digits", "3"}, {"reset", "monthly"}};
    const auto asked = save(monthly);
    EXPECT_EQ(asked.status, 200);
    EXPECT_TRUE(asked.contains("La numérotation recommence"));
    EXPECT_TRUE(asked.contains("name=\"confirmed\""));
    EXPECT_EQ(mask().find("@99"), std::string::npos) << "not saved yet";
    auto confirmed = monthly;
    confirmed["confirmed"] = "1";
    EXPECT_EQ(save(confirmed).status, 303);
    EXPECT_EQ(mask(), "M{yyyy}{mm}/{000@99}");
    EXPECT_TRUE(next_ref().ends_with("/001"));
}

TEST_F(Counters, the_preview_button_changes_nothing) {
    const auto before = mask();
    const auto answer = save({{"prefix", "X"}, {"digits", "5"}, {"then", "preview"}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.contains("X{00000}"));
    EXPECT_EQ(mask(), before);
}

TEST_F(Counters, a_full_counter_refuses_the_ticket_and_says_why) {
    ASSERT_EQ(save({{"by", "mask"}, {"mask", "FULL{000}"}, {"confirmed", "1"}}).status, 303);
    desk().app->pool().exec("insert into core.counter_value values ('tickets.ticket', 'FULL#', '', 999)"
                            " on conflict (counter_id, shape) do update set value = 999");
    const auto tickets = desk().count("select count(*) from tickets.ticket");
    const auto answer = desk().api().post("/api/v1/tickets", R"({"subject":"x"})");
    EXPECT_EQ(answer.status, 409) << answer.body;
    EXPECT_EQ(desk().count("select count(*) from tickets.ticket"), tickets);
    EXPECT_TRUE(browser.get("/admin/counters").contains("Plus aucun numéro"));
    EXPECT_EQ(save({{"by", "mask"}, {"mask", "FULL{000}"}}).status, 422);
    ASSERT_EQ(save({{"by", "mask"}, {"mask", "FULL{0000}"}}).status, 303);
    EXPECT_EQ(next_ref(), "FULL1000");
}

TEST_F(Counters, an_overtaken_page_replaces_nothing_by_itself) {
    const auto before = mask();
    const auto answer = browser.post(kPath, {{"by", "mask"}, {"mask", "LATE{00000}"}, {"version", "0"}, {"confirmed", "1"}});
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(mask(), before);
}

}  // namespace web_test
