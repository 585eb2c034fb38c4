// Template text -> program. The markup is followed by HtmlState at the same time.
#pragma once

#include "base/result.hpp"
#include "ui/template/program.hpp"

#include <functional>
#include <string_view>

namespace host::ui {

// The program of an included template; null when there is none of that name.
using FindProgram = std::function<const Program*(std::string_view name)>;

// program.domain is set. When problems were added, the program is not to be run.
void parse_template(std::string_view name, std::string_view source, const FindProgram& find, Program& program, base::Problems& problems);

}  // namespace host::ui
