#include "ticket_service.hpp"

#include "ticket_access.hpp"

namespace tickets {
namespace {

constexpr std::size_t kMostAtOnce = 1000;

guichet::Rows visible(guichet::Ctx ctx, const std::vector<int64_t>& ids) {
    guichet::Query query{ctx};
    query.sql("select v.* from unnest(").arg(guichet::array_literal(ids)).sql("::bigint[]) with ordinality as wanted (id, place)"
              " join ticket t on t.id = wanted.id join ticket_v1 v on v.id = t.id where ");
    Access{ctx, kRead}.add_any(query);
    return query.sql(" order by wanted.place").run();
}

}  // namespace

void find_for_others(guichet::Ctx ctx, int64_t ticket_id, guichet_value** out) {
    const auto rows = visible(ctx, {ticket_id});
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    *out = rows.row(0).raw();
}

void visible_for_others(guichet::Ctx ctx, const int64_t* ids, size_t n, guichet_value** out) {
    if (n > kMostAtOnce) throw guichet::Error{GUICHET_E_INVALID, "too many tickets at once"};
    *out = visible(ctx, {ids, ids + n}).value().raw();
}

}  // namespace tickets
