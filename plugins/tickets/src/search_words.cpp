#include "search_words.hpp"

namespace tickets {
namespace {

constexpr std::size_t kMostWords = 6;
// A shorter one is found where a word of a name begins: no index knows it, and it is everywhere.
constexpr std::size_t kShortestPart = 3;

// Without the article or pronoun that French ties to a word: "l’imprimante", "d'accès".
std::string_view without_elision(std::string_view word) {
    for (const std::string_view apostrophe : {"'", "\xe2\x80\x99"}) {
        const auto at = word.find(apostrophe);
        if (at != word.npos && at > 0 && at <= 2 && at + apostrophe.size() < word.size()) return word.substr(at + apostrophe.size());
    }
    return word;
}

std::vector<Word> split(std::string_view q) {
    std::vector<Word> out;
    while (!q.empty() && out.size() < kMostWords) {
        const auto end = std::min(q.find(' '), q.size());
        if (end > 0) out.push_back({.text = std::string{without_elision(q.substr(0, end))}});
        q.remove_prefix(std::min(end + 1, q.size()));
    }
    return out;
}

// Ids of the rows of a view of the directory whose name has the word, as text of an array.
void add_named(guichet::Query& query, std::string_view view, const std::string& word) {
    query.sql("array(select v.id from ").sql(view).sql(" v where ");
    if (guichet::count_characters(word) < kShortestPart)
        query.sql("' ' || v.name_key like overlay(pattern(").arg(word).sql("::text) placing '% ' from 1 for 1)");
    else {
        query.sql("v.search_key like pattern(").arg(word).sql("::text) and v.name_key like pattern(");
        query.arg(word).sql("::text)");
    }
    query.sql(" limit 5000)::text");
}

void add_private(guichet::Query& query, const std::string& word) {
    const auto user = query.ctx().user_id();
    query.sql("array(select m.ticket_id from message m where m.visibility = 'private' and m.words @@ query_of(").arg(word);
    query.sql("::text)::tsquery and (m.author_id = ").arg(user).sql(" or m.to_user_id = ").arg(user).sql(") limit 5000)::text");
}

void add_ids(guichet::Query& query, std::string_view column, const std::string& ids) {
    if (!ids.empty()) query.sql(" or ").sql(column).sql(" = any(").arg(ids).sql("::bigint[])");
}

// The index finds a word in any custom field; then the searchable ones are asked.
void add_custom(guichet::Query& query, const Word& word, const std::string& searchable) {
    if (searchable.empty()) return;
    query.sql(" or (t.custom <> '{}' and t.custom_words like ").arg(word.pattern).sql("::text");
    query.sql(" and exists (select from jsonb_each_text(t.custom) f (code, value) where f.code = any(").arg(searchable);
    query.sql("::text[]) and fold(f.value) like ").arg(word.pattern).sql("::text))");
}

}  // namespace

std::vector<Word> find_words(guichet::Ctx ctx, std::string_view q) {
    auto words = split(q);
    if (words.empty()) return words;
    guichet::Query query{ctx};
    for (const auto& word : words) {
        query.sql(&word == words.data() ? "select " : ", ")
            .sql("pattern(")
            .arg(word.text)
            .sql("::text), query_of(")
            .arg(word.text)
            .sql("::text), ");
        add_named(query, "directory.account_v1", word.text);
        query.sql(", ");
        add_named(query, "directory.contact_v1", word.text);
        query.sql(", ");
        add_private(query, word.text);
    }
    const auto rows = query.run();
    const auto ids = [&](std::size_t column) { return rows.text(0, column) == "{}" ? std::string{} : std::string{rows.text(0, column)}; };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto first = 5 * i;
        words[i].pattern = rows.text(0, first);
        words[i].query = rows.text(0, first + 1);
        words[i].accounts = ids(first + 2);
        words[i].contacts = ids(first + 3);
        words[i].tickets = ids(first + 4);
    }
    return words;
}

void add_words(guichet::Query& query, const std::vector<Word>& words, const std::string& searchable) {
    for (const auto& word : words) {
        query.sql(" and (t.search like ").arg(word.pattern).sql("::text");
        if (!word.query.empty()) query.sql(" or t.document @@ ").arg(word.query).sql("::text::tsquery");
        add_ids(query, "t.account_id", word.accounts);
        add_ids(query, "t.contact_id", word.contacts);
        add_ids(query, "t.id", word.tickets);
        add_custom(query, word, searchable);
        query.sql(")");
    }
}

}  // namespace tickets
