// The "when" of a package's widgets and actions, parsed.
#pragma once

#include "plugin/manifest.hpp"
#include "ui/template/condition.hpp"

#include <map>
#include <string>

namespace host::plugin {

using Conditions = std::map<std::string, ui::Condition, std::less<>>;  // by their text

// Every expression that cannot be read is a problem; its path is "<id of the widget or action>:1:column".
base::Result<Conditions> parse_conditions(const Manifest& manifest);

}  // namespace host::plugin
