#include "settings.hpp"

#include "totals.hpp"

namespace quotes {

Settings::Settings(guichet::Ctx ctx) : all{ctx.settings()} {
    valid_days = all["valid_days"].integer().value_or(30);
    const auto rate = parse_decimal(all["vat_rate"].text().value_or("20"), kPercentPlaces, false);
    vat_rate = rate.fault == DecimalFault::none && rate.units >= 0 && rate.units <= kWhole ? rate.units : 2000;
    customers_answer = all["customers_answer"].boolean().value_or(true);
}

std::string_view Settings::conditions(std::string_view language) const {
    return all[language == "en" ? "conditions_en" : "conditions_fr"].text().value_or("");
}

}  // namespace quotes
