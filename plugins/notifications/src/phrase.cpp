#include "phrase.hpp"

namespace notifications {

using guichet::Value;

namespace {

std::string_view text(Value value) { return value.text().value_or(""); }

std::string_view status(const StatusLabels& statuses, Value code) {
    const auto it = statuses.find(text(code));
    return it == statuses.end() ? text(code) : std::string_view{it->second};
}

std::string assigned(guichet::Ctx ctx, Value notice, std::string_view actor) {
    const auto data = notice["data"];
    if (data["assignee"].integer() == notice["user_id"].integer())
        return guichet::fill(ctx.tr("%1 has assigned the ticket to you"), {actor});
    return guichet::fill(ctx.tr("%1 has assigned the ticket to %2"), {actor, text(notice["assignee_name"])});
}

}  // namespace

StatusLabels status_labels(guichet::Ctx ctx, std::string_view language) {
    StatusLabels out;
    const auto rows = ctx.exec("select code, coalesce(labels ->> $1, labels ->> 'en', code) from tickets.status_v1", language);
    for (std::size_t i = 0; i < rows.size(); ++i) out[std::string{rows.text(i, 0)}] = rows.text(i, 1);
    return out;
}

std::string actor_of(guichet::Ctx ctx, Value notice) {
    for (const auto name : {text(notice["actor_name"]), text(notice["data"]["author"])})
        if (!name.empty()) return std::string{name};
    return std::string{ctx.tr(notice["actor_id"].integer() == 0 ? "The customer" : "The system")};
}

std::string phrase(guichet::Ctx ctx, Value notice, const StatusLabels& statuses) {
    const auto event = text(notice["event"]);
    const auto data = notice["data"];
    const auto actor = actor_of(ctx, notice);
    if (event == "webhook_off")
        return guichet::fill(ctx.tr("The webhook “%1” was switched off: nothing reaches it."), {text(data["name"])});
    if (event == "assigned") return assigned(ctx, notice, actor);
    if (event == "new_ticket") return guichet::fill(ctx.tr("%1 has added a ticket"), {actor});
    if (event == "customer_message") return guichet::fill(ctx.tr("%1 has written"), {actor});
    if (event == "reply") return guichet::fill(ctx.tr("%1 has answered the customer"), {actor});
    if (event == "note") return guichet::fill(ctx.tr("%1 has added a note"), {actor});
    if (event == "merged") return guichet::fill(ctx.tr("%1 has merged %2 into the ticket"), {actor, text(data["merged"])});
    return guichet::fill(ctx.tr("%1 has changed the status: %2 → %3"),
                         {actor, status(statuses, data["from"]), status(statuses, data["to"])});
}

std::string summary(Value notice, const StatusLabels& statuses) {
    const auto event = text(notice["event"]);
    const auto data = notice["data"];
    std::string out{text(notice["actor_name"])};
    if (out.empty()) out = text(data["author"]);
    std::string more;
    if (event == "status") more.append(status(statuses, data["from"])).append(" → ").append(status(statuses, data["to"]));
    if (event == "assigned") more.append("→ ").append(text(notice["assignee_name"]));
    if (event == "merged") more.append("← ").append(text(data["merged"]));
    if (!out.empty() && !more.empty()) out += " · ";
    return out + more;
}

}  // namespace notifications
