#include "pages/problem_text.hpp"

#include "base/strings.hpp"

#include <algorithm>

namespace host::pages {
namespace {

// msgids of host/translations; the longer ones first where one is the beginning of another.
constexpr std::string_view kSentences[] = {
    "no package of '%1' is installed",
    "%1 needs %2, which could not be started",
    "%1 needs version %2 of the plugin API, this host has %3",
    "%1 needs %2, which is not installed",
    "%1 needs %2, installed is %3",
    "%1 is in quarantine: it brought the process down too often; enable it to try again",
    "%1 cannot run together with %2",
    "%1 works with %2, installed is %3",
    "%1: %2 needs the permission '%3', which no package it requires declares",
    "%1 reads %2, which belongs to no package it requires",
    "%1 uses the service '%2', which no package it requires offers",
    "%1 needs the service %2, %3 offers %4",
    "%1 is required by %2: disable that first",
    "'%1' was never enabled",
    "%1 was never upgraded: there is nothing to go back to",
    "%1 is not enabled: enable it first",
    "the previous package of %1 is no longer installed",
    "%1 cannot run any more: a newer version has removed what it needs from the database (%2)",
    "this host runs in safe mode: no module is loaded. Start it without safe mode first",
    "brought the process down %1 times within ten minutes, last by %2: it is left out until somebody enables it again",
    "no package of %1 %2 is installed",
    "%1 is to be off, but another module that is on requires it",
    "the database did not answer in time, or another host is changing modules: %1",
    "the file was changed after it had been applied: restore it, and put the change into a new file",
    "create failed: %1",
    "bind failed: %1",
    "start failed: %1",
};

std::string filled(std::string text, const std::vector<std::string>& values) {
    for (std::size_t i = values.size(); i > 0; --i) {
        const auto mark = '%' + std::to_string(i);
        if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), values[i - 1]);
    }
    return text;
}

std::string sentence(const web::Call& call, std::string_view text) {
    for (const auto pattern : kSentences) {
        std::vector<std::string> values;
        if (match_sentence(pattern, text, values)) return filled(call.tr(pattern), values);
    }
    return std::string{text};
}

}  // namespace

bool match_sentence(std::string_view pattern, std::string_view text, std::vector<std::string>& values) {
    for (;;) {
        const auto mark = pattern.find('%');
        if (!text.starts_with(pattern.substr(0, mark))) return false;
        text.remove_prefix(std::min(mark, pattern.size()));
        if (mark == std::string_view::npos) return text.empty();
        pattern.remove_prefix(mark + 2);  // "%1"
        const auto literal = pattern.substr(0, pattern.find('%'));
        const auto end = literal.empty() ? text.size() : text.find(literal);
        if (end == std::string_view::npos || end == 0) return false;
        values.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

std::string problems_text(const web::Call& call, const base::Problems& problems) {
    std::string out;
    for (const auto& problem : problems) out += (out.empty() ? "" : "\n") + sentence(call, problem.message);
    return out;
}

std::string problem_text(const web::Call& call, std::string_view stored) {
    std::string out;
    for (auto line : base::split(stored, '\n')) {
        std::string code;
        if (const auto bracket = line.rfind(" ["); bracket != std::string_view::npos && line.ends_with(']')) {
            code = ' ' + std::string{line.substr(bracket + 1)};
            line = line.substr(0, bracket);
        }
        std::string place;
        auto text = sentence(call, line);
        if (const auto colon = line.find(": "); text == line && colon != std::string_view::npos) {
            place = std::string{line.substr(0, colon + 2)};
            text = sentence(call, line.substr(colon + 2));
        }
        out += (out.empty() ? "" : "\n") + place + text + code;
    }
    return out;
}

}  // namespace host::pages
