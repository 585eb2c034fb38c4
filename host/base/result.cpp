#include "base/result.hpp"

namespace host::base {

std::string to_text(const Problems& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        if (!problem.path.empty()) text += problem.path + ": ";
        text += problem.message;
        if (!problem.code.empty()) text += " [" + problem.code + "]";
        text += '\n';
    }
    return text;
}

}  // namespace host::base
