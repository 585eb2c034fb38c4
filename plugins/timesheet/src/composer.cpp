#include "composer.hpp"

#include "access.hpp"
#include "activities.hpp"
#include "duration.hpp"
#include "entry_store.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Value;

void show_composer_fields(Ctx ctx, Value slot_data, guichet::Html out) {
    const auto typed = slot_data["values"];
    const auto activity = typed["activity"] ? std::string{typed["activity"].text().value_or("")} : Settings{ctx}.activity;
    auto data = ctx.object().set("spent", typed["spent"]).set("activity", activity).set("activities", activity_options(ctx, activity));
    out.render("widgets/composer.html", data.set("errors", slot_data["errors"]));
}

void record_with_message(Ctx ctx, guichet::Event event) {
    const auto typed = event.data()["ext"]["timesheet"];
    const auto spent = guichet::trim(typed["spent"].text().value_or(""));
    if (spent.empty() || ctx.user_id() <= 0 || !ctx.can(kCreate)) return;
    const auto seconds = parse_duration(spent).value_or(0);
    if (seconds <= 0 || seconds > kLongest)
        event.veto(std::string{ctx.tr("Enter a duration such as 1 h 30, 45 min or 1:30.")}, "timesheet.spent");
    const auto activity = typed["activity"].text().value_or("");
    if (!activity.empty() && !is_activity(ctx, activity, {}))
        event.veto(std::string{ctx.tr("Choose one of the list.")}, "timesheet.activity");
    const Settings settings{ctx};
    const auto on = booking_of_known(ctx, event.data()["ticket_id"].integer().value_or(0));
    if (!on) return;
    if (const auto why = obstacle(ctx, settings, *on); !why.empty()) event.veto(why, "timesheet.spent");
    add_entry(ctx, ctx.user_id(), *on, {{{}, {}, today(ctx), seconds}, std::string{activity}, {}, settings.billable});
}

}  // namespace timesheet
