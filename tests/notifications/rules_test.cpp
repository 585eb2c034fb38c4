// Who is told of what by the rules as they come.
#include "desk_of_notices.hpp"

namespace notifications_test {

class Rules : public Notices {};

TEST_F(Rules, S2_33_who_gets_a_ticket_is_told_and_who_takes_it_is_not) {
    auto api = desk().api(), alice = desk().api("alice");
    ticket(api, "Imprimante", R"("assignee":"alice")");
    EXPECT_EQ(told(), "alice assigned") << "once, although two rules name her";
    EXPECT_EQ(mailed(), "alice assigned");
}

}  // namespace notifications_test
