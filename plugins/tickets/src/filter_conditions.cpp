#include "filter_conditions.hpp"

namespace tickets {
namespace {

using Kind = FilterInfo::Kind;

// One value is compared by itself: its index then gives the rows in their order.
void add_codes(guichet::Query& query, const Condition& condition) {
    query.sql(" and ").sql(condition.filter->column);
    if (condition.codes.size() == 1) query.sql(" = ").arg(condition.codes.front());
    else query.sql(" = any(").arg(guichet::array_literal(condition.codes)).sql("::text[])");
}

void add_ids(guichet::Query& query, const Condition& condition) {
    query.sql(" and ").sql(condition.filter->column);
    if (condition.ids.empty()) query.sql(" is null");
    else if (condition.ids.size() == 1) query.sql(" = ").arg(condition.ids.front());
    else query.sql(" = any(").arg(guichet::array_literal(condition.ids)).sql("::bigint[])");
}

// A day ends where the next one of the user begins.
void add_bound(guichet::Query& query, const Condition& condition, const Bound& bound, bool upper) {
    if (!bound) return;
    query.sql(" and ").sql(condition.filter->column);
    if (bound.number) query.sql(upper ? " <= " : " >= ").arg(*bound.number);
    else if (bound.instant) query.sql(upper ? " <= " : " >= ").arg(*bound.instant);
    else {
        query.sql(upper ? " < ((" : " >= ((").arg(bound.day).sql(upper ? "::text::date + 1)" : "::text::date)");
        query.sql("::timestamp at time zone ").arg(query.ctx().zone()).sql("::text)");
    }
}

void add_condition(guichet::Query& query, const Condition& condition) {
    switch (condition.filter->kind) {
        case Kind::list:
            return add_codes(query, condition);
        case Kind::tag:
            query.sql(" and t.tags <> '{}' and t.tags @> ").arg(guichet::array_literal(condition.codes)).sql("::text[]");
            return;
        case Kind::flag:
            query.sql(condition.codes.front() == "true" ? " and " : " and not ").sql(condition.filter->column);
            return;
        case Kind::watcher:
            query.sql(" and exists (select from watcher w where w.ticket_id = t.id and w.user_id = ").arg(condition.ids.front()).sql(")");
            return;
        case Kind::person:
        case Kind::team:
        case Kind::reference:
            return add_ids(query, condition);
        case Kind::days:
        case Kind::number:
            add_bound(query, condition, condition.from, false);
            return add_bound(query, condition, condition.to, true);
        case Kind::late:
            query.sql(" and coalesce(t.due_at, '9999-12-31 00:00:00+00') < now()");
    }
}

}  // namespace

void add_conditions(guichet::Query& query, const Filter& filter) {
    for (const auto& condition : filter.conditions) add_condition(query, condition);
    guichet::ListColumns::add_conditions(query, "t", filter.columns);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "t.", field);
    add_words(query, filter.words, filter.searchable);
}

}  // namespace tickets
