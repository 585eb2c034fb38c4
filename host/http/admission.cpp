#include "http/admission.hpp"

namespace host::http {

Admission::Verdict Admission::enter(Connection& connection, bool urgent) {
    const std::lock_guard lock{mutex_};
    if (closed_) return Verdict::full;
    if (running_ < max_running_) {
        ++running_;
        return Verdict::run;
    }
    if (urgent) return Verdict::aside;
    if (queue_.size() == max_queued_) return Verdict::full;
    queue_.push_back(&connection);
    return Verdict::queued;
}

Connection* Admission::leave(Connection* again) {
    const std::lock_guard lock{mutex_};
    if (queue_.empty()) {
        if (!again) --running_;
        return again;
    }
    if (again) queue_.push_back(again);
    Connection* next = queue_.front();
    queue_.pop_front();
    return next;
}

void Admission::close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    queue_.clear();
}

std::size_t Admission::busy() const {
    const std::lock_guard lock{mutex_};
    return running_;
}

}  // namespace host::http
