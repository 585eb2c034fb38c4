// What hooks do to a publisher, and what is left of it when they misbehave.
#include "event/host.hpp"

namespace host::event_tests {
namespace {

class Hooks : public EventTest {
protected:
    Hooks() {
        host_->enable("taxes");
        host_->enable("alpha");
    }
    void expect_nothing_stored() {
        EXPECT_EQ(count("shop.orders"), 0);
        EXPECT_EQ(count("core.outbox"), 0);
    }
};

}  // namespace

TEST_F(Hooks, AVetoRollsBackEverythingAndNamesTheField) {
    EXPECT_EQ(host_->order(1, "taxes_vetoes"), "Not for sale. @ item");
    expect_nothing_stored();
}

TEST_F(Hooks, AnAfterHookThatFailsRollsBackToo) {
    EXPECT_EQ(host_->order(1, "alpha_refuses_after"), "too late");
    expect_nothing_stored();
}

TEST_F(Hooks, WhatIsNotEditableStaysAndTheCulpritIsNamed) {
    EXPECT_EQ(host_->order(1, "alpha_renames"), "the hook of alpha spoilt the event shop.ordering/1: it changed \"item\", which is not editable");
    expect_nothing_stored();
}

TEST_F(Hooks, AnEditThatBreaksTheSchemaNamesTheCulprit) {
    const auto error = host_->order(1, "taxes_spoils");
    EXPECT_THAT(error, testing::StartsWith("the hook of taxes spoilt the event shop.ordering/1: "));
    EXPECT_THAT(error, testing::HasSubstr("/price"));
    expect_nothing_stored();
}

TEST_F(Hooks, ForeignExceptionsAndOpenTransactionsFailThePublisher) {
    EXPECT_NE(host_->order(1, "taxes_throws"), "ordered");
    EXPECT_EQ(host_->order(1, "alpha_begins"), "the plugin left a transaction open; it was rolled back");
    EXPECT_EQ(host_->order(1, "taxes_commits"), "commit without begin");
    expect_nothing_stored();
}

TEST_F(Hooks, AHookHasNoMoreTimeThanItsBudget) {
    EXPECT_NE(host_->order(1, "taxes_sleeps"), "ordered");
    expect_nothing_stored();
}

TEST_F(Hooks, APluginCannotWriteTheOutboxItself) {
    EXPECT_THAT(host_->order(1, "taxes_writes_outbox"), testing::HasSubstr("permission denied"));
    expect_nothing_stored();
}

TEST_F(Hooks, RunInTheOrderOfTheirPluginsAndEditWhatTheyMay) {
    EXPECT_EQ(host_->order(1, "taxes_doubles"), "ordered");
    const auto row = sql("select price, notes from shop.orders");
    ASSERT_EQ(row.size(), 1u);
    EXPECT_EQ(row.i64(0, 0), 20);
    EXPECT_EQ(row.text(0, 1), "taxes.alpha.");
    EXPECT_EQ(sql("select data->>'price' from core.outbox").text(0, 0), "20");
}

TEST_F(Hooks, APublisherThatChangesItsMindLeavesNoOutboxRow) {
    host_->enable("log");
    EXPECT_EQ(host_->order(1, "changed_my_mind"), "changed my mind");
    expect_nothing_stored();
    EXPECT_EQ(count("core.delivery"), 0);
}

TEST_F(Hooks, EventsNeedATransactionADeclarationAndValidData) {
    EXPECT_EQ(host_->get("/shop/loose"), "events are published in a transaction");
    EXPECT_EQ(host_->get("/shop/undeclared"), "plugin.json does not declare the event shop.lost/1 of the kind after");
    EXPECT_THAT(host_->get("/shop/wrong"), testing::StartsWith("the event shop.ordered/1 does not match its schema: "));
    expect_nothing_stored();
}

TEST_F(Hooks, TheSameEventAboutTheSameSubjectIsNotPublishedInsideItself) {
    EXPECT_EQ(host_->get("/shop/again"), "the event shop.nested/1 is being published for level/1 already");
}

TEST_F(Hooks, HooksOfHooksEndAtEight) { EXPECT_EQ(host_->get("/shop/deep"), "hooks publish events more than 8 deep"); }

}  // namespace host::event_tests
