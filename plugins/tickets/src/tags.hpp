// Tags of a ticket: free words. As a value they are joined by commas, which no tag has.
#pragma once

#include "call.hpp"

namespace tickets {

inline constexpr std::size_t kMostTags = 20;
inline constexpr std::size_t kLongestTag = 40;

// Trimmed, each once (case does not matter, the first spelling stays), in the order typed; empty ones are left out.
std::string normalised_tags(std::string_view typed);
std::string with_tag(std::string_view tags, std::string_view tag);
std::string without_tag(std::string_view tags, std::string_view tag);
// Those of both, as many as a ticket may have.
std::string joined_tags(std::string_view tags, std::string_view more);
// What is wrong with them, for people; "" when nothing is.
std::string tags_problem(const Call& call, std::string_view tags);

guichet::Value tags_value(const Call& call, std::string_view tags);
// In use on tickets that the user may see, most used first.
guichet::Value suggested_tags(const Call& call, std::string_view begin);

// GET /tickets/tags: options for the input, GET /api/v1/tickets/tags.
void suggest_tags(const Call& call, guichet::Request request);
namespace api {
void list_tags(const Call& call, guichet::Request request);
}

}  // namespace tickets
