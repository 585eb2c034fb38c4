// An environment with known answers, and short ways to parse and render.
#pragma once

#include "base/arena.hpp"
#include "base/json.hpp"
#include "ui/template/template.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace test {

using host::base::Arena;
using host::base::Value;
using host::ui::TemplateSet;

class Environment : public host::ui::Environment {
public:
    std::string language_ = "fr";
    std::string query_string_;
    std::string path_ = "/tickets";
    std::map<std::string, std::string> texts;  // "domain/msgid" -> text
    mutable std::vector<std::string> slots;    // "id data"
    std::string slot_html;

    std::string_view language() const override { return language_; }
    std::string_view zone() const override { return "Europe/Paris"; }
    std::int64_t now_us() const override { return kNow; }
    std::string_view translate(std::string_view domain, std::string_view msgid) const override {
        const auto found = texts.find(std::string{domain} + "/" + std::string{msgid});
        return found == texts.end() ? msgid : std::string_view{found->second};
    }
    std::string_view translate_plural(std::string_view domain, std::string_view one, std::string_view many, std::int64_t n) const override {
        const bool singular = language_ == "fr" ? n == 0 || n == 1 : n == 1;
        return translate(domain, singular ? one : many);
    }
    std::string_view csrf_token() const override { return "tok\"en"; }
    std::string idempotency_key() const override { return "key"; }
    std::string asset_url(std::string_view package, std::string_view file) const override {
        if (file == "missing.css") return "";
        return "/assets/1a/" + std::string{package} + "/" + std::string{file};
    }
    bool can(std::string_view permission) const override { return permission == "tickets.read"; }
    std::string_view query_string() const override { return query_string_; }
    std::string_view path() const override { return path_; }
    void slot(std::string_view slot_id, const Value& data, std::string& out) const override {
        slots.push_back(std::string{slot_id} + " " + host::base::to_json(data));
        out += slot_html;
    }

    static constexpr std::int64_t kNow = 1'795'370'560'000'000;  // 2026-11-22 18:02:40 UTC
};

using Sources = std::map<std::string, std::string>;

inline std::shared_ptr<const TemplateSet> parse_all(const Sources& sources, std::string domain = "tickets",
                                                    std::shared_ptr<const TemplateSet> shared = nullptr) {
    auto set = TemplateSet::parse(std::move(domain), sources, std::move(shared));
    if (!set) {
        ADD_FAILURE() << host::base::to_text(set.problems());
        return nullptr;
    }
    return *set;
}

inline std::string render(const TemplateSet& set, const std::string& name, const Value& data, const Environment& environment = {}) {
    std::string out;
    set.render(name, data, environment, out);
    return out;
}

// One template, with data as JSON.
inline std::string show(const std::string& source, const std::string& json = "{}", const Environment& environment = {}) {
    const auto set = parse_all({{"t.html", source}});
    if (!set) return "";
    Arena arena;
    return render(*set, "t.html", *host::base::parse_json(arena, json).value(), environment);
}

// The first problem as "line:column message", "" when the template is accepted.
inline std::string refusal(const std::string& source) {
    const auto set = TemplateSet::parse("tickets", {{"t.html", source}}, nullptr);
    if (set) return "";
    const auto& problem = set.problems().front();
    return problem.path.substr(problem.path.find(':') + 1) + " " + problem.message;
}

inline void expect_accepted(std::initializer_list<const char*> sources) {
    for (const char* source : sources) EXPECT_EQ(refusal(source), "") << source;
}

inline void expect_refused(std::initializer_list<const char*> sources) {
    for (const char* source : sources) EXPECT_NE(refusal(source), "") << source;
}

inline void expect_refusals(const std::vector<std::pair<const char*, std::string>>& sources) {
    for (const auto& [source, problem] : sources) EXPECT_EQ(refusal(source), problem) << source;
}

}  // namespace test
