#include "trial.hpp"

#include "audience.hpp"
#include "rule_words.hpp"
#include "ticket.hpp"

namespace notifications {

using guichet::Value;

namespace {

std::string_view words(guichet::Ctx ctx, const Listener& listener) {
    switch (listener.verdict) {
        case Verdict::own_act:
            return ctx.tr("Has done it");
        case Verdict::may_not_read:
            return ctx.tr("May not read the ticket");
        case Verdict::receives_nothing:
            return ctx.tr("The profile receives no notifications");
        case Verdict::has_chosen_none:
            return ctx.tr("Has chosen not to be told");
        case Verdict::told:
            break;
    }
    if (listener.person.channel != "mail") return ctx.tr("On the page");
    if (!listener.person.usable()) return ctx.tr("On the page: no valid e-mail address");
    return ctx.tr(listener.person.id ? "By mail and on the page" : "By mail");
}

Value show_line(guichet::Ctx ctx, const Line& line) {
    auto listeners = ctx.array();
    for (const auto& listener : line.listeners) {
        const auto& person = listener.person;
        const bool told = listener.verdict == Verdict::told;
        listeners.push(ctx.object()
                           .set("name", person.id ? person.name : person.email)
                           .set("verdict", words(ctx, listener))
                           .set("color", !told                                          ? "secondary"
                                         : person.channel == "mail" && !person.usable() ? "orange"
                                                                                        : "green"));
    }
    return ctx.object().set("words", recipient_words(ctx, line.recipient)).set("needed", line.needed).set("listeners", listeners);
}

Value show_outcome(guichet::Ctx ctx, const RuleOutcome& outcome) {
    auto lines = ctx.array();
    for (const auto& line : outcome.lines) lines.push(show_line(ctx, line));
    return rule_words(ctx, outcome.rule).set("applies", outcome.applies).set("lines", lines);
}

}  // namespace

void add_trial(guichet::Ctx ctx, guichet::Request request, Value& data) {
    const auto ref = guichet::one_line(request.query("ref").value_or(""));
    const auto* occasion = find_occasion(request.query("event").value_or(""));
    auto trial = ctx.object().set("ref", ref).set("event", occasion ? occasion->id : "new_ticket");
    data.set("trial", trial);
    if (ref.empty()) return;
    const auto ticket = load_ticket(ctx, ref);
    if (!ticket || readers(ctx, ticket["id"].integer().value_or(0), {ctx.user_id()}).empty()) {
        trial.set("error", ctx.tr("There is no ticket with this number."));
        return;
    }
    auto rules = ctx.array();
    for (const auto& outcome : work_out(ctx, trial["event"].text().value_or(""), ticket, 0)) rules.push(show_outcome(ctx, outcome));
    trial.set("rules", rules).set("subject", ticket["subject"]);
}

}  // namespace notifications
