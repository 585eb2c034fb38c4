#include "policy_book.hpp"

#include "calendar_input.hpp"

#include <guichet/sdk/custom_fields.hpp>

namespace sla {

using guichet::Ctx;
using guichet::Value;

namespace {

template <class T, class U>
bool suits(const std::vector<T>& wanted, const U& value) {
    return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}
bool suits(const std::vector<int64_t>& wanted, const std::optional<int64_t>& value) {
    return wanted.empty() || (value && suits(wanted, *value));
}

// What was checked when it was stored.
ServicePolicy stored_policy(Ctx ctx, const guichet::Rows& rows, std::size_t i) {
    ServicePolicy out;
    out.id = rows.i64(i, 0);
    out.version = rows.i64(i, 1);
    out.name = rows.text(i, 2);
    out.active = rows.boolean(i, 3);
    if (const auto from = rows.maybe_i64(i, 4)) out.enforce_from = Instant{std::chrono::seconds{*from}};
    out.calendar_id = rows.i64(i, 5);
    guichet::Problems ignored{ctx};  // an entry of a list that is gone since
    read_policy(ctx, guichet::parse_json(ctx, rows.text(i, 6)), out, ignored);
    return out;
}

}  // namespace

PolicyBook::PolicyBook(Ctx ctx) {
    const auto policies = ctx.exec(
        "select id, version, name, active, floor(extract(epoch from enforce_from))::bigint, calendar_id, definition::text from policy "
        "order by position, id");
    for (std::size_t i = 0; i < policies.size(); ++i) policies_.push_back(stored_policy(ctx, policies, i));
    const auto calendars = ctx.exec("select id, definition::text from calendar");
    for (std::size_t i = 0; i < calendars.size(); ++i) {
        guichet::Problems ignored{ctx};
        calendars_[calendars.i64(i, 0)] = read_calendar(ctx, guichet::parse_json(ctx, calendars.text(i, 1)), "", ignored);
    }
    const auto priorities = ctx.list("tickets.priority");
    for (std::size_t i = 0; i < priorities.size(); ++i) ranks_[std::string{priorities[i]["code"].text().value_or("")}] = i;
}

bool PolicyBook::is_empty() const { return std::ranges::none_of(policies_, &ServicePolicy::active); }

const ServicePolicy* PolicyBook::find(int64_t id) const {
    const auto it = std::ranges::find(policies_, id, &ServicePolicy::id);
    return it == policies_.end() ? nullptr : &*it;
}

const ServicePolicy* PolicyBook::match(const TicketStory& ticket) const {
    const auto rank = ranks_.find(ticket.priority);
    for (const auto& policy : policies_) {
        const auto& scope = policy.scope;
        if (!policy.active || !suits(scope.teams, ticket.team) || !suits(scope.accounts, ticket.account) ||
            !suits(scope.contracts, ticket.contract))
            continue;
        if (!suits(scope.types, ticket.type) || !suits(scope.channels, ticket.channel)) continue;
        if (!scope.min_priority.empty()) {
            const auto least = ranks_.find(scope.min_priority);
            if (rank == ranks_.end() || least == ranks_.end() || rank->second < least->second) continue;
        }
        return &policy;
    }
    return nullptr;
}

void PolicyBook::replace(ServicePolicy policy) {
    const auto it = std::ranges::find(policies_, policy.id, &ServicePolicy::id);
    if (it == policies_.end()) policies_.push_back(std::move(policy));
    else *it = std::move(policy);
}

void PolicyBook::replace(int64_t calendar, Calendar definition) {
    calendars_[calendar] = std::move(definition);
    hours_.erase(calendar);
    always_.erase(calendar);
}

Opening& PolicyBook::opening(std::map<int64_t, std::unique_ptr<Opening>>& of, const ServicePolicy& policy, bool always) {
    auto& found = of[policy.calendar_id];
    if (found) return *found;
    auto calendar = calendars_.at(policy.calendar_id);
    if (always) {
        calendar = {.zone = calendar.zone, .week = {}, .dates = {}, .yearly = {}};
        calendar.week.fill({{0, 1440}});
    }
    found = std::make_unique<Opening>(std::move(calendar));
    return *found;
}

Opening& PolicyBook::hours(const ServicePolicy& policy) { return opening(hours_, policy, false); }

Opening& PolicyBook::round_the_clock(const ServicePolicy& policy) { return opening(always_, policy, true); }

}  // namespace sla
