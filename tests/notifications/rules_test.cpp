// Who is told of what by the rules as they come, and who is not.
#include "desk_of_notices.hpp"

namespace notifications_test {

class Rules : public Notices {
protected:
    static void watch(Api& api, const web_test::Answer& ticket, const std::string& who) {
        EXPECT_EQ(api.post(path(ticket) + "/watchers", R"({"user":")" + who + "\"}").status, 201);
    }
    static void write(Api& api, const web_test::Answer& ticket, const std::string& more) {
        EXPECT_EQ(api.post(path(ticket) + "/messages", R"({"body":"Le **bac** est vide.",)" + more + "}").status, 201);
    }
    static void publish(const std::string& event, const std::string& ticket, const std::string& data, const std::string& actor = "0") {
        sql("select core.publish('tickets." + event + "', 1, 'ticket/" + ticket + "', '" + data + "', " + actor + ")");
    }
    static void customer_writes(const web_test::Answer& ticket, bool automatic = false) {
        const auto message = first("insert into tickets.message (ticket_id, author_email, body, visibility) values (" + id(ticket) +
                                   ", 'jeanne@client.example', 'Toujours en panne.', 'public') returning id::text");
        publish("message_added", id(ticket),
                R"({"id":)" + message + R"(,"ticket_id":)" + id(ticket) + R"(,"visibility":"public","automatic":)" +
                    (automatic ? "true}" : "false}"));
    }
    static void write_mails_now() {
        set("collapse_s", "0");
        sql("update core.job_run set not_before = now() where job_id = 'notifications.mail' and state = 'ready'");
        sql("select pg_notify('core_jobs', '')");
    }
    static void forget() {
        settle();
        sql("delete from notifications.notice");
        sql("delete from core.mail");
    }

    Api api_ = desk().api(), alice_ = desk().api("alice");
};

TEST_F(Rules, own_acts_are_never_told) {
    const auto own = ticket(alice_, "À moi", R"("assignee":"me")");
    EXPECT_EQ(alice_.post(path(own) + "/watchers", R"({"user":"me"})").status, 201);
    write(alice_, own, R"("visibility":"team","by_mail":true)");
    EXPECT_EQ(alice_.post(path(own) + "/close", "").status, 200);
    EXPECT_EQ(told(), "");
    EXPECT_EQ(mailed(), "");
}

TEST_F(Rules, S0_13_without_an_address_there_is_the_page_and_no_mail) {
    sql("update core.app_user set email = null where login = 'alice'");
    sql("update core.app_user set email = 'no address' where login = 'bob'");
    ticket(api_, "Un", R"("assignee":"alice")");
    ticket(api_, "Deux", R"("assignee":"bob")");
    EXPECT_EQ(told(), "alice assigned, bob assigned");
    EXPECT_EQ(mailed(), "");
    sql("update core.app_user set email = login || '@guichet.example' where login in ('alice', 'bob')");
}

TEST_F(Rules, an_address_that_cannot_be_written_to_keeps_no_other_mail_back) {
    set("collapse_s", "600");
    sql("update core.app_user set email = 'alice@' || repeat('x', 70) || '.example' where login = 'alice'");
    ticket(api_, "Un", R"("assignee":"alice")");
    ticket(api_, "Deux", R"("assignee":"bob")");
    EXPECT_TRUE(support::wait_until([] { return desk().count("select count(*) from notifications.notice where mail = 'due'") == 2; }));
    write_mails_now();
    EXPECT_EQ(mailed(), "bob assigned");
    sql("update core.app_user set email = 'alice@guichet.example' where login = 'alice'");
}

