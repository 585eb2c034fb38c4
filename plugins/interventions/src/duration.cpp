#include "duration.hpp"

#include "field.hpp"

namespace interventions {

int64_t duration_of_ticket(guichet::Ctx ctx, int64_t ticket_id) {
    const auto rows = ctx.exec("select seconds from ticket_duration_v1 where id = $1", ticket_id);
    return rows.empty() ? 0 : rows.i64(0, 0);
}

void duration_column(guichet::Ctx ctx, guichet::Cells cells) {
    const auto rows =
        ctx.exec("select id, seconds from ticket_duration_v1 where id = any($1::bigint[])", guichet::array_literal(cells.ids()));
    for (std::size_t i = 0; i < cells.size(); ++i)
        for (std::size_t r = 0; r < rows.size(); ++r)
            if (rows.i64(r, 0) == cells.id(i) && rows.i64(r, 1) > 0) cells[i].text(hours_and_minutes(rows.i64(r, 1)));
}

}  // namespace interventions
