// "Who would be told?": the rules worked out for one ticket, without telling anybody.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

// Reads ref and event of the query; adds trial {ref, event, error?, rules? [{id, event_label, applies, lines [{words, needed,
// listeners [{name, email, verdict, color}]}]}]} to the data of the page.
void add_trial(guichet::Ctx ctx, guichet::Request request, guichet::Value& data);

}  // namespace notifications
