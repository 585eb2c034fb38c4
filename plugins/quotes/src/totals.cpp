#include "totals.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace quotes {
namespace {

constexpr Wide kLineScale = Wide{1000} * 10'000 * kWhole / 100;  // of quantity, unit price and discount, to cents

bool within(int64_t value, int64_t least, int64_t most) { return value >= least && value <= most; }

bool is_valid(const Price& price) {
    return within(price.quantity, 0, kMostQuantity) && within(price.unit_price, -kMostUnitPrice, kMostUnitPrice) &&
           within(price.discount, 0, kWhole) && within(price.vat_rate, 0, kWhole);
}

// Both are within the limits: their sum fits in 64 bits.
std::optional<int64_t> add(int64_t a, int64_t b) { return within(a + b, -kMostCents, kMostCents) ? std::optional{a + b} : std::nullopt; }

std::optional<RateTotal> total_of(int64_t vat_rate, int64_t net_cents) {
    const auto vat = divide_rounded(Wide{net_cents} * vat_rate, kWhole, kMostCents);
    return vat ? std::optional{RateTotal{vat_rate, net_cents, *vat}} : std::nullopt;
}

}  // namespace

std::optional<int64_t> line_cents(const Price& price) {
    if (!is_valid(price)) return std::nullopt;
    return divide_rounded(Wide{price.quantity} * price.unit_price * (kWhole - price.discount), kLineScale, kMostCents);
}

std::optional<Totals> add_up(std::span<const Price> prices) {
    std::map<int64_t, int64_t, std::greater<>> bases;
    for (const auto& price : prices) {
        const auto cents = line_cents(price);
        auto& base = bases[price.vat_rate];
        const auto sum = cents ? add(base, *cents) : std::nullopt;
        if (!sum) return std::nullopt;
        base = *sum;
    }
    Totals out;
    for (const auto& [vat_rate, base] : bases) {
        const auto rate = total_of(vat_rate, base);
        const auto net = add(out.net_cents, base);
        const auto vat = rate ? add(out.vat_cents, rate->vat_cents) : std::nullopt;
        if (!net || !vat) return std::nullopt;
        out.net_cents = *net, out.vat_cents = *vat;
        out.rates.push_back(*rate);
    }
    const auto gross = add(out.net_cents, out.vat_cents);
    if (!gross) return std::nullopt;
    out.gross_cents = *gross;
    return out;
}

}  // namespace quotes
