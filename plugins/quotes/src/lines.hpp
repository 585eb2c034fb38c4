// Lines of a quote: as they are typed, as they are stored, and what is wrong with them.
#pragma once

#include "totals.hpp"

#include <guichet/sdk/plugin.hpp>

namespace quotes {

inline constexpr std::size_t kMostLines = 500;

struct Line {
    std::string label, unit;
    Price price;
    std::optional<int64_t> item_id;
    int64_t net_cents = 0;
    bool operator==(const Line&) const = default;
};

// As it stands in the controls of a form.
struct TypedLine {
    std::string label{}, quantity{}, unit{}, unit_price{}, discount{}, vat_rate{}, item_id{};
    bool is_blank() const { return label.empty() && unit_price.empty(); }
};

struct Lines {
    std::vector<Line> lines;
    Totals totals;
};

TypedLine typed(const Line& line, std::string_view language);
// A new line of the form.
TypedLine blank_line(int64_t vat_rate, std::string_view language);

std::vector<TypedLine> read_form_lines(guichet::Request request);
// Blank ones are left out. Problems are named "lines.<n>.<member>" by the place among the typed ones, from 0 on; "lines" when it is all
// of them.
Lines check_lines(guichet::Ctx ctx, const std::vector<TypedLine>& typed, bool comma_decimals, guichet::Problems& problems);
// "lines" of a JSON body: [{label, quantity, unit, unit_price, discount, vat_rate, item_id}], numbers as text or as whole numbers.
Lines read_json_lines(guichet::Ctx ctx, guichet::Value array, guichet::Problems& problems);

// A decimal of a form or of JSON. Negative ones are problems unless allowed; nullopt: a problem was added.
struct DecimalField {
    std::string_view name;
    int places;
    int64_t most;
    bool negative = false;
};
std::optional<int64_t> read_decimal(guichet::Ctx ctx, const DecimalField& field, std::string_view text, bool comma_decimals,
                                    guichet::Problems& problems);

Lines stored_lines(guichet::Ctx ctx, int64_t quote_id);
// Instead of those that are there; the sums of the quote as well. Inside of a Tx.
void store_lines(guichet::Ctx ctx, int64_t quote_id, const Lines& lines);

// For templates: [{label, quantity, unit, unit_price, discount ("" without one), vat_rate, net}], as people read them.
guichet::Value present_lines(guichet::Ctx ctx, const Lines& lines, std::string_view language);
// {rates: [{rate, net, vat}], net, vat, gross}
guichet::Value present_totals(guichet::Ctx ctx, const Totals& totals, std::string_view language);

}  // namespace quotes
