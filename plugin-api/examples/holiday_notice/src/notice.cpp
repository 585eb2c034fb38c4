// SPDX-License-Identifier: Apache-2.0
// Uses the service of another plugin, on a page and in an API route.
#include <example_holidays/days_v1.h>
#include <guichet/sdk/plugin.hpp>

#include <chrono>

namespace {

class HolidayNotice {
public:
    explicit HolidayNotice(guichet::Ctx) {}

    void bind(guichet::Binder& b) {
        b.route<&HolidayNotice::holiday>("holiday");
        b.slot<&HolidayNotice::tomorrow>("tomorrow");
    }

private:
    static std::string_view name_of(guichet::Ctx ctx, int32_t year, uint32_t month, uint32_t day) {
        const auto days = ctx.service<example_holidays_days_v1>(EXAMPLE_HOLIDAYS_DAYS, 1, 0);
        if (!days) throw guichet::Error{GUICHET_E_UNAVAILABLE, "example.holidays is switched off"};
        guichet_str name{};
        days(&example_holidays_days_v1::name_of, year, month, day, &name);
        return guichet::view(name);
    }

    void holiday(guichet::Ctx ctx, guichet::Request request) {
        const auto date = request.param("date").value_or("");
        const auto part = [&](std::size_t at, std::size_t n) { return guichet::to_integer(date.substr(at, n)).value_or(-1); };
        if (date.size() != 10 || date[4] != '-' || date[7] != '-') throw guichet::Error{GUICHET_E_NOT_FOUND, "not a date"};
        const auto name = name_of(ctx, static_cast<int32_t>(part(0, 4)), static_cast<uint32_t>(part(5, 2)), static_cast<uint32_t>(part(8, 2)));
        auto answer = ctx.object();
        if (name.empty()) answer.set("name", std::nullopt);
        else answer.set("name", ctx.tr(name));
        request.json(answer);
    }

    // A real plugin would take the day in the user's time zone; UTC keeps the example short.
    void tomorrow(guichet::Ctx ctx, guichet::Value, guichet::Html out) {
        using namespace std::chrono;
        const year_month_day day{floor<days>(sys_time<microseconds>{microseconds{ctx.now().us}}) + days{1}};
        const auto name = name_of(ctx, static_cast<int32_t>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
        if (name.empty()) return;
        auto data = ctx.object();
        data.set("name", ctx.tr(name));
        out.render("tomorrow.html", data);
    }
};

}  // namespace

GUICHET_PLUGIN(HolidayNotice, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
