#include "base/value.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using host::base::Arena;
using host::base::Value;

TEST(Value, AccessOutsideIsNull) {
    Arena arena;
    Value* array = Value::array(arena);
    EXPECT_EQ(array->at(0), nullptr);
    EXPECT_EQ(array->key(0), "");
    EXPECT_EQ(array->get("x"), nullptr);
    EXPECT_EQ(Value::string(arena, "x")->at(0), nullptr);
    EXPECT_EQ(Value::string(arena, "x")->size(), 0u);
    EXPECT_EQ(Value::object(arena)->get(""), nullptr);
}

TEST(Value, NodesNeverMoveWhileTheirParentGrows) {
    Arena arena;
    Value* root = Value::array(arena);
    std::vector<Value*> children;
    for (int i = 0; i < 5000; ++i) {
        Value* child = root->add_object("");
        child->set("number", i);
        children.push_back(child);
    }
    for (std::size_t i = 0; i < children.size(); ++i) {
        ASSERT_EQ(root->at(i), children[i]);
        ASSERT_EQ(children[i]->get("number")->as_integer(), static_cast<std::int64_t>(i));
    }
}

TEST(Value, KeysAndStringsAreCopied) {
    Arena arena;
    Value* object = Value::object(arena);
    std::string key = "subject", text = "Imprimante en panne";
    object->set(key, std::string_view{text});
    key.assign(key.size(), '?');
    text.assign(text.size(), '?');
    ASSERT_NE(object->get("subject"), nullptr);
    EXPECT_EQ(object->get("subject")->as_string(), "Imprimante en panne");
}

TEST(Value, SetReplacesAndKeepsThePlace) {
    Arena arena;
    Value* object = Value::object(arena);
    object->set("a", 1);
    object->set("b", true);
    object->set("a", "one");
    ASSERT_EQ(object->size(), 2u);
    EXPECT_EQ(object->key(0), "a");
    EXPECT_EQ(object->at(0)->as_string(), "one");
}

TEST(Value, RealReadsIntegersToo) {
    Arena arena;
    EXPECT_EQ(Value::integer(arena, 3)->as_real(), 3.0);
    EXPECT_EQ(Value::real(arena, 2.5)->as_real(), 2.5);
}

TEST(Value, TemplateTruth) {
    Arena arena;
    EXPECT_FALSE(Value::null(arena)->truthy());
    EXPECT_FALSE(Value::boolean(arena, false)->truthy());
    EXPECT_FALSE(Value::integer(arena, 0)->truthy());
    EXPECT_FALSE(Value::real(arena, 0)->truthy());
    EXPECT_FALSE(Value::string(arena, "")->truthy());
    EXPECT_FALSE(Value::html(arena, "")->truthy());
    EXPECT_FALSE(Value::array(arena)->truthy());
    EXPECT_FALSE(Value::object(arena)->truthy());
    EXPECT_TRUE(Value::boolean(arena, true)->truthy());
    EXPECT_TRUE(Value::string(arena, "0")->truthy());
    EXPECT_TRUE(Value::time(arena, 0)->truthy());
    Value* array = Value::array(arena);
    array->push(Value::null(arena));
    EXPECT_TRUE(array->truthy());
}

TEST(Value, AnArenaThatIsFullThrowsAndLeavesTheContainerWhole) {
    Arena arena{4096};
    Value* array = Value::array(arena);
    EXPECT_THROW({ for (;;) array->push(Value::integer(arena, 7)); }, std::bad_alloc);
    for (std::size_t i = 0; i < array->size(); ++i) ASSERT_EQ(array->at(i)->as_integer(), 7);
    EXPECT_GT(array->size(), 0u);
}
