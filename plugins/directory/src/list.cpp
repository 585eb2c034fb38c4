#include "list.hpp"

#include <guichet/sdk/custom_fields.hpp>

#include <algorithm>

namespace directory {
namespace {

constexpr std::size_t kMostWords = 8;
constexpr std::ptrdiff_t kFewestDigits = 4;  // of a part of a telephone number

std::optional<int64_t> microseconds(std::string_view text) {
    int64_t us = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), us);
    // 0001-01-01 to 9999-12-31, which PostgreSQL can hold
    if (error != std::errc{} || end != text.data() + text.size() || us < -62'135'596'800'000'000 || us > 253'402'300'799'000'000)
        return std::nullopt;
    return us;
}

// The index finds a word in any custom field; then the searchable ones are asked.
void add_word(guichet::Query& query, std::string_view alias, const std::string& word, const std::string& searchable) {
    const auto like = [&] { query.sql(" like '%' || fold(").arg(word).sql("::text) || '%'"); };
    query.sql(" and (").sql(alias).sql(".search_key");
    like();
    if (!searchable.empty()) {
        query.sql(" or (").sql(alias).sql(".custom <> '{}' and ").sql(alias).sql(".custom_words");
        like();
        query.sql(" and exists (select from jsonb_each_text(").sql(alias).sql(".custom) f (code, value) where f.code = any(");
        query.arg(searchable).sql("::text[]) and fold(f.value)");
        like();
        query.sql("))");
    }
    query.sql(")");
}

bool looks_like_telephone(std::string_view words) {
    const bool fits = words.find_first_not_of("0123456789+()./- ") == words.npos;
    return fits && std::ranges::count_if(words, [](char c) { return c >= '0' && c <= '9'; }) >= kFewestDigits;
}

void add_key(guichet::Query& query, const Sort& sort, const Cursor& after) {
    if (sort.by_time) query.arg(guichet::Time{microseconds(after.key).value_or(0)});
    else query.sql("fold(").arg(after.key).sql("::text)");
}

}  // namespace

const Sort* find_sort(std::span<const Sort> sorts, std::string_view name) {
    const auto it = std::ranges::find(sorts, name, &Sort::name);
    return it == sorts.end() ? nullptr : &*it;
}

std::optional<Cursor> read_cursor(const Sort& sort, std::string_view text) {
    auto cursor = decode(text);
    if (!cursor || cursor->sort != sort.name) return std::nullopt;
    if (sort.by_time && !microseconds(cursor->key)) return std::nullopt;
    return cursor;
}

void add_search(guichet::Query& query, std::string_view alias, std::string_view object, std::string_view words, Telephones telephones) {
    if (words.find_first_not_of(' ') == words.npos) return;
    if (telephones == Telephones::yes && looks_like_telephone(words)) {
        query.sql(" and (").sql(alias).sql(".phone_key like '%' || phone_key(").arg(words).sql("::text) || '%' or (true");
        add_search(query, alias, object, words);
        query.sql("))");
        return;
    }
    const auto searchable = guichet::searchable_fields(query.ctx(), object, guichet::kEveryAudience);
    for (std::size_t n = 0; n < kMostWords; ++n) {
        const auto begin = words.find_first_not_of(' ');
        if (begin == words.npos) return;
        const auto word = words.substr(begin, words.find(' ', begin) - begin);
        add_word(query, alias, guichet::like_literal(word), searchable);
        words.remove_prefix(begin + word.size());
    }
}

void add_page(guichet::Query& query, std::string_view alias, const PageRequest& request) {
    const auto& sort = *request.sort;
    if (request.after) {
        query.sql(" and (").sql(alias).sql(".").sql(sort.column).sql(", ").sql(alias).sql(".id) ");
        query.sql(sort.descending ? "< (" : "> (");
        add_key(query, sort, *request.after);
        query.sql(", ").arg(request.after->id).sql("::bigint)");
    }
    add_order(query, alias, sort);
    query.sql(" limit ").arg(request.limit + 1);
}

void add_order(guichet::Query& query, std::string_view alias, const Sort& sort) {
    const std::string_view direction = sort.descending ? " desc" : "";
    query.sql(" order by ").sql(alias).sql(".").sql(sort.column).sql(direction);
    query.sql(", ").sql(alias).sql(".id").sql(direction);
}

void add_export_columns(guichet::Query& query, const Entity& entity, std::string_view alias) {
    for (const auto& field : entity.fields) {
        // of an account people know the number, and when it has none the name
        if (field.kind == Kind::reference)
            query.sql("(select coalesce(a.code, a.name) from account a where a.id = ").sql(alias).sql(".account_id), ");
        else query.sql(alias).sql(".").sql(field.name).sql("::text, ");
    }
    query.sql(alias).sql(".custom::text");
}

Page take_page(guichet::Ctx ctx, const guichet::Rows& rows, const PageRequest& request) {
    const auto limit = static_cast<std::size_t>(request.limit);
    if (rows.size() <= limit) return {rows.value(), ""};
    auto items = ctx.array();
    for (std::size_t i = 0; i < limit; ++i) items.push(rows.row(i));
    const auto last = items[limit - 1];
    const auto key = request.sort->by_time ? std::to_string(last["created_at"].time().value_or(guichet::Time{}).us)
                                           : request.sort->key(last);
    return {items, encode({std::string{request.sort->name}, last["id"].integer().value_or(0), key})};
}

}  // namespace directory
