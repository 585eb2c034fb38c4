// The page of the technician at the customer's, for a phone: clock, note, photo, signature.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions::work_page {

void show(guichet::Ctx ctx, guichet::Request request);
void start(guichet::Ctx ctx, guichet::Request request);
void stop(guichet::Ctx ctx, guichet::Request request);
void add_note(guichet::Ctx ctx, guichet::Request request);
void add_photo(guichet::Ctx ctx, guichet::Request request);
void sign_it(guichet::Ctx ctx, guichet::Request request);

}  // namespace interventions::work_page
