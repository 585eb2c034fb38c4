// The widgets of one slot as a list that is put in order by dragging or by buttons: for administrators and for each user's
// own home page. The partial is partials/arrangement.html.
#pragma once

#include "core/arrangements.hpp"
#include "web/site.hpp"

#include <string>

namespace host::pages {

struct ArrangedPlace {
    std::string slot, variant;
    std::string action;        // path the forms are sent to
    bool all_widgets = false;  // also those that the one who asks may not see
};

// {slot, variant, action, label, widgets [{id, label, module, hidden}], chosen: there is an arrangement of its own}
base::Value* arrangement_form(web::Call& call, const ArrangedPlace& place);

// Reads one of: order ("a,b,c"), widget and to ("up", "down"), widget and hidden ("1", "0"), reset. False when it names a
// widget that is not there. A step of the caller's transaction.
bool change_arrangement(web::Call& call, db::Connection& connection, const ArrangedPlace& place);

}  // namespace host::pages
