// A form as a browser would send it: what is chosen on a page, to change some of it.
#pragma once

#include <map>
#include <regex>
#include <string>

namespace web_test {

// Values of the selects, the checked boxes and the hidden fields of the form with this action; the token is added by Browser.
inline std::map<std::string, std::string> form_of(const std::string& page, const std::string& action) {
    const auto from = page.find("action=\"" + action + "\"");
    if (from == std::string::npos) return {};
    const auto text = page.substr(from, page.find("</form>", from) - from);
    std::map<std::string, std::string> out;
    const auto each = [&](const std::regex& pattern, auto&& f) {
        for (std::sregex_iterator it{text.begin(), text.end(), pattern}, end; it != end; ++it) f(*it);
    };
    each(std::regex{"<input[^>]* name=\"([^\"]+)\"[^>]*>"}, [&](const std::smatch& input) {
        const auto tag = input.str();
        std::smatch value;
        const bool has_value = std::regex_search(tag, value, std::regex{" value=\"([^\"]*)\""});
        const bool box = tag.find("type=\"checkbox\"") != std::string::npos;
        if (input[1] != "_csrf" && has_value && (!box || tag.find(" checked") != std::string::npos)) out[input[1]] = value[1];
    });
    each(std::regex{"<select[^>]* name=\"([^\"]+)\"[^>]*>([^]*?)</select>"}, [&](const std::smatch& select) {
        const auto options = select[2].str();
        std::smatch chosen;
        if (std::regex_search(options, chosen, std::regex{"<option value=\"([^\"]*)\" selected"})) out[select[1]] = chosen[1];
        else if (std::regex_search(options, chosen, std::regex{"<option value=\"([^\"]*)\""})) out[select[1]] = chosen[1];
    });
    return out;
}

}  // namespace web_test