TEST_F(Rules, only_who_may_read_a_ticket_is_told_of_it) {
    const auto secret = ticket(api_, "Secret", R"("assignee":"bob")");
    watch(api_, secret, "alice");
    forget();
    desk().set_level("agent", "tickets.ticket.read", GUICHET_LEVEL_OWN);
    EXPECT_EQ(api_.post(path(secret) + "/close", "").status, 200);
    write(api_, secret, R"("visibility":"team","by_mail":true)");
    EXPECT_EQ(told(), "bob note");
    forget();
    sql("update core.app_user set active = false where login = 'bob'");
    write(api_, secret, R"("visibility":"team","by_mail":true)");
    EXPECT_EQ(told(), "") << "nor is who has left";
    sql("update core.app_user set active = true where login = 'bob'");
    desk().set_level("agent", "tickets.ticket.read", GUICHET_LEVEL_ALL);
}

TEST_F(Rules, who_may_not_read_any_more_when_the_mail_is_written_gets_none) {
    set("collapse_s", "600");
    const auto mine = ticket(api_, "Retiré", R"("assignee":"alice")");
    EXPECT_TRUE(support::wait_until([] { return desk().count("select count(*) from notifications.notice where mail = 'due'") == 1; }));
    desk().set_level("agent", "tickets.ticket.read", GUICHET_LEVEL_OWN);
    sql("update tickets.ticket set assignee_id = null where id = " + id(mine));
    write_mails_now();
    EXPECT_EQ(mailed(), "");
    desk().set_level("agent", "tickets.ticket.read", GUICHET_LEVEL_ALL);
}

TEST_F(Rules, what_does_not_hold_any_more_is_told_to_nobody) {
    const auto gone = ticket(api_), taken = ticket(api_, "Pris", R"("assignee":"bob")");
    EXPECT_EQ(api_.del(path(gone)).status, 204);
    forget();
    const auto change = R"({"id":)" + id(taken) + R"(,"version":2,"changes":[{"field":"assignee","from":null,"to":")" +
                        std::to_string(user("alice")) + R"("}]})";
    publish("ticket_updated", id(taken), change);
    publish("ticket_transitioned", id(gone),
            R"({"id":)" + id(gone) + R"(,"version":2,"from":"NEW","from_phase":"new","to":"OPEN","to_phase":"open"})");
    publish("message_added", id(taken), R"({"id":999999,"ticket_id":)" + id(taken) + R"(,"visibility":"public"})");
    EXPECT_EQ(told(), "");
}

TEST_F(Rules, private_messages_are_not_told_here) {
    const auto t = ticket(api_, "Privé", R"("assignee":"alice")");
    watch(api_, t, "carol");
    forget();
    write(api_, t, R"("visibility":"private","to_user":"alice")");
    EXPECT_EQ(told(), "");
}

TEST_F(Rules, an_event_that_is_delivered_twice_is_told_once) {
    const auto t = ticket(api_, "Une fois", R"("assignee":"alice")");
    EXPECT_EQ(mailed(), "alice assigned");
    sql("update core.delivery set state = 'ready', attempt = 0 where subscription_id like 'notifications/%' and subject = 'ticket/" +
        id(t) + "'");
    EXPECT_EQ(told(), "alice assigned");
    EXPECT_EQ(mailed(), "alice assigned");
}

TEST_F(Rules, S0_12_a_new_ticket_reaches_the_alert_list_else_the_assignee_else_the_team_else_the_fallback_else_managers) {
    const auto team = first("insert into core.team (name) values ('Niveau 1') returning id::text");
    sql("insert into core.team_member (team_id, user_id) select " + team + ", id from core.app_user where login in ('bob', 'carol')");
    ticket(alice_, "À personne");
    EXPECT_EQ(told(), "admin new_ticket, manon new_ticket");
    forget();
    set("fallback_address", "\"secours@guichet.example\"");
    ticket(alice_, "À l’adresse de secours");
    EXPECT_EQ(told(), "secours@guichet.example new_ticket");
    EXPECT_EQ(mailed(), "secours new_ticket");
    forget();
    ticket(alice_, "À l’équipe", R"("team":)" + team);
    EXPECT_EQ(told(), "bob new_ticket, carol new_ticket");
    forget();
    sql("insert into tickets.alert_recipient (user_id) select id from core.app_user where login = 'carol'");
    sql("insert into tickets.alert_recipient (address) values ('alertes@guichet.example')");
    ticket(alice_, "À la liste", R"("team":)" + team);
    EXPECT_EQ(told(), "alertes@guichet.example new_ticket, carol new_ticket");
    sql("delete from tickets.alert_recipient");
    set("fallback_address", "null");
}

