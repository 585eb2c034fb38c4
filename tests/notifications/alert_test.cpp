// What other modules have to tell about a ticket (row S3-02).
#include "desk_of_notices.hpp"

namespace notifications_test {

class Alert : public Notices {
protected:
    web_test::Answer tell(const web_test::Answer& ticket, const std::string& more) {
        return api_.post("/api/v1/alarm/" + id(ticket), R"({"occasion": "alarm.late")" + more + "}");
    }
    static std::string named(const std::vector<std::string>& logins) {
        std::string ids;
        for (const auto& login : logins) ids += (ids.empty() ? "" : ", ") + std::to_string(user(login));
        return R"_(, "text": {"en": "The answer is [late](x)", "fr": "La réponse est en retard"}, "users": [)_" + ids + "]";
    }
    static void forget() {
        settle();
        sql("delete from notifications.notice");
        sql("delete from core.mail");
    }

    Api api_ = desk().api();
};

TEST_F(Alert, S3_02_what_says_nothing_is_refused) {
    const auto t = ticket(api_, "Muet");
    forget();
    for (const auto* more : {"", R"(, "text": {}, "users": [])", R"(, "text": {"fr": "Retard"}, "users": [])", R"(, "text": "Late")"})
        EXPECT_EQ(tell(t, more).status, 422) << more;
    EXPECT_EQ(told(), "");
}

TEST_F(Alert, S3_02_whom_the_module_names_is_told_in_his_language) {
    const auto t = ticket(api_, "Retard", R"("assignee":"alice")");
    forget();
    sql("update core.app_user set language = 'en' where login = 'bob'");
    EXPECT_EQ(tell(t, named({"bob", "carol"})).status, 200);
    EXPECT_EQ(told(), "bob alert, carol alert") << "the assignee only when nobody was named";
    EXPECT_EQ(mailed(), "bob alert, carol alert");
    const auto subject = [](const std::string& who) {
        return first("select subject from core.mail where to_address = '" + who + "@guichet.example'");
    };
    const auto ref = api_.get(path(t)).text("ref");
    EXPECT_EQ(subject("bob"), ref + ": The answer is [late](x)");
    EXPECT_NE(subject("carol").find("La réponse est en retard"), std::string::npos) << subject("carol");
    sql("update core.app_user set language = null where login = 'bob'");
    auto bob = desk().browser();
    bob.log_in("bob");
    bob.cookies["lang"] = "fr";
    EXPECT_TRUE(bob.get("/notifications").contains("La réponse est en retard"));
}

TEST_F(Alert, S3_02_without_names_the_assignee_is_told_and_preferences_hold) {
    const auto t = ticket(api_, "Retard", R"("assignee":"alice")");
    forget();
    sql("insert into notifications.preference (user_id, event, channel) values (" + std::to_string(user("alice")) + ", 'alert', 'page')");
    EXPECT_EQ(tell(t, named({})).status, 200);
    EXPECT_EQ(told(), "alice alert");
    EXPECT_EQ(mailed(), "");
}

}  // namespace notifications_test
