#include "history.hpp"

#include "fields.hpp"

namespace tickets {

using guichet::Value;

namespace {

// Ids become names; what is a code, an id of a status or text stays as it is.
std::string name_of(std::string_view column) {
    const std::string c{column};
    return "case h.field when 'assignee' then (select name from core.user_v1 where id = h." + c +
           "::bigint)"
           " when 'team' then (select name from core.team_v1 where id = h." +
           c +
           "::bigint)"
           " when 'account_id' then (select name from directory.account_v1 where id = h." +
           c +
           "::bigint)"
           " when 'contact_id' then (select name from directory.contact_v1 where id = h." +
           c +
           "::bigint)"
           " when 'contract_id' then (select ref from directory.contract_v1 where id = h." +
           c + "::bigint) end";
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
    out.set("text", row[name].is_null() ? label_of(call, field.field, text) : row[name].text().value_or(text));
    return out["text"];
}

}  // namespace

guichet::Rows read_history(const Call& call, int64_t ticket, const std::optional<Cursor>& after, int limit) {
    static const std::string kSelect = "select h.id, h.at, h.by_id, u.name as by_name, h.field, h.from_value, h.to_value, " +
                                       name_of("from_value") + " as from_name, " + name_of("to_value") +
                                       " as to_name from change h left join core.user_v1 u on u.id = h.by_id where h.ticket_id = ";
    guichet::Query query{call.ctx};
    query.sql(kSelect).arg(ticket);
    if (after) query.sql(" and h.id < ").arg(after->id);
    return query.sql(" order by h.id desc limit ").arg(limit + 1).run();
}

Value shown_history(const Call& call, const guichet::Rows& rows, std::size_t most) {
    auto out = call.ctx.array();
    const auto all = rows.value();
    for (std::size_t i = 0; i < all.size() && i < most; ++i) {
        const auto row = all[i];
        auto entry = call.ctx.object().set("at", row["at"]).set("actor", row["by_name"]).set("event", row["field"]);
        if (const auto* field = find_field(row["field"].text().value_or(""))) {
            entry.set("label", call.tr(field->label));
            entry.set("long", field->field == Field::description);
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