TEST_F(Rules, a_message_of_the_customer_always_reaches_somebody) {
    const auto alone = ticket(alice_, "Sans responsable"), owned = ticket(alice_, "À Bob", R"("assignee":"bob")");
    watch(alice_, owned, "carol");
    forget();
    customer_writes(alone);
    EXPECT_EQ(told(), "admin customer_message, manon customer_message");
    forget();
    customer_writes(owned);
    EXPECT_EQ(told(), "bob customer_message, carol customer_message");
    EXPECT_EQ(mailed(), "bob customer_message, carol customer_message");
    const auto mail = sql("select subject, text_body, headers::text from core.mail where to_address like 'bob%'");
    EXPECT_NE(mail.text(0, 0).find("jeanne@client.example a écrit"), std::string_view::npos) << mail.text(0, 0);
    EXPECT_NE(mail.text(0, 1).find("Toujours en panne."), std::string_view::npos) << mail.text(0, 1);
    EXPECT_NE(mail.text(0, 2).find("auto-generated"), std::string_view::npos) << mail.text(0, 2);
    forget();
    customer_writes(owned, true);
    EXPECT_EQ(told(), "bob customer_message, carol customer_message");
    EXPECT_EQ(mailed(), "") << "what a machine has written is worth no mail";
    forget();
    sql("insert into notifications.preference (user_id, event, channel) select id, 'customer_message', 'none' from core.app_user where "
        "login = 'bob'");
    customer_writes(owned);
    EXPECT_EQ(told(), "admin customer_message, carol customer_message, manon customer_message")
        << "who has chosen none is not who it reaches";
}

TEST_F(Rules, S2_28_a_note_is_mailed_when_its_author_says_so) {
    const auto t = ticket(api_, "Note", R"("assignee":"bob")");
    watch(api_, t, "carol");
    forget();
    write(api_, t, R"("visibility":"team")");
    EXPECT_EQ(told(), "bob note, carol note");
    EXPECT_EQ(mailed(), "");
    forget();
    write(api_, t, R"("visibility":"team","by_mail":true)");
    EXPECT_EQ(mailed(), "bob note, carol note");
    EXPECT_NE(first("select html_body from core.mail limit 1").find("<strong>bac</strong>"), std::string::npos);
}

TEST_F(Rules, watchers_are_told_of_replies_statuses_and_merges) {
    const auto t = ticket(api_, "Suivi"), other = ticket(api_, "Double");
    watch(api_, t, "carol");
    watch(api_, other, "bob");
    forget();
    EXPECT_EQ(api_.post(path(t) + "/close", "").status, 200);
    EXPECT_EQ(told(), "carol status");
    EXPECT_EQ(mailed(), "") << "on the page only, unless somebody wants it";
    EXPECT_EQ(api_.post(path(t) + "/reopen", "").status, 200);
    forget();
    EXPECT_EQ(api_.post(path(other) + "/merge", R"({"into":)" + id(t) + "}").status, 200);
    EXPECT_EQ(told(), "bob merged, carol merged") << "who watched either";
}

