#include "validate.hpp"

namespace quotes {

void check_complete(guichet::Ctx ctx, const Header& header, const Lines& lines, guichet::Problems& problems) {
    if (header.customer.empty()) problems.add("customer", ctx.tr("Say for whom the quote is."));
    if (lines.lines.empty()) problems.add("lines", ctx.tr("Add a line first."));
    if (lines.totals.net_cents < 0) problems.add("lines", ctx.tr("The deductions are more than the rest: a quote has no negative total."));
    const auto today = ctx.exec("select (now() at time zone $1::text)::date::text", ctx.zone()).text(0, 0);
    if (header.valid_until < today) problems.add("valid_until", ctx.tr("This day has passed: choose a later one."));
}

void validate(guichet::Ctx ctx, guichet::Value quote) {
    require_draft(ctx, quote);
    enter_state(ctx, quote, "validated");
}

}  // namespace quotes
