#include "db/rows.hpp"

#include "base/json.hpp"
#include "db/connection.hpp"
#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace host::db;
using host::base::Arena;
using host::base::Value;

namespace {

class RowsTest : public testing::Test {
protected:
    Rows exec(std::string_view sql) { return connection_.exec({}, sql, {}); }
    std::int64_t time(const std::string& literal) { return exec("select '" + literal + "'::timestamptz").time_us(0, 0); }
    Connection connection_{support::fresh_database(), 3000, 1000};
};

}  // namespace

TEST_F(RowsTest, OutsideAndWrongTypes) {
    const Rows rows = exec("select 'abc'::text, null::int, 12.5::numeric, '99999999999999999999'::text");
    EXPECT_THROW(rows.text(1, 0), std::out_of_range);
    EXPECT_THROW(rows.text(0, 4), std::out_of_range);
    EXPECT_THROW(rows.is_null(9, 9), std::out_of_range);
    EXPECT_THROW(rows.i64(0, 0), Error);
    EXPECT_THROW(rows.i64(0, 1), Error);
    EXPECT_THROW(rows.i64(0, 2), Error);
    EXPECT_THROW(rows.i64(0, 3), Error);
    EXPECT_THROW(rows.boolean(0, 0), Error);
    EXPECT_THROW(rows.f64(0, 0), Error);
    EXPECT_THROW(rows.time_us(0, 0), Error);
    EXPECT_EQ(rows.column("none"), -1);
    EXPECT_EQ(rows.text(0, 1), "");
    EXPECT_EQ(rows.maybe_i64(0, 1), std::nullopt);
    EXPECT_EQ(rows.maybe_text(0, 1), std::nullopt);
    EXPECT_EQ(rows.f64(0, 2), 12.5);
    Arena arena;
    EXPECT_THROW(rows.row_value(arena, 1), std::out_of_range);
}

TEST_F(RowsTest, TimesAgreeWithPostgreSQL) {
    for (const char* literal : {"1970-01-01 00:00:00+00", "2026-11-22 19:02:40.123456+00", "2026-11-22 19:02:40.1+00", "1969-12-31 23:59:59.999999+00",
                                "2000-02-29 12:00:00+02", "0001-01-01 00:00:00+00", "0044-03-15 12:00:00+00 BC", "9999-12-31 23:59:59.999999+00",
                                "12345-06-07 08:09:10+00", "2026-03-29 02:30:00+01"}) {
        const Rows rows = exec("select (extract(epoch from '" + std::string{literal} + "'::timestamptz) * 1000000)::bigint");
        EXPECT_EQ(time(literal), rows.i64(0, 0)) << literal;
    }
    EXPECT_EQ(time("infinity"), INT64_MAX);
    EXPECT_EQ(time("-infinity"), INT64_MIN);
    EXPECT_THROW(time("200000-01-01 00:00:00+00"), Error);
    EXPECT_EQ(exec("select '2026-11-22'::date").time_us(0, 0), 1795305600'000'000);
    EXPECT_EQ(exec("select '0044-03-15 BC'::date").time_us(0, 0), exec("select '0044-03-15 00:00:00+00 BC'::timestamptz").time_us(0, 0));
    connection_.begin();
    exec("set local timezone = 'Asia/Kolkata'");
    EXPECT_EQ(exec("select '1970-01-01 00:00:00+00'::timestamptz").time_us(0, 0), 0);
    EXPECT_EQ(exec("select '1900-01-01 00:00:00+00'::timestamptz").time_us(0, 0), -2208988800'000'000) << "an offset with seconds";
    connection_.rollback();
}

TEST_F(RowsTest, ValuesKeepTheirTypes) {
    const Rows rows = exec(R"(select 1::int2 i2, 2::int4 i4, 3::int8 i8, 0.5::float8 f, 'NaN'::float4 nan, 1.50::numeric num, true yes,
        'é' txt, null::int nothing, '1970-01-01 00:00:01+00'::timestamptz at, '2026-01-01'::date as day,
        '{"a":[1,"x"]}'::jsonb tree, 'null'::json jnull)");
    Arena arena;
    const Value* object = rows.row_value(arena, 0);
    EXPECT_EQ(to_json(*object), R"({"i2":1,"i4":2,"i8":3,"f":0.5,"nan":null,"num":"1.50","yes":true,"txt":"é","nothing":null,)"
                                R"("at":"1970-01-01T00:00:01Z","day":"2026-01-01","tree":{"a":[1,"x"]},"jnull":null})");
    EXPECT_TRUE(object->get("at")->is(Value::Type::time));
    EXPECT_TRUE(object->get("f")->is(Value::Type::real));
    EXPECT_TRUE(object->get("tree")->is(Value::Type::object));
}

TEST_F(RowsTest, ArraysOfObjectsOutliveTheRows) {
    Arena arena;
    const Value* array = nullptr;
    {
        const Rows rows = exec("select n, 'row ' || n as name from generate_series(1, 3) n");
        array = rows.to_value(arena);
    }
    EXPECT_EQ(to_json(*array), R"([{"n":1,"name":"row 1"},{"n":2,"name":"row 2"},{"n":3,"name":"row 3"}])");
    EXPECT_EQ(to_json(*exec("select 1 as id, 2 as x, 3 as id").to_value(arena)), R"([{"x":2,"id":3}])");
    EXPECT_EQ(to_json(*exec("select 1 where false").to_value(arena)), "[]");
}

TEST_F(RowsTest, JsonThatWeDoNotAcceptIsAnError) {
    Arena arena;
    EXPECT_THROW(exec(R"(select '{"a":1,"a":2}'::json)").to_value(arena), Error);
    EXPECT_THROW(exec("select '1e400'::jsonb").to_value(arena), Error);
    EXPECT_THROW(exec("select (repeat('[', 65) || repeat(']', 65))::jsonb").to_value(arena), Error);
}
