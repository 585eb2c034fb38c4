// The form that makes a ticket, as an administrator arranges it on /admin/forms.
#include "tickets/desk_of_tickets.hpp"

namespace tickets_test {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

class TicketForm : public Tickets {
protected:
    void SetUp() override { browser_.log_in("admin"); }
    void TearDown() override {
        for (const auto audience : {"internal", "public"}) save({{"what", "reset"}}, audience);
        desk().app->pool().exec("delete from core.custom_field");
    }
    Answer save(Fields fields, const std::string& audience = "internal") {
        fields.insert(fields.end(), {{"object", "tickets.ticket"}, {"audience", audience}});
        return browser_.post_pairs("/admin/forms", fields);
    }
    Answer show(const std::string& audience = "internal") {
        return browser_.get("/admin/forms?object=tickets.ticket&audience=" + audience);
    }
    Answer form() { return browser_.get("/tickets/new"); }
    void add_field(const std::string& label, const std::string& audience, bool mandatory = false) {
        Fields fields{{"object", "tickets.ticket"}, {"type", "text"}, {"label_fr", label}, {"code", label},
                      {"audience", audience},       {"in_form", "1"}};
        if (mandatory) fields.emplace_back("mandatory", "1");
        EXPECT_EQ(browser_.post_pairs("/admin/fields/new", fields).status, 303);
    }
    static std::size_t place(const Answer& page, const std::string& name) { return page.body.find("id=\"f-" + name + "\""); }
    static constexpr auto kNone = std::string::npos;
    Browser browser_ = desk().browser();
};

}  // namespace

