#include "booking.hpp"

#include <tickets/tickets_v1.h>

namespace timesheet {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::size_t kMostAtOnce = 1000;

std::string text(Value value) { return std::string{value.text().value_or("")}; }

}  // namespace

std::optional<Booking> find_booking(Ctx ctx, int64_t ticket) {
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0);
    if (!tickets) throw guichet::Error{GUICHET_E_UNAVAILABLE, "tickets.tickets is not there"};
    guichet_value* found = nullptr;
    try {
        tickets(&tickets_tickets_v1::find, ticket, &found);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND) throw;
        return std::nullopt;
    }
    const Value row{ctx.raw(), found};
    return Booking{ticket, text(row["ref"]), text(row["subject"]), row["account_id"].integer(), row["contract_id"].integer()};
}

std::optional<Booking> find_booking(Ctx ctx, std::string_view ref) {
    const auto rows = ctx.exec("select id from tickets.ticket_v1 where ref = $1", ref);
    return rows.empty() ? std::nullopt : find_booking(ctx, rows.i64(0, 0));
}

std::optional<Booking> booking_of_known(Ctx ctx, int64_t ticket) {
    const auto rows = ctx.exec("select ref, subject, account_id, contract_id from tickets.ticket_v1 where id = $1", ticket);
    if (rows.empty()) return std::nullopt;
    return Booking{ticket, std::string{rows.text(0, 0)}, std::string{rows.text(0, 1)}, rows.maybe_i64(0, 2), rows.maybe_i64(0, 3)};
}

std::string obstacle(Ctx ctx, const Settings& settings, const Booking& booking) {
    if (!settings.contract_required || booking.contract) return {};
    return guichet::fill(ctx.tr("Time is booked on a contract, and ticket %1 has none. Link a contract to the ticket first."),
                         {booking.ref});
}

Value subjects_of(Ctx ctx, const std::vector<int64_t>& tickets) {
    auto out = ctx.object();
    const auto service = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0);
    for (std::size_t at = 0; service && at < tickets.size(); at += kMostAtOnce) {
        guichet_value* found = nullptr;
        service(&tickets_tickets_v1::visible, tickets.data() + at, std::min(kMostAtOnce, tickets.size() - at), &found);
        const Value rows{ctx.raw(), found};
        for (std::size_t i = 0; i < rows.size(); ++i) out.set(std::to_string(rows[i]["id"].integer().value_or(0)), rows[i]["subject"]);
    }
    return out;
}

}  // namespace timesheet
