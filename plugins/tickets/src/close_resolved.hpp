// The job that closes tickets which stayed resolved: the setting close_resolved_after_days.
#pragma once

#include "call.hpp"

namespace tickets {

void close_resolved(const Call& call, guichet::Job job);

}  // namespace tickets
