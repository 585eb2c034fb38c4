#include "ui/template/diagnostics.hpp"

#include "base/strings.hpp"

#include <algorithm>

namespace host::ui {

void Diagnostics::report(std::size_t offset, std::string message) {
    if (full()) return;
    ++count_;
    problems_.push_back({"template.refused", std::move(message), position(offset)});
}

std::string Diagnostics::position(std::size_t offset) const {
    const std::string_view before = source_.substr(0, offset);
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto column = 1 + base::count_code_points(before.substr(before.rfind('\n') + 1));
    return std::string{name_} + ":" + std::to_string(line) + ":" + std::to_string(column);
}

}  // namespace host::ui
