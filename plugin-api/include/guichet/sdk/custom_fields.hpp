// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/custom_fields.hpp - what a plugin does with the custom fields of its objects (guichet/abi/fields.h): the column
// of values, controls of forms, REST members and filters of lists. The values are one jsonb column, not null default '{}':
//
//   create function fold(value text) returns text …  -- immutable: drops what does not matter when people search
//   alter table machine add column custom jsonb not null default '{}',
//     add column custom_words text not null generated always as (…) stored;   -- fold() of every value, one text
//   create index machine_custom on machine using gin (custom jsonb_path_ops) where custom <> '{}';
//   create index machine_custom_words on machine using gin (custom_words core.gin_trgm_ops) where custom <> '{}';
#pragma once

#include "query.hpp"
#include "request.hpp"

namespace guichet {

inline constexpr uint32_t kEveryAudience = GUICHET_AUDIENCE_INTERNAL | GUICHET_AUDIENCE_PUBLIC;

// "{}" for no value at all.
inline std::string_view to_json(Ctx ctx, Value value) {
    return value ? view(detail::api.value->dump(ctx.raw(), value.raw())) : std::string_view{"{}"};
}
inline Value parse_json(Ctx ctx, std::string_view json) {
    guichet_value* out = nullptr;
    detail::check(ctx.raw(), detail::api.value->parse(ctx.raw(), str(json), &out));
    return {ctx.raw(), out};
}

// The stored values whose fields the audience sees, for a REST answer. Retired fields keep their values and are not in it.
inline Value visible_fields(Ctx ctx, std::string_view object, uint32_t audience, Value stored) {
    auto out = ctx.object();
    const auto definitions = ctx.fields(object, audience);
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        const auto code = definitions[i]["code"].text().value_or("");
        if (const auto value = stored[code]) out.set(code, value);
    }
    return out;
}

// Ctx::present_fields with the name of each control ("custom.<code>"), what was typed and what is wrong with it: what
// partials/custom_fields.html draws. errors is Problems::by_field().
inline Value field_controls(Ctx ctx, std::string_view object, uint32_t audience, Value stored, Value typed = {}, Value errors = {}) {
    auto controls = ctx.present_fields(object, audience, stored);
    for (std::size_t i = 0; i < controls.size(); ++i) {
        auto control = controls[i];
        const auto code = control["code"].text().value_or("");
        const auto name = "custom." + std::string{code};
        control.set("name", name).set("error", errors[name]);
        if (const auto text = typed[code].text()) control.set("value", *text);
    }
    return controls;
}

namespace detail {
// Says where a group begins; an unnamed one has no heading.
inline Value headed(Value controls) {
    std::string_view group;
    for (std::size_t i = 0; i < controls.size(); ++i) {
        auto control = controls[i];
        const auto own = control["group"].text().value_or("");
        control.set("heading", own != group ? own : std::string_view{});
        group = own;
    }
    return controls;
}
inline bool flag(Value control, std::string_view name) { return control[name].boolean().value_or(false); }
}  // namespace detail

// {fields, more}: what a form to make an object shows, and what it folds away; more_open when something there is wrong.
inline Value form_sections(Ctx ctx, Value controls) {
    auto fields = ctx.array(), more = ctx.array();
    bool open = false;
    for (std::size_t i = 0; i < controls.size(); ++i) {
        if (detail::flag(controls[i], "in_form")) fields.push(controls[i]);
        else if (detail::flag(controls[i], "more_info")) {
            more.push(controls[i]);
            open = open || controls[i]["error"].text();
        }
    }
    return ctx.object().set("fields", detail::headed(fields)).set("more", detail::headed(more)).set("more_open", open);
}
// The same of all fields, for the page of an object and the form that changes one.
inline Value page_sections(Ctx ctx, Value controls) {
    auto fields = ctx.array(), more = ctx.array();
    bool open = false;
    for (std::size_t i = 0; i < controls.size(); ++i) {
        const bool folded = detail::flag(controls[i], "more_info");
        (folded ? more : fields).push(controls[i]);
        open = open || (folded && controls[i]["error"].text());
    }
    return ctx.object().set("fields", detail::headed(fields)).set("more", detail::headed(more)).set("more_open", open);
}

