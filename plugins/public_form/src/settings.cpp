#include "settings.hpp"

namespace public_form {

namespace {

bool flag(guichet::Value all, std::string_view name) { return all[name].boolean().value_or(true); }

std::string joined(guichet::Value origins) {
    std::string out;
    for (std::size_t i = 0; i < origins.size(); ++i) out.append(out.empty() ? "" : " ").append(origins[i].text().value_or(""));
    return out;
}

}  // namespace

Settings::Settings(guichet::Ctx ctx) {
    const auto all = ctx.settings();
    open = flag(all, "open"), attachments = flag(all, "attachments");
    may_close = flag(all, "customers_may_close"), may_reopen = flag(all, "customers_may_reopen");
    fastest_s = all["fastest_s"].integer().value_or(3);
    name = all["name"].text().value_or("");
    if (name.empty()) name = ctx.tr("Customer service");
    accent = all["accent"].text().value_or("");
    origins = joined(all["origins"]);
    texts = all["texts_" + std::string{ctx.language()}];
}

}  // namespace public_form
