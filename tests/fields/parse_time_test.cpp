// Dates and times as people type them.
#include "base/json.hpp"
#include "i18n/parse_time.hpp"

#include <gtest/gtest.h>

namespace host::i18n {
namespace {

std::string instant(std::string_view typed, std::string_view language, std::string_view zone) {
    const auto us = parse_datetime(typed, language, zone);
    return us ? base::rfc3339(*us) : "refused";
}

TEST(TypedDate, what_does_not_exist_is_refused) {
    for (const std::string_view typed : {"", "2026-02-29", "2026-13-01", "2026-00-10", "31/02/2026", "1/1/26", "2026", "22-11-2026", "2026/11/22",
                                         "32/01/2026", "0000-01-01", "22 nov", "22 jui 2026", "nov 22 2026", "2026-1-1", "aa/bb/cccc", "1/2/3/4"})
        for (const std::string_view language : {"fr", "en"}) EXPECT_FALSE(parse_date(typed, language)) << typed << " in " << language;
}

TEST(TypedDate, is_read_in_every_usual_form) {
    for (const std::string_view typed : {"2026-11-02", "02/11/2026", "2/11/2026", "2.11.2026", " 2026-11-02 "})
        for (const std::string_view language : {"fr", "en"}) EXPECT_EQ(parse_date(typed, language).value_or(""), "2026-11-02") << typed;
    EXPECT_EQ(parse_date("2 novembre 2026", "fr").value_or(""), "2026-11-02");
    EXPECT_EQ(parse_date("1er nov. 2026", "fr").value_or(""), "2026-11-01");
    EXPECT_EQ(parse_date("2 Nov 2026", "en").value_or(""), "2026-11-02");
    EXPECT_EQ(parse_date("29/02/2028", "fr").value_or(""), "2028-02-29");
}

TEST(TypedTime, wrong_input_is_refused) {
    for (const std::string_view typed : {"", "2026-11-22", "19:02", "2026-11-22T25:00", "2026-11-22T19:60", "2026-11-22T19", "22/11/2026 à midi",
                                         "2026-11-22T19:02+25:00", "2026-02-30T10:00", "2026-11-22T19:02:61Z", "2026-11-22T19:02:00.Z"})
        for (const std::string_view language : {"fr", "en"}) EXPECT_EQ(instant(typed, language, "Europe/Paris"), "refused") << typed;
}

TEST(TypedTime, an_offset_says_which_instant_it_is) {
    EXPECT_EQ(instant("2026-11-22T19:02:03Z", "fr", "Pacific/Noumea"), "2026-11-22T19:02:03Z");
    EXPECT_EQ(instant("2026-11-22T19:02+01:00", "en", "UTC"), "2026-11-22T18:02:00Z");
    EXPECT_EQ(instant("2026-11-22T19:02-0530", "en", "UTC"), "2026-11-23T00:32:00Z");
}

TEST(TypedTime, without_one_it_is_the_clock_of_the_users_zone) {
    EXPECT_EQ(instant("2026-11-22T19:02", "fr", "Europe/Paris"), "2026-11-22T18:02:00Z");
    EXPECT_EQ(instant("2026-07-14T19:02", "fr", "Europe/Paris"), "2026-07-14T17:02:00Z");
    EXPECT_EQ(instant("22/11/2026 19:02", "fr", "America/Martinique"), "2026-11-22T23:02:00Z");
    EXPECT_EQ(instant("22/11/2026 à 19h02", "fr", "Europe/Paris"), "2026-11-22T18:02:00Z");
    EXPECT_EQ(instant("22 novembre 2026 à 9h", "fr", "Europe/Paris"), "2026-11-22T08:00:00Z");
    EXPECT_EQ(instant("22 Nov 2026, 19:02", "en", "Europe/London"), "2026-11-22T19:02:00Z");
}

TEST(TypedTime, the_hour_that_summer_time_leaves_out_and_the_one_it_repeats_are_some_instant) {
    EXPECT_EQ(instant("2026-03-29T02:30", "fr", "Europe/Paris"), "2026-03-29T01:30:00Z");
    EXPECT_EQ(instant("2026-10-25T02:30", "fr", "Europe/Paris"), "2026-10-25T00:30:00Z");
}

}  // namespace
}  // namespace host::i18n
