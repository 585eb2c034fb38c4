// The statuses of this desk. Their table is tiny and read by every page: each instance keeps a copy for two
// seconds, so that an administrator's change is seen everywhere at once as far as people can tell.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace tickets {

struct Status {
    int64_t id = 0;
    std::string code, phase, color;
    std::vector<std::pair<std::string, std::string>> labels;  // language, text
    bool active = true;                                       // otherwise no longer offered
    bool pauses = false;                                      // the clocks of service levels stand still
    std::vector<int64_t> next;                                // the statuses that may follow; none: all

    std::string_view label(std::string_view language) const;
};

// By position. Immutable.
class Statuses {
public:
    explicit Statuses(std::vector<Status> all) : all_{std::move(all)} {}

    const std::vector<Status>& all() const { return all_; }
    // Null when there is none.
    const Status* by_id(int64_t id) const;
    const Status* by_code(std::string_view code) const;
    // Active ones only.
    const Status* first_of(std::string_view phase) const;
    // The status of a new ticket.
    const Status& first() const;
    // Whether a ticket may go from the one to the other; to stay is always allowed.
    bool allows(int64_t from, int64_t to) const;

    std::vector<int64_t> ids() const;
    std::vector<int64_t> ids_of(std::string_view phase) const;
    // Work that is not done: phases new, open and waiting.
    std::vector<int64_t> unfinished() const;
    std::vector<int64_t> finished() const;

private:
    std::vector<Status> all_;
};

bool is_unfinished(std::string_view phase);
// Phases that end a ticket: it has a closing date then.
bool is_ended(std::string_view phase);
// The work is done: it has an end date then (S3-14).
bool is_solved(std::string_view phase);
bool is_phase(std::string_view text);

class StatusCatalog {
public:
    // [worker]
    std::shared_ptr<const Statuses> current(guichet::Ctx ctx);
    // After a change of the workflow: read again at once, elsewhere within two seconds.
    void forget();

private:
    std::mutex mutex_;
    std::shared_ptr<const Statuses> copy_;
    int64_t read_at_us_ = 0;
};

}  // namespace tickets