TEST_F(Rules, one_mail_for_what_happens_to_a_ticket_within_moments) {
    set("collapse_s", "600");
    sql("insert into notifications.preference (user_id, event, channel) select id, 'status', 'mail' from core.app_user where login = "
        "'carol'");
    const auto t = ticket(api_, "Rafale [x](http://evil.example)");
    watch(api_, t, "carol");
    EXPECT_EQ(api_.post(path(t) + "/close", "").status, 200);
    EXPECT_EQ(api_.post(path(t) + "/reopen", "").status, 200);
    write(api_, t, R"("visibility":"team","by_mail":true)");
    EXPECT_TRUE(support::wait_until([] {
        return desk().count(
                   "select count(*) from notifications.notice n join core.app_user u on u.id = n.user_id where mail = 'due' and login = "
                   "'carol'") == 3;
    }));
    write_mails_now();
    EXPECT_EQ(mailed(), "carol several, manon new_ticket");
    const auto html = first("select html_body from core.mail where template_id = 'notifications.several'");
    EXPECT_EQ(html.find("href=\"http://evil.example"), std::string::npos) << html;
    EXPECT_NE(html.find("a changé l’état"), std::string::npos) << html;
    EXPECT_NE(html.find("→"), std::string::npos) << html;
}

TEST_F(Rules, a_digest_is_one_mail_a_day_in_the_words_of_its_reader) {
    sql("insert into notifications.digest_reader select id from core.app_user where login = 'bob'");
    sql("update core.app_user set language = 'en' where login = 'bob'");
    ticket(api_, "Premier", R"("assignee":"bob")");
    ticket(api_, "Second", R"("assignee":"bob")");
    EXPECT_EQ(mailed(), "");
    sql("insert into core.job_run (job_id, singleton, max_attempts) values ('notifications.digest', true, 5)");
    sql("select pg_notify('core_jobs', '')");
    EXPECT_TRUE(support::wait_until([] { return desk().count("select count(*) from core.mail") == 1; }));
    EXPECT_EQ(mailed(), "bob digest");
    const auto text = first("select text_body from core.mail");
    EXPECT_NE(text.find("Premier"), std::string::npos) << text;
    EXPECT_NE(text.find("Second"), std::string::npos) << text;
    EXPECT_NE(text.find("has assigned the ticket to you"), std::string::npos) << text;
    EXPECT_EQ(text.find("confié"), std::string::npos) << text;
    sql("update core.app_user set language = null where login = 'bob'");
}

TEST_F(Rules, the_mail_speaks_the_language_of_its_reader) {
    sql("update core.app_user set language = 'en' where login = 'bob'");
    const auto t = ticket(api_, "Langue", R"("assignee":"bob")");
    EXPECT_EQ(mailed(), "bob assigned");
    const auto ref = api_.get(path(t)).text("ref");
    EXPECT_EQ(first("select subject from core.mail"), ref + " is given to bob: Langue");
    EXPECT_NE(first("select html_body from core.mail").find("<a href=\"http://127.0.0.1:0/tickets/" + id(t) + "\""), std::string::npos);
    sql("update core.app_user set language = null where login = 'bob'");
}

TEST_F(Rules, without_a_sender_nothing_waits_for_one) {
    sql("delete from core.mail_sender");
    ticket(api_, "Sans expéditeur", R"("assignee":"bob")");
    EXPECT_EQ(told(), "bob assigned");
    EXPECT_EQ(mailed(), "");
    add_sender();
}

TEST_F(Rules, S2_33_who_gets_a_ticket_is_told_once) {
    const auto t = ticket(api_, "Imprimante", R"("assignee":"alice")");
    EXPECT_EQ(told(), "alice assigned") << "once, although two rules name her";
    EXPECT_EQ(mailed(), "alice assigned");
    EXPECT_EQ(api_.patch(path(t), R"({"priority":"HIGH"})").status, 200);
    EXPECT_EQ(mailed(), "alice assigned") << "another change";
    EXPECT_EQ(api_.patch(path(t), R"({"assignee":"bob"})").status, 200);
    EXPECT_EQ(mailed(), "alice assigned, bob assigned");
    EXPECT_EQ(api_.patch(path(t), R"({"assignee":null})").status, 200);
    EXPECT_EQ(mailed(), "alice assigned, bob assigned");
}

}  // namespace notifications_test
