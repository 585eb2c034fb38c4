// What a form changed, for the audit log: {"name": "Support → Helpdesk"}.
#pragma once

#include "base/json.hpp"

#include <string>
#include <string_view>

namespace host::pages {

class Changes {
public:
    void add(std::string_view what, std::string_view from, std::string_view to) {
        if (from != to)
            details_->set(what, std::string_view{std::string{from.empty() ? "–" : from} + " → " + std::string{to.empty() ? "–" : to}});
    }
    bool empty() const { return details_->size() == 0; }
    std::string json() const { return base::to_json(*details_); }

private:
    base::Arena arena_;
    base::Value* details_ = base::Value::object(arena_);
};

}  // namespace host::pages
