// The words of a search, and how each is looked for: in number and title by any part, in description and messages by its stem in French
// and in English, in the names of account and contact by any part, in private messages by their two people.
#pragma once

#include "call.hpp"

#include <string>
#include <vector>

namespace tickets {

// A word as it is looked for, and what the directory and the user's private messages have of it: array literals of ids, "" for none.
struct Word {
    std::string text;
    std::string pattern = {}, query = {};  // for like and for @@
    std::string accounts = {}, contacts = {}, tickets = {};
};

// One statement for all words; none without words.
std::vector<Word> find_words(guichet::Ctx ctx, std::string_view q);

// Appends " and (…)" on ticket t for each word. searchable: codes of custom fields as an array literal, "" for none.
void add_words(guichet::Query& query, const std::vector<Word>& words, const std::string& searchable);

}  // namespace tickets
