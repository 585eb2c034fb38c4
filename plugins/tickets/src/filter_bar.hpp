// The filters of a list as people see them: controls to set them, and chips that say what is set and take it off.
#pragma once

#include "ticket_filter.hpp"

namespace tickets {

// [{name, label, kind, options?, value, values?, from?, to?}] by name: a control per entry of kFilters and one of the statuses.
guichet::Value filter_bar(const Call& call, const Parameters& parameters);

// [{label, value, bound?: from or to, day?: value is one, url}], url: the list without it.
guichet::Value filter_chips(const Call& call, guichet::Request request, const Parameters& parameters, const Filter& filter);

// The parameters that have no control, [{name, value}]: a form of the list sends them along.
guichet::Value without_control(const Call& call, const Parameters& parameters);

}  // namespace tickets
