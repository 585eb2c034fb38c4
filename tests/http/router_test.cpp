#include "http/router.hpp"

#include <gmock/gmock.h>

namespace {

using host::http::Router;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class Routes : public ::testing::Test {
protected:
    Routes() {
        const std::pair<const char*, const char*> routes[] = {
            {"GET", "/"},
            {"GET", "/tickets"},
            {"POST", "/tickets"},
            {"GET", "/tickets/{id}"},
            {"POST", "/tickets/{number}"},
            {"GET", "/tickets/new"},
            {"GET", "/tickets/{id}/messages/{message}"},
            {"DELETE", "/tickets/new/x"},
            {"HEAD", "/tickets/{id}/raw"},
            {"GET", "/tickets/{id}/raw"},
        };
        for (std::size_t i = 0; i < std::size(routes); ++i) EXPECT_TRUE(router_.add(routes[i].first, routes[i].second, i));
    }
    // Index of the route, or -1.
    int find(std::string_view method, std::string_view path) const {
        const auto answer = router_.find(method, path);
        return answer.match ? static_cast<int>(answer.match->index) : -1;
    }
    Router router_;
};

TEST_F(Routes, collisions_are_refused) {
    EXPECT_FALSE(router_.add("GET", "/tickets", 99));
    EXPECT_FALSE(router_.add("GET", "/tickets/{other}", 99));
    EXPECT_TRUE(router_.add("GET", "/tickets/", 99));
    EXPECT_TRUE(router_.add("PUT", "/tickets", 99));
    EXPECT_EQ(find("GET", "/tickets"), 1) << "a refused route replaced the first";
}

TEST_F(Routes, malformed_patterns_are_refused) {
    for (const char* pattern : {"", "tickets", "/a{id}", "/{id}b", "/{}", "/{", "/}", "/{a}{b}", "/{{a}}", "/{id}/{id}"})
        EXPECT_THROW(router_.add("GET", pattern, 99), std::invalid_argument) << pattern;
}

TEST_F(Routes, unknown_paths) {
    for (const char* path : {"", "tickets", "/ticket", "/tickets/", "/tickets/1/", "/tickets//messages/2", "/tickets/1/messages/", "//",
                             "/Tickets", "/tickets/1/messages", "/{id}"}) {
        const auto answer = router_.find("GET", path);
        EXPECT_FALSE(answer.match) << path;
        EXPECT_THAT(answer.allowed, IsEmpty()) << path;
    }
}

TEST_F(Routes, literals_win_over_parameters) {
    EXPECT_EQ(find("GET", "/"), 0);
    EXPECT_EQ(find("GET", "/tickets/new"), 5);
    EXPECT_EQ(find("GET", "/tickets/12"), 3);
    EXPECT_EQ(find("POST", "/tickets/new"), 4) << "no literal route for this method";
    EXPECT_EQ(find("GET", "/tickets/new/messages/3"), 6) << "stuck in the literal branch";
}

TEST_F(Routes, parameters_have_the_names_of_their_route) {
    EXPECT_THAT(router_.find("GET", "/tickets/12").match->params, ElementsAre(Pair("id", "12")));
    EXPECT_THAT(router_.find("POST", "/tickets/12").match->params, ElementsAre(Pair("number", "12")));
    EXPECT_THAT(router_.find("GET", "/tickets/a b/messages/é").match->params, ElementsAre(Pair("id", "a b"), Pair("message", "é")));
}

TEST_F(Routes, head_finds_get_unless_it_has_its_own) {
    EXPECT_EQ(find("HEAD", "/tickets"), 1);
    EXPECT_EQ(find("HEAD", "/tickets/1/raw"), 8);
    EXPECT_EQ(find("GET", "/tickets/1/raw"), 9);
    EXPECT_EQ(find("HEAD", "/tickets/new/x"), -1);
}

TEST_F(Routes, wrong_method_tells_the_right_ones) {
    EXPECT_THAT(router_.find("DELETE", "/tickets").allowed, UnorderedElementsAre("GET", "HEAD", "POST"));
    EXPECT_THAT(router_.find("DELETE", "/tickets/new").allowed, UnorderedElementsAre("GET", "HEAD", "POST"));
    EXPECT_THAT(router_.find("GET", "/tickets/new/x").allowed, UnorderedElementsAre("DELETE"));
    EXPECT_THAT(router_.find("PUT", "/tickets/1/raw").allowed, UnorderedElementsAre("HEAD", "GET"));
}

TEST_F(Routes, survive_a_move) {
    const auto before = router_.find("GET", "/tickets/12");
    const Router moved = std::move(router_);
    EXPECT_EQ(moved.find("GET", "/tickets/12").match->index, 3u);
    EXPECT_EQ(before.match->params.front().first, "id");
}

}  // namespace
