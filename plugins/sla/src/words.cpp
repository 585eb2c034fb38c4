#include "words.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr int64_t kMinute = 60, kHour = 3600, kSoon = 2 * kHour;

struct Words {
    std::string_view clock, late_fr, due_fr, late_en, due_en;
};
constexpr Words kMailWords[] = {
    {"first_response", "première réponse en retard depuis le", "première réponse attendue avant le", "first response overdue since",
     "first response due by"},
    {"next_response", "réponse en retard depuis le", "réponse attendue avant le", "next response overdue since", "next response due by"},
    {"resolution", "résolution en retard depuis le", "résolution attendue avant le", "resolution overdue since", "resolution due by"},
};

}  // namespace

std::string_view clock_label(Ctx ctx, std::string_view clock) {
    if (clock == "first_response") return ctx.tr("First response");
    if (clock == "next_response") return ctx.tr("Next response");
    return ctx.tr("Resolution");
}

std::string duration(Ctx ctx, int64_t seconds) {
    const auto hours = std::to_string(seconds / kHour);
    auto minutes = std::to_string(seconds % kHour / kMinute);
    if (seconds < kMinute) return std::string{ctx.tr("less than a minute")};
    if (seconds < kHour) return guichet::fill(ctx.tr("%1 min"), {minutes});
    if (minutes.size() == 1) minutes.insert(0, "0");
    if (minutes == "00") return guichet::fill(ctx.tr("%1 h"), {hours});
    return guichet::fill(ctx.tr("%1 h %2 min"), {hours, minutes});
}

Value standing(Ctx ctx, std::string_view state, int64_t remaining, std::optional<Instant> due) {
    auto out = ctx.object().set("state", state).set("remaining_s", remaining).set("paused", state == "paused");
    if (due) out.set("due_at", guichet::Time{due->time_since_epoch().count() * 1'000'000});
    if (state == "paused")
        return out.set("text", guichet::fill(ctx.tr("Paused, %1 left"), {duration(ctx, std::max<int64_t>(0, remaining))}))
            .set("color", "secondary");
    if (state == "late")
        return out.set("color", "red")
            .set("text", remaining > -kMinute ? std::string{ctx.tr("Overdue")}
                                              : guichet::fill(ctx.tr("Overdue by %1"), {duration(ctx, -remaining)}));
    return out.set("text", guichet::fill(ctx.tr("%1 left"), {duration(ctx, std::max<int64_t>(0, remaining))}))
        .set("color", remaining < kSoon ? "orange" : "green");
}

std::string mail_words(std::string_view language, std::string_view clock, bool late) {
    const auto& words = *std::ranges::find(kMailWords, clock, &Words::clock);
    if (language == "en") return std::string{late ? words.late_en : words.due_en};
    return std::string{late ? words.late_fr : words.due_fr};
}

Value history_texts(Ctx ctx, const Level& level, bool late) {
    const auto& words = *std::ranges::find(kMailWords, name_of(level.clock), &Words::clock);
    const auto cut = [](std::string_view text) { return std::string{text.substr(0, text.rfind(' '))}; };
    const auto note = level.note.empty() ? std::string{} : " – " + level.note;
    std::string en = "reminded that the ", fr = "a rappelé l’échéance du niveau de service : ";
    en += std::string{words.late_en.substr(0, words.late_en.find(" overdue"))} + (late ? " is overdue" : " is due soon") + note;
    fr +=
        (late ? cut(cut(words.late_fr)) : std::string{words.due_fr.substr(0, words.due_fr.find(" attendue"))} + " bientôt attendue") + note;
    return ctx.object().set("en", en).set("fr", fr);
}

std::string promise_text(Ctx ctx, const Promise& promise) {
    const auto n = promise.amount;
    const auto text = [&](std::string_view one, std::string_view many) {
        return guichet::fill(ctx.plural(one, many, n), {std::to_string(n)});
    };
    switch (promise.unit) {
        case Promise::Unit::minutes:
            return promise.working ? text("%1 working minute", "%1 working minutes") : text("%1 minute", "%1 minutes");
        case Promise::Unit::hours:
            return promise.working ? text("%1 working hour", "%1 working hours") : text("%1 hour", "%1 hours");
        default:
            return promise.working ? text("%1 working day", "%1 working days") : text("%1 day", "%1 days");
    }
}

}  // namespace sla