#if GUICHET_ABI_MINOR >= 2
// The form that makes an object as its administrator has arranged it: {fields, more, more_open} as form_sections() gives them, with the
// standard fields ({code, label, mandatory, standard: true}) between the custom ones (controls: field_controls()).
inline Value arranged_form(Ctx ctx, std::string_view object, uint32_t audience, Value controls) {
    const auto control_of = [&](std::string_view code) {
        for (std::size_t i = 0; i < controls.size(); ++i)
            if (controls[i]["name"].text() == code) return controls[i];
        return Value{};
    };
    auto fields = ctx.array(), more = ctx.array();
    bool open = false;
    const auto form = ctx.form(object, audience);
    for (std::size_t i = 0; i < form.size(); ++i) {
        const auto item = detail::flag(form[i], "standard") ? form[i] : control_of(form[i]["code"].text().value_or(""));
        if (!item) continue;
        if (detail::flag(form[i], "shown")) fields.push(item);
        else if (detail::flag(form[i], "more_info")) {
            more.push(item);
            open = open || item["error"].text();
        }
    }
    return ctx.object().set("fields", detail::headed(fields)).set("more", detail::headed(more)).set("more_open", open);
}
#endif

// One condition on a custom field of a list: custom.<code>=value, or custom.<code>.from= and .to= for numbers and dates.
struct FieldFilter {
    enum class Kind { equal, contains, from, to };
    std::string code, type;
    Kind kind = Kind::equal;
    Value value;       // canonical
    std::string text;  // typed, of contains
};

namespace detail {
inline bool has_range(std::string_view type) {
    return type == "integer" || type == "decimal" || type == "money" || type == "date" || type == "datetime";
}
// A whole day stands for its first or its last second.
inline std::string bound(std::string_view type, FieldFilter::Kind kind, std::string_view typed) {
    const bool day = type == "datetime" && typed.size() == 10;
    return std::string{typed} + (day ? kind == FieldFilter::Kind::to ? "T23:59:59" : "T00:00:00" : "");
}
inline void read_filter(Ctx ctx, std::string_view object, uint32_t audience, Value field, std::string_view name, FieldFilter::Kind kind,
                        std::string_view typed, std::vector<FieldFilter>& out, Problems& problems) {
    const auto code = field["code"].text().value_or(""), type = field["type"].text().value_or("");
    if (type == "text" && kind == FieldFilter::Kind::equal)
        return out.push_back({std::string{code}, std::string{type}, FieldFilter::Kind::contains, {}, one_line(typed)});
    Problems wrong{ctx};
    const auto read = wrong.merge_fields(object, audience, ctx.object(), ctx.object().set(code, bound(type, kind, typed)));
    if (wrong) return problems.add(name, wrong.by_field()["custom." + std::string{code}].text().value_or(""));
    out.push_back({std::string{code}, std::string{type}, kind, read[code], {}});
}
}  // namespace detail

// Of the query string; fields that are not filterable do not exist here.
inline std::vector<FieldFilter> read_field_filters(Ctx ctx, Request request, std::string_view object, uint32_t audience, Problems& problems) {
    std::vector<FieldFilter> out;
    const auto fields = ctx.fields(object, audience);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!detail::flag(fields[i], "filterable")) continue;
        const auto base = "custom." + std::string{fields[i]["code"].text().value_or("")};
        for (const auto& [suffix, kind] : {std::pair{"", FieldFilter::Kind::equal}, std::pair{".from", FieldFilter::Kind::from},
                                           std::pair{".to", FieldFilter::Kind::to}}) {
            const auto typed = request.query(base + suffix);
            if (typed && !trim(*typed).empty() && (!*suffix || detail::has_range(fields[i]["type"].text().value_or(""))))
                detail::read_filter(ctx, object, audience, fields[i], ctx.dup(base + suffix), kind, trim(*typed), out, problems);
        }
    }
    return out;
}

