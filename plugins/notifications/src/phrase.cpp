#include "phrase.hpp"

namespace notifications {

using guichet::Value;

namespace {

struct Words {
    std::string_view id, english, french;
};
constexpr Words kWords[] = {
    {"assigned_to_reader", "%1 has assigned the ticket to you", "%1 vous a confié le ticket"},
    {"assigned", "%1 has assigned the ticket to %2", "%1 a confié le ticket à %2"},
    {"new_ticket", "%1 has added a ticket", "%1 a ajouté un ticket"},
    {"customer_message", "%1 has written", "%1 a écrit"},
    {"reply", "%1 has answered the customer", "%1 a répondu au client"},
    {"note", "%1 has added a note", "%1 a ajouté une note"},
    {"status", "%1 has changed the status: %2 → %3", "%1 a changé l’état : %2 → %3"},
    {"merged", "%1 has merged %2 into the ticket", "%1 a fusionné %2 avec le ticket"},
    {"webhook_off", "The webhook “%1” was switched off: nothing reaches it.", "Le webhook « %1 » a été désactivé : rien ne lui parvient."},
    {"customer", "The customer", "Le client"},
    {"system", "The system", "Le système"},
};

std::string_view words(std::string_view id, std::string_view language) {
    const auto* it = std::ranges::find(kWords, id, &Words::id);
    if (it == std::end(kWords)) return {};
    return language == "fr" ? it->french : it->english;
}

std::string_view text(Value value) { return value.text().value_or(""); }

std::string_view status(const StatusLabels& statuses, Value code) {
    const auto it = statuses.find(text(code));
    return it == statuses.end() ? text(code) : std::string_view{it->second};
}

}  // namespace

StatusLabels status_labels(guichet::Ctx ctx, std::string_view language) {
    StatusLabels out;
    const auto rows = ctx.exec("select code, coalesce(labels ->> $1, labels ->> 'en', code) from tickets.status_v1", language);
    for (std::size_t i = 0; i < rows.size(); ++i) out[std::string{rows.text(i, 0)}] = rows.text(i, 1);
    return out;
}

std::string alert_text(Value texts, std::string_view language) {
    const auto own = text(texts[language]);
    return std::string{own.empty() ? text(texts["en"]) : own};
}

std::string actor_of(Value notice, std::string_view language) {
    for (const auto name : {text(notice["actor_name"]), text(notice["data"]["author"])})
        if (!name.empty()) return std::string{name};
    return std::string{words(notice["actor_id"].integer() == 0 ? "customer" : "system", language)};
}

std::string phrase(Value notice, const StatusLabels& statuses, std::string_view language) {
    const auto event = text(notice["event"]);
    const auto data = notice["data"];
    const auto actor = actor_of(notice, language);
    const auto said = words(event, language);
    if (event == "alert") return alert_text(data["text"], language);
    if (event == "webhook_off") return guichet::fill(said, {text(data["name"])});
    if (event == "assigned" && data["assignee"].integer() == notice["user_id"].integer())
        return guichet::fill(words("assigned_to_reader", language), {actor});
    if (event == "assigned") return guichet::fill(said, {actor, text(notice["assignee_name"])});
    if (event == "merged") return guichet::fill(said, {actor, text(data["merged"])});
    if (event == "status") return guichet::fill(said, {actor, status(statuses, data["from"]), status(statuses, data["to"])});
    return guichet::fill(said, {actor});
}

}  // namespace notifications
