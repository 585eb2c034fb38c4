#include "paging.hpp"

#include <algorithm>

namespace interventions {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;

namespace {

constexpr int kMostItems = 200;
constexpr std::size_t kMostWords = 8;

// Accounts that a word names. They are looked up beforehand: with the ids in the statement the planner knows how few rows are wanted.
std::vector<int64_t> accounts_named(Ctx ctx, const std::string& word) {
    const auto rows = ctx.exec("select w.id from directory.account_v1 w where w.search_key like '%' || fold($1::text) || '%' limit 1000", word);
    std::vector<int64_t> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.i64(i, 0));
    return out;
}

// The index finds a word in any custom field; then the searchable ones are asked.
void add_word(guichet::Query& query, std::string_view alias, const std::string& word, const std::string& searchable) {
    const auto like = [&] { query.sql(" like '%' || fold(").arg(word).sql("::text) || '%'"); };
    query.sql(" and (").sql(alias).sql(".search_key");
    like();
    if (const auto accounts = accounts_named(query.ctx(), word); !accounts.empty())
        query.sql(" or ").sql(alias).sql(".account_id = any(").arg(guichet::array_literal(accounts)).sql("::bigint[])");
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

bool by_time(const Sort& sort) { return sort.source != "label" && sort.source != "serial"; }

// A key that the column's type cannot be made of is none of ours.
bool fits(const Sort& sort, const guichet::ColumnOrder::Place& place) {
    return !by_time(sort) || !place.value || (has_zone(*place.value) && problem_of(Kind::moment, *place.value).empty());
}

// What the column makes of the source: nothing set comes first of texts and last of times.
void add_key(guichet::Query& query, const Sort& sort, const guichet::ColumnOrder::Place& after) {
    if (by_time(sort)) query.sql("coalesce(").arg(after.value).sql("::text::timestamptz, '9999-12-31 00:00:00+00')");
    else query.sql("fold(").arg(after.value.value_or("")).sql("::text)");
}

}  // namespace

const Sort* find_sort(std::span<const Sort> sorts, std::string_view name) {
    const auto it = std::ranges::find(sorts, name, &Sort::name);
    return it == sorts.end() ? nullptr : &*it;
}

PageRequest wanted_page(Request request, std::span<const Sort> sorts) {
    const auto* sort = find_sort(sorts, request.query("sort").value_or(""));
    PageRequest out{.sort = sort ? sort : &sorts.front()};
    out.after = guichet::decode_place(request.query("after").value_or(""));
    if (out.after && !fits(*out.sort, *out.after)) out.after.reset();
    return out;
}

PageRequest read_page(Ctx ctx, Request request, std::span<const Sort> sorts, Problems& problems) {
    PageRequest out{.sort = &sorts.front()};
    if (const auto text = request.query("limit")) {
        const auto limit = guichet::to_integer(*text).value_or(0);
        if (limit < 1 || limit > kMostItems) problems.add("limit", ctx.tr("Give a whole number from 1 to 200."));
        else out.limit = static_cast<int>(limit);
    }
    if (const auto name = request.query("sort")) {
        if (const auto* sort = find_sort(sorts, *name)) out.sort = sort;
        else problems.add("sort", ctx.tr("The list cannot be sorted by this."));
    }
    if (const auto text = request.query("cursor")) {
        out.after = guichet::decode_place(*text);
        if (!out.after || !fits(*out.sort, *out.after)) problems.add("cursor", ctx.tr("This is not a cursor of this list."));
    }
    return out;
}

void check_parameters(Ctx ctx, Request request, std::string_view object, std::initializer_list<std::string_view> names,
                      Problems& problems) {
    constexpr std::string_view kOfThePage[] = {"limit", "sort", "cursor"};
    for (auto rest = request.query_string(); !rest.empty();) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto name = rest.substr(0, std::min(rest.find('='), end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (std::ranges::count(names, name) + std::ranges::count(kOfThePage, name) == 0 &&
            !guichet::is_field_filter(ctx, object, guichet::kEveryAudience, name))
            problems.add(name, ctx.tr("There is no such parameter here."));
    }
}

void add_page(guichet::Query& query, std::string_view alias, const PageRequest& request) {
    const auto& sort = *request.sort;
    const std::string_view direction = sort.descending ? " desc" : "";
    if (request.after) {
        query.sql(" and (").sql(alias).sql(".").sql(sort.column).sql(", ").sql(alias).sql(".id) ").sql(sort.descending ? "< (" : "> (");
        add_key(query, sort, *request.after);
        query.sql(", ").arg(request.after->id).sql("::bigint)");
    }
    query.sql(" order by ").sql(alias).sql(".").sql(sort.column).sql(direction).sql(", ").sql(alias).sql(".id").sql(direction);
    query.sql(" limit ").arg(request.limit + 1);
}

Page take_page(Ctx ctx, const guichet::Rows& rows, const PageRequest& request) {
    const auto limit = static_cast<std::size_t>(request.limit);
    Page page{ctx.array(), ""};
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) page.items.push(rows.row(i));
    if (rows.size() <= limit) return page;
    const auto last = page.items[limit - 1];
    const auto source = last[request.sort->source];
    page.next = guichet::encode(
        guichet::ColumnOrder::Place{source.is_null() ? std::nullopt : std::optional{as_text(source)}, last["id"].integer().value_or(0)});
    return page;
}

void add_search(guichet::Query& query, std::string_view alias, std::string_view object, std::string_view words) {
    const auto searchable = guichet::searchable_fields(query.ctx(), object, guichet::kEveryAudience);
    for (std::size_t n = 0; n < kMostWords; ++n) {
        const auto begin = words.find_first_not_of(' ');
        if (begin == words.npos) return;
        const auto word = words.substr(begin, words.find(' ', begin) - begin);
        add_word(query, alias, guichet::like_literal(word), searchable);
        words.remove_prefix(begin + word.size());
    }
}

std::optional<int64_t> read_id(Ctx ctx, Request request, std::string_view name, Problems& problems) {
    const auto text = request.query(name);
    if (!text) return std::nullopt;
    const auto id = guichet::to_integer(*text);
    if (!id) problems.add(name, ctx.tr("This must be a whole number."));
    return id;
}

}  // namespace interventions