// Codes of the searchable fields as an array literal, "" for none.
inline std::string searchable_fields(Ctx ctx, std::string_view object, uint32_t audience) {
    std::string codes;
    const auto fields = ctx.fields(object, audience);
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (detail::flag(fields[i], "searchable")) codes.append(codes.empty() ? "{" : ",").append(fields[i]["code"].text().value_or(""));
    return codes.empty() ? codes : codes + '}';
}

// Whether a name of a query string is one that read_field_filters reads.
inline bool is_field_filter(Ctx ctx, std::string_view object, uint32_t audience, std::string_view name) {
    if (!name.starts_with("custom.")) return false;
    auto code = name.substr(7);
    const auto suffix = code.find('.');
    const bool range = suffix != code.npos;
    if (range && code.substr(suffix) != ".from" && code.substr(suffix) != ".to") return false;
    code = code.substr(0, suffix);
    const auto fields = ctx.fields(object, audience);
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i]["code"].text() == code)
            return detail::flag(fields[i], "filterable") && (!range || detail::has_range(fields[i]["type"].text().value_or("")));
    return false;
}

// For partials/custom_filters.html: the filterable fields as controls, with from and to as typed, and range.
inline Value filter_controls(Ctx ctx, Request request, std::string_view object, uint32_t audience) {
    const auto all = field_controls(ctx, object, audience, {});
    auto out = ctx.array();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto control = all[i];
        if (!detail::flag(control, "filterable")) continue;
        const auto name = std::string{control["name"].text().value_or("")};
        const auto typed = request.query(name).value_or(""), from = request.query(name + ".from").value_or(""), to = request.query(name + ".to").value_or("");
        control.set("value", typed).set("from", from).set("to", to).set("range", detail::has_range(control["type"].text().value_or("")));
        control.set("used", !typed.empty() || !from.empty() || !to.empty());
        out.push(control);
    }
    return out;
}

// Text in a LIKE pattern that stands for itself.
inline std::string like_literal(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

// Appends " and <condition>" on the columns custom and custom_words; prefix is "" or the table's alias and a point. Equality and parts
// of texts use the indexes above; ranges are looked at row by row.
inline void add_field_filter(Query& query, std::string_view prefix, const FieldFilter& filter) {
    const auto column = std::string{prefix} + "custom";
    using Kind = FieldFilter::Kind;
    const bool number = filter.type == "integer" || filter.type == "decimal";
    const auto text = [&] { query.sql("(").sql(column).sql(" ->> ").arg(filter.code).sql("::text)"); };
    query.sql(" and ").sql(column).sql(" <> '{}' and ");
    if (filter.kind == Kind::contains) {
        const auto like = [&] { query.sql(" like '%' || fold(").arg(like_literal(filter.text)).sql("::text) || '%'"); };
        query.sql(column).sql("_words");
        like();
        query.sql(" and fold(");
        text();
        query.sql(")");
        like();
    } else if (filter.kind == Kind::equal && filter.type != "decimal") {
        query.sql(column).sql(" @> ").arg(to_json(query.ctx(), query.ctx().object().set(filter.code, filter.value))).sql("::jsonb");
    } else if (filter.type == "money") {
        query.sql("(").sql(column).sql(" -> ").arg(filter.code).sql("::text ->> 'currency') = ").arg(filter.value["currency"].text().value_or(""));
        query.sql("::text and (").sql(column).sql(" -> ").arg(filter.code).sql("::text ->> 'amount')::bigint ");
        query.sql(filter.kind == Kind::from ? ">= " : "<= ").arg(filter.value["amount"].integer().value_or(0)).sql("::bigint");
    } else {
        text();
        query.sql(number ? "::numeric" : " collate \"C\"").sql(filter.kind == Kind::from ? " >= " : filter.kind == Kind::to ? " <= " : " = ");
        const auto integer = filter.value.integer();
        query.arg(integer ? std::to_string(*integer) : std::string{filter.value.text().value_or("")}).sql(number ? "::text::numeric" : "::text collate \"C\"");
    }
}

}  // namespace guichet
