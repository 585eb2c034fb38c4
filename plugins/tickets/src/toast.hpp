// A short message beside the fragment that htmx asked for: what was done.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace tickets {

void toast(guichet::Request request, std::string_view message);

}  // namespace tickets