TEST_F(TicketForm, only_who_may_arrange_it_does) {
    desk().add_user("forms-agent");
    auto agent = desk().browser();
    agent.log_in("forms-agent");
    EXPECT_EQ(agent.get("/admin/forms").status, 403);
    EXPECT_EQ(agent.post("/admin/forms", {{"object", "tickets.ticket"}, {"audience", "internal"}, {"order", "type"}}).status, 403);
    EXPECT_EQ(browser_.post("/admin/forms", {{"object", "no.such"}, {"order", "type"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.form_item"), 0);
}

TEST_F(TicketForm, what_does_not_exist_is_left_out_and_what_is_fixed_stays) {
    EXPECT_EQ(save({{"order", "nothing,type,<script>,subject,type"}, {"shown", "nothing"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.form_item where code in ('nothing', '<script>')"), 0);
    EXPECT_NE(place(form(), "subject"), kNone);
    EXPECT_EQ(browser_.post("/tickets/new", {{"subject", ""}, {"then", "open"}}).status, 422);
}

TEST_F(TicketForm, S0_22_type_priority_and_comment_are_shown_and_mandatory_independently) {
    EXPECT_NE(place(form(), "type"), kNone);
    save({{"order", "subject,priority,type,description"},
          {"shown", "priority"},
          {"shown", "description"},
          {"mandatory", "priority"},
          {"mandatory", "type"}});
    const auto page = form();
    EXPECT_EQ(place(page, "type"), kNone) << "not shown";
    EXPECT_NE(place(page, "priority"), kNone);
    const auto before = desk().count("select count(*) from tickets.ticket");
    const auto refused =
        browser_.post("/tickets/new", {{"subject", "sans priorité"}, {"description", "gardé"}, {"priority", ""}, {"then", "open"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("id=\"e-priority\""));
    EXPECT_TRUE(refused.contains("gardé"));
    EXPECT_FALSE(refused.contains("id=\"e-type\"")) << "nobody is asked for it";
    EXPECT_EQ(desk().count("select count(*) from tickets.ticket"), before);
    EXPECT_EQ(desk().api().post("/api/v1/tickets", R"({"subject":"x","priority":null})").status, 422);
    const auto made = browser_.post("/tickets/new", {{"subject", "avec"}, {"priority", "HIGH"}, {"then", "open"}});
    ASSERT_EQ(made.status, 303);
    const auto ticket = made.header("Location");
    const auto version = std::to_string(desk().count("select max(version) from tickets.ticket where subject = 'avec'"));
    EXPECT_EQ(browser_.post(ticket + "/edit", {{"priority", ""}, {"version", version}}).status, 422) << "not taken away later";
}

TEST_F(TicketForm, S0_24_fields_stand_in_the_order_they_were_dragged_to) {
    add_field("site", "internal");
    save({{"order", "custom.site,severity,type,subject"}, {"shown", "custom.site"}, {"shown", "severity"}, {"shown", "type"}});
    const auto page = form();
    EXPECT_LT(place(page, "custom.site"), place(page, "severity"));
    EXPECT_LT(place(page, "severity"), place(page, "type"));
    EXPECT_LT(place(page, "type"), place(page, "subject"));
    save({{"order", "custom.site,severity,type,subject"},
          {"shown", "custom.site"},
          {"shown", "severity"},
          {"shown", "type"},
          {"up", "severity"}});
    EXPECT_LT(place(form(), "severity"), place(form(), "custom.site")) << "by a button, without JavaScript";
}

TEST_F(TicketForm, S0_23_a_custom_field_is_mandatory_in_the_form_that_says_so) {
    add_field("site", "both");
    save({{"order", "subject,custom.site"}, {"shown", "custom.site"}, {"mandatory", "custom.site"}});
    save({{"order", "subject,custom.site"}, {"shown", "custom.site"}}, "public");
    const auto refused = browser_.post("/tickets/new", {{"subject", "x"}, {"custom.site", ""}, {"then", "open"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("id=\"e-custom.site\""));
    EXPECT_EQ(desk().count("select count(*) from core.form_item where audience = 'public' and code = 'custom.site' and mandatory"), 0);
}

TEST_F(TicketForm, S2_39_the_internal_and_the_public_form_have_their_own_fields_and_share_some) {
    add_field("interne", "internal");
    add_field("commun", "both");
    const auto internal = show(), open = show("public");
    EXPECT_TRUE(internal.contains("value=\"custom.interne\""));
    EXPECT_FALSE(open.contains("value=\"custom.interne\""));
    EXPECT_TRUE(internal.contains("value=\"custom.commun\"") && open.contains("value=\"custom.commun\""));
    EXPECT_TRUE(internal.contains("value=\"assignee\""));
    EXPECT_FALSE(open.contains("value=\"assignee\"")) << "customers do not choose who works";
    save({{"order", "subject"}}, "public");
    EXPECT_NE(place(form(), "custom.commun"), kNone) << "one form does not change the other";
}

TEST_F(TicketForm, what_the_page_of_a_field_says_holds_for_both_forms) {
    add_field("site", "both");
    save({{"order", "subject,custom.site"}, {"shown", "custom.site"}});
    const auto id = std::to_string(desk().count("select id from core.custom_field where code = 'site'"));
    const auto version = std::to_string(desk().count("select version from core.custom_field where code = 'site'"));
    Fields fields{{"label_fr", "site"}, {"type", "text"}, {"audience", "both"}, {"in_form", "1"}, {"mandatory", "1"}, {"version", version}};
    EXPECT_EQ(browser_.post_pairs("/admin/fields/" + id, fields).status, 303);
    EXPECT_EQ(browser_.post("/tickets/new", {{"subject", "x"}, {"then", "open"}}).status, 422);
    EXPECT_EQ(browser_.post("/admin/fields/" + id + "/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.form_item where code = 'custom.site'"), 0);
}

TEST_F(TicketForm, the_preview_shows_the_form_and_can_be_reset) {
    save({{"order", "severity,subject"}, {"shown", "severity"}, {"mandatory", "severity"}});
    const auto fragment = browser_.get("/admin/forms?object=tickets.ticket", {{"HX-Request", "true"}});
    EXPECT_FALSE(fragment.contains("<html"));
    EXPECT_LT(place(fragment, "preview-severity"), place(fragment, "preview-subject"));
    EXPECT_EQ(place(fragment, "preview-type"), kNone);
    save({{"what", "reset"}});
    EXPECT_NE(place(show(), "preview-type"), kNone);
    EXPECT_EQ(desk().count("select count(*) from core.form_item where audience = 'internal'"), 0);
}

}  // namespace tickets_test
