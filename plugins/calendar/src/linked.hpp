// What an event is about, as the user sees it: what he may not see is not there.
#pragma once

#include "event.hpp"

namespace calendar::linked {

// As their services say; empty when there is none.
guichet::Value ticket(guichet::Ctx ctx, int64_t id);
guichet::Value account(guichet::Ctx ctx, int64_t id);
guichet::Value contact(guichet::Ctx ctx, int64_t id);
guichet::Value accounts(guichet::Ctx ctx, std::string_view query);
guichet::Value contacts_of(guichet::Ctx ctx, int64_t account);
// Of a number as people type it, "T2611-000012".
std::optional<int64_t> ticket_by_ref(guichet::Ctx ctx, std::string_view ref);

}  // namespace calendar::linked
