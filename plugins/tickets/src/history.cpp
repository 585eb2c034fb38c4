#include "history.hpp"

#include "fields.hpp"
#include "instant.hpp"
#include "link_store.hpp"
#include "ticket_access.hpp"

#include <algorithm>

namespace tickets {

using guichet::Value;

namespace {

// Ids become names; what is a code, an id of a status or text stays as it is. Of a ticket its number.
std::string name_of(std::string_view column) {
    const auto id = "h." + std::string{column} + "::bigint";
    return "case h.field when 'assignee' then (select name from core.user_v1 where id = " + id +
           ") when 'in_charge' then (select name from core.user_v1 where id = " + id +
           ") when 'watcher' then (select name from core.user_v1 where id = " + id +
           ") when 'team' then (select name from core.team_v1 where id = " + id +
           ") when 'account_id' then (select name from directory.account_v1 where id = " + id +
           ") when 'contact_id' then (select name from directory.contact_v1 where id = " + id +
           ") when 'contract_id' then (select ref from directory.contract_v1 where id = " + id + ") else other.ref end";
}

// Lines that name another ticket, as "relation:id" or id, are for who may see that one (R31).
constexpr std::string_view kOfOtherTickets = "h.field in ('link', 'merged_into', 'merged', 'split', 'split_from')";
constexpr std::string_view kOtherTicket = "substring(coalesce(h.to_value, h.from_value) from '[0-9]+$')::bigint";

// What happened that is no change of a field.
struct Sentence {
    std::string_view field, added, removed;
};
constexpr Sentence kSentences[] = {
    {"created", "added the ticket", ""},
    {"read", "was the first to open the ticket", ""},
    {"description", "changed the description", "changed the description"},
    {"attachment", "added the file %1", "removed the file %1"},
    {"watcher", "added %1 to the watchers", "removed %1 from the watchers"},
    {"link", "linked the ticket: %1", "removed the link: %1"},
    {"merged_into", "merged the ticket into %1", ""},
    {"merged", "merged %1 into this ticket", ""},
    {"split", "moved messages to the new ticket %1", ""},
    {"split_from", "made this ticket of messages of %1", ""},
    {"mail_withheld", "did not write to the customer: %1", ""},
};

// "Parent T2611-0042" of "parent:17".
std::string link_text(const Call& call, std::string_view stored, std::string_view ref) {
    const auto relation = find_relation(stored.substr(0, stored.find(':')));
    return relation ? std::string{label_of(call, *relation)}.append(" ").append(ref) : std::string{ref};
}

// What another plugin says about what it did, in the reader's language if it has one for it.
std::string note(const Call& call, Value row) {
    const auto texts = guichet::parse_json(call.ctx, row["to_value"].text().value_or("{}"));
    const auto text = texts[call.ctx.language()].text();
    return std::string{text ? *text : texts["en"].text().value_or("")};
}

std::string sentence(const Call& call, Value row) {
    const auto field = row["field"].text().value_or("");
    if (field == "note") return note(call, row);
    const auto* found = std::ranges::find(kSentences, field, &Sentence::field);
    if (found == std::end(kSentences)) return {};
    const bool removed = row["to_value"].is_null() && !row["from_value"].is_null();
    const auto value = row[removed ? "from_value" : "to_value"].text().value_or("");
    const auto name = row[removed ? "from_name" : "to_name"].text().value_or(value);
    return guichet::fill(call.tr(removed ? found->removed : found->added),
                         {field == "link" ? link_text(call, value, name) : std::string{name}});
}

// "custom.<code>" with the field's label and its values as people read them; of a field that is gone, code and JSON.
void show_custom(const Call& call, Value row, Value& entry) {
    const auto name = row["field"].text().value_or("");
    if (!name.starts_with("custom.")) return;
    entry.set("label", name.substr(7)).set("from", row["from_value"]).set("to", row["to_value"]);
    for (const auto& [member, column] : {std::pair{"from", "from_value"}, std::pair{"to", "to_value"}}) {
        auto stored = call.ctx.object();
        if (const auto json = row[column].text()) stored.set(name.substr(7), guichet::parse_json(call.ctx, *json));
        const auto fields = call.ctx.present_fields(kObject, guichet::kEveryAudience, stored);
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (fields[i]["code"].text() == name.substr(7)) entry.set("label", fields[i]["label"]).set(member, fields[i]["text"]);
    }
}

Value shown(const Call& call, const FieldInfo& field, Value row, std::string_view value, std::string_view name) {
    if (row[value].is_null()) return {};
    auto out = call.ctx.object();
    const auto text = row[value].text().value_or("");
    if (is_instant(field.field)) return out.set("at", parse_instant(text))["at"];
    out.set("text", row[name].is_null() ? label_of(call, field.field, text) : row[name].text().value_or(text));
    return out["text"];
}

std::optional<std::string> nullable(const std::string& value) { return value.empty() ? std::nullopt : std::optional{value}; }

}  // namespace

void add_change(const Call& call, int64_t ticket, int64_t version, std::string_view field, const std::string& from, const std::string& to) {
    guichet::Query query{call.ctx};
    query.sql("insert into change (ticket_id, version, by_id, by_email, field, from_value, to_value) values (")
        .arg(ticket)
        .sql(", ")
        .arg(version);
    query.sql(", ")
        .arg(call.author())
        .sql("::bigint, nullif(")
        .arg(call.customer)
        .sql("::text, ''), ")
        .arg(field)
        .sql(", ")
        .arg(nullable(from))
        .sql("::text, ")
        .arg(nullable(to));
    query.sql("::text)").run();
}

void note_history(const Call& call, int64_t ticket, std::string_view field, const std::string& from, const std::string& to) {
    const auto rows = call.ctx.exec("select version from ticket where id = $1", ticket);
    if (!rows.empty()) add_change(call, ticket, rows.i64(0, 0), field, from, to);
}

guichet::Rows read_history(const Call& call, int64_t ticket, const std::optional<Cursor>& after, int limit) {
    static const std::string kSelect =
        "select h.id, h.at, h.by_id, coalesce(u.name, h.by_email) as by_name, h.field, h.from_value, h.to_value, " + name_of("from_value") +
        " as from_name, " + name_of("to_value") +
        " as to_name from change h left join core.user_v1 u on u.id = h.by_id left join lateral (select t.ref from ticket t where ";
    guichet::Query query{call.ctx};
    query.sql(kSelect).sql(kOfOtherTickets).sql(" and t.id = ").sql(kOtherTicket).sql(" and ");
    Access{call.ctx, kRead}.add_any(query);
    query.sql(") other on true where h.ticket_id = ").arg(ticket).sql(" and (other.ref is not null or not ").sql(kOfOtherTickets).sql(")");
    if (after) query.sql(" and h.id < ").arg(after->id);
    return query.sql(" order by h.id desc limit ").arg(limit + 1).run();
}

Value shown_history(const Call& call, const guichet::Rows& rows, std::size_t most) {
    auto out = call.ctx.array();
    const auto all = rows.value();
    for (std::size_t i = 0; i < all.size() && i < most; ++i) {
        const auto row = all[i];
        auto entry = call.ctx.object().set("at", row["at"]).set("actor", row["by_name"]).set("event", row["field"]);
        if (const auto text = sentence(call, row); !text.empty()) {
            entry.set("text", text);
            if (row["field"].text() == "description") entry.set("before", row["from_value"]).set("after", row["to_value"]);
        } else if (const auto* field = find_field(row["field"].text().value_or(""))) {
            entry.set("label", call.tr(field->label)).set("moment", is_instant(field->field));
            entry.set("from", shown(call, *field, row, "from_value", "from_name"));
            entry.set("to", shown(call, *field, row, "to_value", "to_name"));
        } else {
            show_custom(call, row, entry);
        }
        out.push(entry);
    }
    return out;
}

std::optional<Saved> saved_since(const Call& call, int64_t ticket, int64_t version) {
    const auto rows = call.ctx.exec(
        "select u.name, h.at from change h left join core.user_v1 u on u.id = h.by_id "
        "where h.ticket_id = $1 and h.version > $2::bigint order by h.id desc limit 1",
        ticket, version);
    if (rows.empty()) return std::nullopt;
    return Saved{std::string{rows.maybe_text(0, 0).value_or("–")}, rows.time(0, 1)};
}

bool changed_since(const Call& call, int64_t ticket, std::string_view field, int64_t version) {
    return !call.ctx.exec("select from change where ticket_id = $1 and field = $2::text and version > $3::bigint limit 1", ticket, field, version)
                .empty();
}

}  // namespace tickets
