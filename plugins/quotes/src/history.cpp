#include "history.hpp"

#include "money.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Value;

namespace {

struct Sentence {
    std::string_view field, text;  // msgid
};
constexpr Sentence kSentences[] = {
    {"created", "added the quote"},
    {"validated", "validated the quote"},
    {"sent", "sent the quote"},
    {"signed", "marked the quote as signed"},
    {"refused", "marked the quote as refused"},
    {"billed", "marked the quote as billed"},
    {"expired", "closed the quote: its last day has passed"},
    {"link_revoked", "revoked the customer's link"},
    {"introduction", "changed the introduction"},
    {"conditions", "changed the conditions"},
    {"address", "changed the address"},
};
constexpr Sentence kOfCustomers[] = {{"signed", "accepted the quote"}, {"refused", "refused the quote"}};
constexpr Sentence kLabels[] = {
    {"subject", "Subject"},         {"customer", "Customer"},  {"email", "E-mail"}, {"language", "Language"},
    {"valid_until", "Valid until"}, {"owner_id", "In charge"}, {"team_id", "Team"}, {"ticket_id", "Ticket"},
};

std::string_view name_of(Value people, std::string_view id) {
    for (std::size_t i = 0; i < people.size(); ++i)
        if (people[i]["id"].integer() == guichet::to_integer(id)) return people[i]["name"].text().value_or("");
    return id;
}

std::string_view shown(Ctx ctx, std::string_view field, std::string_view value) {
    if (value.empty()) return "–";
    if (field == "owner_id") return name_of(ctx.users(), value);
    return field == "team_id" ? name_of(ctx.teams(), value) : value;
}

const Sentence* find(std::span<const Sentence> sentences, std::string_view field) {
    const auto found = std::ranges::find(sentences, field, &Sentence::field);
    return found == sentences.end() ? nullptr : &*found;
}

std::string with_detail(std::string_view sentence, std::string_view detail) {
    return std::string{sentence}.append(detail.empty() ? "" : " – ").append(detail);
}

std::string text_of(Ctx ctx, std::string_view field, std::string_view from, std::string_view to, bool by_customer) {
    if (field == "lines") {
        const auto amount = [&](std::string_view cents) { return euro_text(guichet::to_integer(cents).value_or(0), ctx.language()); };
        return guichet::fill(ctx.tr("changed the lines: %1 → %2"), {amount(from), amount(to)});
    }
    const auto* sentence = by_customer ? find(kOfCustomers, field) : nullptr;
    if (!sentence) sentence = find(kSentences, field);
    const bool has_detail = field == "refused" || field == "sent";
    if (sentence) return with_detail(ctx.tr(sentence->text), has_detail ? to : std::string_view{});
    const auto* label = find(kLabels, field);
    return guichet::fill(ctx.tr("changed “%1”: %2 → %3"),
                         {label ? ctx.tr(label->text) : field, shown(ctx, field, from), shown(ctx, field, to)});
}

// Lines are stored while they are typed: what somebody goes on to change is one change.
bool goes_on(Ctx ctx, int64_t quote_id, std::string_view to, std::optional<int64_t> user) {
    return ctx.exec(
                  "update change set to_value = $2, at = now() where id = (select max(id) from change where quote_id = $1)"
                  " and field = 'lines' and by_id = $3 and at > now() - interval '15 minutes'",
                  quote_id, to, user)
               .affected() > 0;
}

}  // namespace

void add_change(Ctx ctx, int64_t quote_id, const Difference& change, std::string_view by_name) {
    const auto user = ctx.user_id() > 0 && by_name.empty() ? std::optional{ctx.user_id()} : std::nullopt;
    if (change.field == "lines" && goes_on(ctx, quote_id, change.to, user)) return;
    ctx.exec("insert into change (quote_id, by_id, by_name, field, from_value, to_value) values ($1, $2, $3, $4, $5, $6)", quote_id, user,
             by_name, change.field, change.from, change.to);
}

Value present_history(Ctx ctx, int64_t quote_id) {
    const auto rows = ctx.exec(
        "select c.at, coalesce(u.name, nullif(c.by_name, '')), c.field, coalesce(c.from_value, ''), coalesce(c.to_value, ''), c.by_name <> "
        "''"
        " from change c"
        " left join core.user_v1 u on u.id = c.by_id where c.quote_id = $1 order by c.id desc limit 200",
        quote_id);
    auto out = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.push(ctx.object()
                     .set("at", rows.time(i, 0))
                     .set("actor", rows.maybe_text(i, 1))
                     .set("text", text_of(ctx, rows.text(i, 2), rows.text(i, 3), rows.text(i, 4), rows.boolean(i, 5))));
    return out;
}

Value history_items(Ctx ctx, int64_t quote_id) {
    const auto rows = ctx.exec(
        "select id, at, by_id as by, nullif(by_name, '') as by_name, field, nullif(from_value, '') as \"from\", nullif(to_value, '') as "
        "\"to\""
        " from change where quote_id = $1 order by id desc limit 200",
        quote_id);
    return ctx.object().set("items", rows.value()).set("next", std::nullopt);
}

}  // namespace quotes
