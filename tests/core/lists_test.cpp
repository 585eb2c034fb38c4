// Lists: what may be deleted, what an order is, what codes are made of.
#include "core/lists.hpp"

#include "core/database.hpp"

namespace core_test {
namespace {

using namespace host;

class ListsTest : public testing::Test {
protected:
    void SetUp() override { database_.pool.exec("insert into core.list values ('test.kind', 'test', 'Kinds')"); }

    template <class F>
    auto in_transaction(F&& f) {
        db::Transaction transaction{database_.pool};
        auto result = f(transaction.connection());
        transaction.commit();
        return result;
    }
    std::int64_t add(const std::string& fr, const std::string& en = {}) {
        const auto added = in_transaction([&](auto& c) { return core::add_list_item(c, "test.kind", {{"fr", fr}, {"en", en}}, "blue"); });
        EXPECT_TRUE(added);
        return added ? *added : 0;
    }
    std::string remove(std::int64_t item) {
        const auto problems = in_transaction([&](auto& c) { return core::delete_list_item(c, "test.kind", item); });
        return problems.empty() ? "deleted" : problems.front().code;
    }
    std::string codes() {
        return std::string{database_.pool.exec("select coalesce(string_agg(code, ' ' order by position, id), '') from core.list_item where list_id = 'test.kind'").text(0, 0)};
    }
    Database database_;
};

}  // namespace

TEST_F(ListsTest, refuses_what_nobody_could_read) {
    const auto refused = [&](core::Labels labels, std::string_view color) {
        db::Transaction transaction{database_.pool};
        const auto added = core::add_list_item(transaction.connection(), "test.kind", labels, color);
        return added ? "accepted" : added.problems().front().code;
    };
    EXPECT_EQ(refused({}, "blue"), "list.label");
    EXPECT_EQ(refused({{"fr", "  "}}, "blue"), "list.label");
    EXPECT_EQ(refused({{"fr", std::string(81, 'x')}}, "blue"), "list.label");
    EXPECT_EQ(refused({{"fr", "Panne"}}, "javascript"), "list.color");
    EXPECT_EQ(codes(), "");
}

TEST_F(ListsTest, S0_07_a_code_is_made_from_the_name_and_is_never_taken_twice) {
    add("Réclamation n° 1");
    add("réclamation n°1");
    add("???");
    add("", "Only English");
    EXPECT_EQ(codes(), "RECLAMATION_N_1 RECLAMATION_N_1_2 ITEM ONLY_ENGLISH");
    database_.pool.exec("update core.list_item set code = lower(code)");
    add("Vente");
    EXPECT_TRUE(codes().ends_with(" vente")) << "written like the others: " << codes();
}

TEST_F(ListsTest, a_language_left_empty_has_the_name_of_the_other) {
    add("Panne");
    EXPECT_EQ(database_.pool.exec("select labels ->> 'en' from core.list_item").text(0, 0), "Panne");
}

TEST_F(ListsTest, what_a_column_uses_is_not_deleted) {
    const auto used = add("Utilisé"), free = add("Libre");
    database_.pool.exec("create schema \"Odd one\"");
    database_.pool.exec("create table \"Odd one\".\"thing\" (\"kind of\" text)");
    database_.pool.exec("comment on column \"Odd one\".\"thing\".\"kind of\" is 'list:test.kind'");
    database_.pool.exec("insert into \"Odd one\".\"thing\" values ('UTILISE'), (null)");
    EXPECT_EQ(remove(used), "list.used");
    EXPECT_EQ(remove(free), "deleted");
    EXPECT_EQ(remove(free), "list.unknown");
    database_.pool.exec("delete from \"Odd one\".\"thing\"");
    EXPECT_EQ(remove(used), "deleted");
}

TEST_F(ListsTest, deletions_are_remembered_until_the_entry_is_added_again) {
    remove(add("Panne"));
    EXPECT_EQ(database_.pool.exec("select code from core.list_deleted").text(0, 0), "PANNE");
    add("Panne");
    EXPECT_TRUE(database_.pool.exec("select code from core.list_deleted").empty());
}

TEST_F(ListsTest, the_order_is_that_of_the_rows_whatever_is_sent) {
    const auto a = add("A"), b = add("B"), c = add("C");
    const auto order = [&](std::vector<std::int64_t> items) {
        in_transaction([&](auto& connection) { core::order_list_items(connection, "test.kind", items); return 0; });
        return codes();
    };
    EXPECT_EQ(order({c, a, b}), "C A B");
    EXPECT_EQ(order({b}), "B C A") << "the others keep their order";
    EXPECT_EQ(order({}), "B C A");
    EXPECT_EQ(order({0, 999999, a, a}), "A B C");
    const auto move = [&](std::int64_t item, int steps) {
        in_transaction([&](auto& connection) { core::move_list_item(connection, "test.kind", item, steps); return 0; });
        return codes();
    };
    EXPECT_EQ(move(a, -1), "A B C") << "nothing is above the first";
    EXPECT_EQ(move(a, 1), "B A C");
    EXPECT_EQ(move(c, 1), "B A C");
    EXPECT_EQ(move(c, -1), "B C A");
    EXPECT_EQ(move(999999, 1), "B C A");
}

TEST_F(ListsTest, entries_of_other_lists_are_out_of_reach) {
    const auto mine = add("A");
    database_.pool.exec("insert into core.list values ('test.other', 'test', 'Others')");
    db::Transaction transaction{database_.pool};
    auto& connection = transaction.connection();
    EXPECT_FALSE(core::rename_list_item(connection, "test.other", mine, {{"fr", "X"}}).empty());
    EXPECT_FALSE(core::recolor_list_item(connection, "test.other", mine, "red").empty());
    EXPECT_FALSE(core::activate_list_item(connection, "test.other", mine, false).empty());
    EXPECT_FALSE(core::delete_list_item(connection, "test.other", mine).empty());
}

// What another system knows comes in with its code, and never over an administrator's head.
TEST_F(ListsTest, S2_37_a_choice_of_another_system_keeps_its_code_and_undoes_nothing) {
    const auto provision = [&](std::string_view list, std::string_view code, std::string_view label, bool active = true) -> std::string {
        return in_transaction([&](auto& c) -> std::string {
            bool created = false;
            const auto done = core::provision_list_item(c, list, code, label, active, created);
            if (!done) return done.problems().front().code;
            return !*done ? "left out" : created ? "created" : "known";
        });
    };
    EXPECT_EQ(provision("test.none", "COM", "Commercial"), "list.unknown");
    EXPECT_EQ(provision("test.kind", "NO GOOD", "x"), "list.code");
    EXPECT_EQ(provision("test.kind", "", "x"), "list.code");
    EXPECT_EQ(codes(), "");
    EXPECT_EQ(provision("test.kind", "COM", "Question commerciale"), "created");
    EXPECT_EQ(provision("test.kind", "com", "Anything"), "known");
    EXPECT_EQ(provision("test.kind", "OLD", "", false), "created");
    EXPECT_EQ(codes(), "COM OLD");
    const auto kept = database_.pool.exec("select labels ->> 'fr', active from core.list_item where code = 'COM'");
    EXPECT_EQ(kept.text(0, 0), "Question commerciale");
    EXPECT_EQ(remove(database_.pool.exec("select id from core.list_item where code = 'OLD'").i64(0, 0)), "deleted");
    EXPECT_EQ(provision("test.kind", "OLD", "Old"), "left out") << "the administrator has deleted it";
}

}  // namespace core_test
