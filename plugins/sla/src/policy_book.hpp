// The policies in their order, and the calendars they count on. Made for one piece of work, on one thread: calendars that were used
// once are quick from then on.
#pragma once

#include "policy.hpp"
#include "ticket_story.hpp"

#include <map>
#include <memory>

namespace sla {

class PolicyBook {
public:
    explicit PolicyBook(guichet::Ctx ctx);

    // Every policy, by position.
    const std::vector<ServicePolicy>& all() const { return policies_; }
    bool is_empty() const;  // none is active
    const ServicePolicy* find(int64_t id) const;
    // The first active one that suits the ticket; null when none does (6.3, 2).
    const ServicePolicy* match(const TicketStory& ticket) const;
    // For a dry run: instead of the stored one, or after all others when it has no id.
    void replace(ServicePolicy policy);
    void replace(int64_t calendar, Calendar definition);

    Opening& hours(const ServicePolicy& policy);
    Opening& round_the_clock(const ServicePolicy& policy);  // in the zone of its calendar

private:
    Opening& opening(std::map<int64_t, std::unique_ptr<Opening>>& of, const ServicePolicy& policy, bool always);

    std::vector<ServicePolicy> policies_;
    std::map<int64_t, Calendar> calendars_;
    std::map<int64_t, std::unique_ptr<Opening>> hours_, always_;
    std::map<std::string, std::size_t, std::less<>> ranks_;  // of priorities
};

}  // namespace sla
