// What a quote costs, to the cent. Pure; any thread.
//
// A document names, for each line, quantity, unit price without VAT, discount and rate, and "the total without tax and the tax
// that belongs to it, separately for each rate" (CGI, annexe II, art. 242 nonies A, I, 8°, 9° and 11°; BOI-TVA-DECLA-30-20-20-10).
// Two roundings follow, and no third one:
//   1. a line's total without VAT is rounded once, to the cent: what stands on the lines adds up to what stands below them;
//   2. the VAT of a rate is that of the sum of its lines, rounded once per rate. Rounding it per line instead gathers an error
//      of up to half a cent a line; the VAT shown would not be the rate of the base shown. EN 16931 (BR-CO-10, BR-CO-17), which
//      French electronic invoices follow, asks for the same.
// Halves go up (règlement (CE) n° 1103/97, art. 5), and below zero away from it, so that a deduction is the mirror image of what it takes
// back. The total with VAT is the sum of what was rounded.
#pragma once

#include "money.hpp"

#include <span>
#include <vector>

namespace quotes {

struct Price {
    int64_t quantity = 1000;  // thousandths; not below 0
    int64_t unit_price = 0;   // ten-thousandths of a euro, without VAT; below 0: a deduction
    int64_t discount = 0;     // hundredths of a per cent: 0 to 10000
    int64_t vat_rate = 2000;  // hundredths of a per cent: 0 to 10000
    bool operator==(const Price&) const = default;
};

inline constexpr int64_t kMostQuantity = 999'999'999'999;
inline constexpr int64_t kMostUnitPrice = 9'999'999'999'999;
inline constexpr int64_t kWhole = 10'000;                  // 100 %
inline constexpr int64_t kMostCents = 99'999'999'999'999;  // of a line, of a rate and of the total

struct RateTotal {
    int64_t vat_rate;   // hundredths of a per cent
    int64_t net_cents;  // the base: the sum of the lines
    int64_t vat_cents;
    bool operator==(const RateTotal&) const = default;
};

struct Totals {
    std::vector<RateTotal> rates;  // the highest rate first; each rate of a line once
    int64_t net_cents = 0, vat_cents = 0, gross_cents = 0;
};

// nullopt: outside of the limits above.
std::optional<int64_t> line_cents(const Price& price);
std::optional<Totals> add_up(std::span<const Price> prices);

}  // namespace quotes
