// Quotes whose last day has passed.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

// Every night, those that wait for the customer's answer. By parts, each of which is stored by itself.
void expire_quotes(guichet::Ctx ctx, guichet::Job job);

}  // namespace quotes
