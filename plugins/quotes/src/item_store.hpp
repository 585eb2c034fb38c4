// The catalogue: what lines are often made of.
#pragma once

#include "lines.hpp"

namespace quotes {

struct Item {
    std::string ref, label, unit;
    int64_t unit_price = 0, vat_rate = 2000;
    bool active = true;
};

// As it is typed, and what is wrong with it.
struct TypedItem {
    std::string ref, label, unit, unit_price, vat_rate;
    bool active = true;
};
TypedItem typed(const Item& item, std::string_view language);
Item check(guichet::Ctx ctx, const TypedItem& typed, bool comma_decimals, guichet::Problems& problems);

struct StoredItem {
    Item item;
    int64_t id, version;
};
StoredItem get_item(guichet::Ctx ctx, int64_t id);  // GUICHET_E_NOT_FOUND
// As a line of a quote; nothing when it is not offered.
std::optional<Line> find_active_item(guichet::Ctx ctx, int64_t id);
guichet::Value item_options(guichet::Ctx ctx);  // active ones: [{value, label}], at most 500

struct ItemPage {
    std::vector<StoredItem> items;
    std::string next;  // "" when this is the last page
};
// By number, after the key of another one.
ItemPage list_items(guichet::Ctx ctx, std::string_view words, std::string_view after, int limit);

// Inside of a Tx. A number that another one has is a problem: false.
std::optional<int64_t> add_item(guichet::Ctx ctx, const Item& item, guichet::Problems& problems);
bool update_item(guichet::Ctx ctx, const StoredItem& stored, const Item& item, guichet::Problems& problems);
void remove_item(guichet::Ctx ctx, int64_t id);

}  // namespace quotes
