// Switched off, service levels take their buttons, columns, tiles and menus away and keep what they have measured; switched on again they
// bring everything back, and have learnt what happened meanwhile.
#include "desk_of_levels.hpp"

namespace {

class SwitchedOff : public sla_test::Levels {
protected:
    void enable(const std::string& state) {
        if (admin_.cookies.empty()) admin_.log_in("admin");
        const auto answer = admin_.post("/admin/modules/sla/" + state, {{"confirmed", "1"}});
        EXPECT_TRUE(answer.status == 303 || answer.status == 200) << answer.status << answer.body.substr(0, 2000);
    }
};

TEST_F(SwitchedOff, AndOnAgain) {
    policy("P", within("resolution", 60));
    const auto one = ticket(90), other = ticket();
    pass();
    const auto everywhere = [&] { return admin_.get("/").body + admin_.get("/tickets").body + admin_.get("/tickets/" + one).body; };
    auto pages = everywhere();
    for (const auto text : {"/sla/late", "/sla/next", "sla.due", "sla-card"}) EXPECT_NE(pages.find(text), std::string::npos) << text;
    enable("disable");
    pages = everywhere();
    for (const auto text : {"/sla/late", "/sla/next", "sla.due", "sla-card", "/admin/sla"})
        EXPECT_EQ(pages.find(text), std::string::npos) << text;
    EXPECT_EQ(admin_.get("/sla/late").status, 404);
    EXPECT_EQ(breaches(one), 1) << "kept";
    EXPECT_EQ(api_.patch("/api/v1/tickets/" + other, R"({"status":"RESOLVED"})").status, 200);
    enable("enable");
    settle();
    pages = everywhere();
    for (const auto text : {"/sla/late", "/sla/next", "sla.due", "sla-card"}) EXPECT_NE(pages.find(text), std::string::npos) << text;
    EXPECT_TRUE(support::wait_until([&] { return cached(other, "open") == "false"; })) << "what happened meanwhile";
    EXPECT_EQ(breaches(one), 1);
}

}  // namespace
