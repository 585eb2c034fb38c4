// Users and teams that another system knows: nobody gets access by it, and nobody becomes somebody else.
#include "auth/provisioning.hpp"

#include "auth/teams.hpp"
#include "auth/users.hpp"
#include "core/database.hpp"

namespace core_test {
namespace {

using namespace host;

class ProvisioningTest : public testing::Test {
protected:
    std::string user(const auth::KnownUser& known) {
        db::Transaction transaction{database_.pool};
        const auto done = auth::provision_user(transaction.connection(), known);
        if (!done) return done.problems().front().code;
        transaction.commit();
        last_ = done->id.value_or(0);
        return name_of(done->what);
    }
    static std::string name_of(auth::Provisioned what) {
        return what == auth::Provisioned::created ? "created" : what == auth::Provisioned::known ? "known" : "left out";
    }
    std::string one(const std::string& sql) { return std::string{database_.pool.exec(sql).text(0, 0)}; }
    std::int64_t with_password(const std::string& login, const std::string& email) {
        const auto made = auth::create_user(database_.pool, {login, login, email, "correct horse battery", "agent", ""});
        EXPECT_TRUE(made);
        return made ? *made : 0;
    }
    Database database_;
    std::int64_t last_ = 0;
};

}  // namespace

TEST_F(ProvisioningTest, refuses_a_login_that_nobody_could_have_here) {
    EXPECT_EQ(user({"", "Nobody", "", ""}), "login_invalid");
    EXPECT_EQ(user({"a b", "Blank", "", ""}), "login_invalid");
    EXPECT_EQ(one("select count(*) from core.app_user"), "0");
}

TEST_F(ProvisioningTest, somebody_new_cannot_log_in_and_may_only_read) {
    EXPECT_EQ(user({"pdurand", "Paul Durand", "paul@example.org", "fr"}), "created");
    EXPECT_EQ(one("select p.code || ' ' || (u.password_hash is null) || ' ' || u.active from core.app_user u join core.profile p on p.id = "
                  "u.profile_id"),
              "reader true true");
    EXPECT_EQ(user({"PDurand", "Someone Else", "other@example.org", "fr"}), "known");
    EXPECT_EQ(one("select name || ' ' || email from core.app_user"), "Paul Durand paul@example.org") << "what is here stays";
    EXPECT_EQ(user({"gone", "Gone", "", "", false}), "left out");
}

TEST_F(ProvisioningTest, the_same_address_is_the_same_person_only_when_one_active_user_has_it) {
    const auto anne = with_password("anne", "anne@example.org");
    EXPECT_EQ(user({"amartin", "Anne Martin", "Anne@Example.org", ""}), "known");
    EXPECT_EQ(last_, anne);
    with_password("anne2", "anne@example.org");
    EXPECT_EQ(user({"amartin", "Anne Martin", "anne@example.org", ""}), "created");
    EXPECT_NE(last_, anne);
}

TEST_F(ProvisioningTest, who_may_log_in_is_never_deactivated_from_outside) {
    const auto anne = with_password("anne", "anne@example.org");
    EXPECT_EQ(user({"anne", "Anne", "", "", false}), "known");
    EXPECT_EQ(one("select active from core.app_user where id = " + std::to_string(anne)), "t");
    ASSERT_TRUE(auth::create_user(database_.pool, {"root", "Root", "", "correct horse battery", "administrator", ""}));
    EXPECT_EQ(user({"bob", "Bob", "", ""}), "created");
    EXPECT_EQ(user({"bob", "Bob", "", "", false}), "known");
    EXPECT_EQ(one("select active from core.app_user where login = 'bob'"), "f");
}

TEST_F(ProvisioningTest, a_team_gains_members_and_loses_none) {
    const auto anne = with_password("anne", ""), bob = with_password("bob", "");
    const auto team = [&](std::string_view name, const std::vector<std::int64_t>& members) {
        db::Transaction transaction{database_.pool};
        const auto done = auth::provision_team(transaction.connection(), name, members);
        transaction.commit();
        return done ? name_of(done->what) : done.problems().front().code;
    };
    EXPECT_EQ(team("", {}), "team.name");
    EXPECT_EQ(team("Atelier", {anne, 999}), "created");
    EXPECT_EQ(team("ATELIER", {bob}), "known");
    EXPECT_EQ(one("select string_agg(login, ' ' order by login) from core.team_member m join core.app_user u on u.id = m.user_id"),
              "anne bob");
}

}  // namespace core_test
