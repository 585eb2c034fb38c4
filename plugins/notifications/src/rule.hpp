// Rules: who is told of an occasion, and under which conditions.
#pragma once

#include "occasion.hpp"

#include <map>

namespace notifications {

struct RecipientKind {
    std::string_view id;
    std::string_view label;  // msgid
};
extern const std::array<RecipientKind, 11> kRecipientKinds;

struct Recipient {
    std::string kind;
    std::optional<int64_t> user, team;
    std::string address;
};

struct ConditionField {
    std::string_view id;
    std::string_view label;   // msgid
    std::string_view column;  // of load_ticket()
    std::string_view list;    // of its codes; "" when it has none
};
extern const std::array<ConditionField, 8> kConditionFields;

struct Rule {
    int64_t id = 0;
    std::string event;
    bool first_only = false;
    bool active = true;
    int64_t version = 0;
    std::map<std::string, std::vector<std::string>> conditions;  // by field: one of these
    std::vector<Recipient> recipients;
};

// Of one occasion when it is named, else all; in their order.
std::vector<Rule> read_rules(guichet::Ctx ctx, std::optional<std::string_view> occasion = std::nullopt);
bool holds(const Rule& rule, guichet::Value ticket);

}  // namespace notifications
