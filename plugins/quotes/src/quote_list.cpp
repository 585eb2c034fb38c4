#include "quote_list.hpp"

#include <guichet/sdk/custom_fields.hpp>

namespace quotes {

using guichet::Ctx;
using guichet::Query;
using guichet::Value;

namespace {

constexpr std::size_t kMostWords = 8;
constexpr int64_t kFirstUs = -62'135'596'800'000'000, kLastUs = 253'402'300'799'000'000;  // what PostgreSQL takes from year 1 to 9999

void add_words(Query& query, std::string_view words) {
    for (std::size_t n = 0; n < kMostWords; ++n) {
        const auto begin = words.find_first_not_of(' ');
        if (begin == words.npos) return;
        const auto word = words.substr(begin, words.find(' ', begin) - begin);
        query.sql(" and q.search like '%' || fold(").arg(guichet::like_literal(word)).sql("::text) || '%'");
        words.remove_prefix(begin + word.size());
    }
}

void add_day(Query& query, std::string_view compare, std::string_view day, std::string_view more) {
    if (day.empty()) return;
    query.sql(" and q.created_at ").sql(compare).sql(" (").arg(day).sql("::text::date").sql(more).sql(")::timestamp at time zone ");
    query.arg(query.ctx().zone()).sql("::text");
}

void add_filter(Query& query, const Filter& filter) {
    if (!filter.state.empty()) query.sql(" and q.state = ").arg(filter.state);
    if (filter.account_id) query.sql(" and q.account_id = ").arg(*filter.account_id);
    if (filter.ticket_id) query.sql(" and q.ticket_id = ").arg(*filter.ticket_id);
    if (filter.owner_id) query.sql(" and q.owner_id = ").arg(*filter.owner_id);
    add_day(query, ">=", filter.from, "");
    add_day(query, "<", filter.to, " + 1");
    add_words(query, filter.words);
    if (filter.after) query.sql(" and (q.created_at, q.id) < (").arg(filter.after->at).sql(", ").arg(filter.after->id).sql("::bigint)");
}

// Each way gives its first rows from an index that is in the wanted order; a quote may be found in several ways and is shown once.
void pick(Query& query, const Filter& filter) {
    const Access access{query.ctx(), kRead};
    if (access.ways() == 0) query.sql("select null::bigint as id where false");
    for (std::size_t way = 0; way < access.ways(); ++way) {
        query.sql(way ? " union (" : "(").sql("select q.id from quote q where ");
        access.add_way(query, way);
        add_filter(query, filter);
        query.sql(" order by q.created_at desc, q.id desc limit ").arg(filter.limit + 1).sql(")");
    }
}

}  // namespace

std::string encode(const Cursor& cursor) { return std::to_string(cursor.at.us) + '.' + std::to_string(cursor.id); }

std::optional<Cursor> decode(std::string_view text) {
    const auto point = text.find('.');
    if (point == text.npos) return std::nullopt;
    const auto us = guichet::to_integer(text.substr(0, point)), id = guichet::to_integer(text.substr(point + 1));
    if (!us || !id || *us < kFirstUs || *us > kLastUs || *id <= 0) return std::nullopt;
    return Cursor{guichet::Time{*us}, *id};
}

bool Filter::is_used() const {
    return !state.empty() || !from.empty() || !to.empty() || !words.empty() || account_id || ticket_id || owner_id;
}

Page list_quotes(Ctx ctx, const Filter& filter) {
    Query query{ctx};
    query.sql(
        "select q.id, q.ref, q.state, q.subject, q.customer, q.account_id, q.contact_id, q.ticket_id, q.net_cents, q.vat_cents,"
        " q.gross_cents, q.issued_on::text as issued_on, q.valid_until::text as valid_until, q.owner_id, q.team_id, q.created_at,"
        " q.updated_at, q.version, (select u.name from core.user_v1 u where u.id = q.owner_id) as owner_name,"
        " q.valid_until::timestamp at time zone ");
    query.arg(ctx.zone()).sql("::text as valid_at from (");
    pick(query, filter);
    query.sql(") p join quote q on q.id = p.id order by q.created_at desc, q.id desc limit ").arg(filter.limit + 1);
    const auto rows = query.run();
    const auto limit = static_cast<std::size_t>(filter.limit);
    auto items = ctx.array();
    for (std::size_t i = 0; i < std::min(limit, rows.size()); ++i) items.push(rows.row(i));
    if (rows.size() <= limit) return {items, ""};
    const auto last = items[limit - 1];
    return {items, encode({last["created_at"].time().value_or(guichet::Time{}), last["id"].integer().value_or(0)})};
}

void present_rows(Ctx ctx, Value rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        present_state(ctx, row);
        row.set("gross", euro_text(row["gross_cents"].integer().value_or(0), ctx.language()));
        row.set("title", row["ref"].text().value_or(ctx.tr("Draft quote")));
    }
}

}  // namespace quotes
