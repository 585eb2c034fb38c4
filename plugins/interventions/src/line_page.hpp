// The form of a line of an intervention.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions::line_page {

void new_form(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void edit_form(guichet::Ctx ctx, guichet::Request request);
void update(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);

}  // namespace interventions::line_page
