#include "draft.hpp"

#include <algorithm>

namespace interventions {

using guichet::Value;

namespace {

constexpr std::size_t kLongest = 20000;  // characters of kinds without a limit of their own

std::size_t limit(const Field& field) { return field.max_length ? field.max_length : kLongest; }
bool is_number(Kind kind) { return kind == Kind::reference || kind == Kind::duration; }

// nullopt: the JSON type does not fit the field.
std::optional<std::string> from_json(Kind kind, Value value) {
    if (kind == Kind::flag) return value.boolean() ? std::optional<std::string>{*value.boolean() ? "true" : "false"} : std::nullopt;
    if (value.is_null()) return "";
    const auto number = value.integer();
    if (number && (is_number(kind) || kind == Kind::decimal)) return std::to_string(*number);
    const auto text = value.text();
    return text && !is_number(kind) ? std::optional{normalise(kind, *text)} : std::nullopt;
}

// A number alone is minutes, as people say it.
std::string typed_value(Kind kind, std::string_view typed) {
    auto text = guichet::one_line(typed);
    const bool minutes = kind == Kind::duration && !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    return normalise(kind, minutes ? std::string_view{text += " min"} : typed);
}

std::string_view type_problem(Kind kind) {
    if (kind == Kind::flag) return "This must be true or false.";
    return is_number(kind) ? "This must be a whole number." : "This must be text.";
}

std::string local_text(guichet::Ctx ctx, std::string_view moment) {
    if (!has_zone(moment)) return std::string{moment};
    return std::string{
        ctx.exec("select to_char($1::text::timestamptz at time zone $2::text, 'YYYY-MM-DD\"T\"HH24:MI')", moment, ctx.zone()).text(0, 0)};
}

}  // namespace

std::string as_text(Value value) {
    if (const auto text = value.text()) return std::string{*text};
    if (const auto flag = value.boolean()) return *flag ? "true" : "false";
    if (const auto time = value.time()) return rfc3339(*time);
    if (const auto number = value.integer()) return std::to_string(*number);
    return {};
}

Draft::Draft(guichet::Ctx ctx, const Entity& entity) : ctx_{ctx}, entity_{entity}, exists_{false}, form_of_new_{true} {
    for (const auto& field : entity.fields) values_.emplace_back(field.initial);
    original_ = values_;
}

Draft::Draft(guichet::Ctx ctx, const Entity& entity, Value row)
    : ctx_{ctx}, entity_{entity}, custom_{row["custom"]}, stored_custom_{custom_}, exists_{true} {
    for (const auto& field : entity.fields) values_.push_back(normalise(field.kind, as_text(row[field.name])));
    original_ = values_;
}

void Draft::read_form(guichet::Request request) {
    typed_custom_ = request.custom_fields();
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const auto& field = entity_.fields[i];
        const auto typed = request.form(field.name);
        if (field.kind == Kind::flag) values_[i] = typed && !typed->empty() ? "true" : "false";
        else if (field.fixed && exists_) continue;
        else if (typed && *typed != for_form(i, original_[i])) values_[i] = typed_value(field.kind, *typed);
    }
}

void Draft::read_json(Value body, guichet::Problems& problems, std::initializer_list<std::string_view> others) {
    form_of_new_ = false;
    for (std::size_t m = 0; m < body.size(); ++m) {
        const auto name = body.key(m);
        const auto i = index(name);
        if (i < values_.size()) read_member(i, body[name], problems);
        else if (name == "custom" && !entity_.object.empty()) typed_custom_ = body[name];
        else if (std::ranges::find(others, name) == others.end()) problems.add(name, ctx_.tr("There is no such member here."));
    }
}

void Draft::read_member(std::size_t i, Value value, guichet::Problems& problems) {
    const auto& field = entity_.fields[i];
    const auto text = from_json(field.kind, value);
    if (!text) problems.add(field.name, ctx_.tr(type_problem(field.kind)));
    else if (field.fixed && exists_ && *text != original_[i]) problems.add(field.name, ctx_.tr("This cannot be changed."));
    else values_[i] = *text;
}

void Draft::check(guichet::Problems& problems) {
    const auto audience = form_of_new_ ? uint32_t{GUICHET_AUDIENCE_INTERNAL} : guichet::kEveryAudience;
    if (typed_custom_ && !typed_custom_.is_object()) problems.add("custom", ctx_.tr("This must be an object."));
    else if (!entity_.object.empty()) custom_ = problems.merge_fields(entity_.object, audience, stored_custom_, typed_custom_);
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const auto& field = entity_.fields[i];
        if (guichet::count_characters(values_[i]) > limit(field))
            problems.add(field.name, guichet::fill(ctx_.tr("Use at most %1 characters."), {std::to_string(limit(field))}));
        else if (const auto wrong = problem(i); !wrong.empty()) problems.add(field.name, ctx_.tr(wrong));
    }
}

std::string_view Draft::problem(std::size_t i) const {
    const auto& field = entity_.fields[i];
    if (values_[i].empty()) return field.missing;
    if (field.kind != Kind::choice) return problem_of(field.kind, values_[i]);
    const auto choices = field.choices(ctx_);
    for (std::size_t c = 0; c < choices.size(); ++c)
        if (choices[c]["value"].text() == values_[i] && choosable(i, choices[c])) return {};
    return "Choose one of the list.";
}

// A retired choice may stay where it is, and nowhere else.
bool Draft::choosable(std::size_t i, Value choice) const {
    return choice["active"].boolean().value_or(true) || choice["value"].text() == original_[i];
}

std::size_t Draft::index(std::string_view name) const {
    std::size_t i = 0;
    while (i < entity_.fields.size() && entity_.fields[i].name != name) ++i;
    return i;
}

bool Draft::changes_anything() const {
    return values_ != original_ || guichet::to_json(ctx_, custom_) != guichet::to_json(ctx_, stored_custom_);
}

std::string Draft::for_form(std::size_t i, const std::string& value) const {
    if (value.empty() || !problem_of(entity_.fields[i].kind, value).empty()) return value;
    switch (entity_.fields[i].kind) {
        case Kind::duration:
            return hours_and_minutes(guichet::to_integer(value).value_or(0));
        case Kind::moment:
            return local_text(ctx_, value);
        case Kind::decimal: {
            std::string out{value};
            if (ctx_.language() == "fr") std::ranges::replace(out, '.', ',');
            return out;
        }
        default:
            return value;
    }
}

Value Draft::form_values() const {
    auto out = ctx_.object();
    for (std::size_t i = 0; i < values_.size(); ++i) {
        if (entity_.fields[i].kind == Kind::flag) out.set(entity_.fields[i].name, values_[i] == "true");
        else out.set(entity_.fields[i].name, for_form(i, values_[i]));
    }
    return out;
}

Value Draft::limits() const {
    auto out = ctx_.object();
    for (const auto& field : entity_.fields)
        if (field.max_length) out.set(field.name, field.max_length);
    return out;
}

Value Draft::options() const {
    auto out = ctx_.object();
    for (std::size_t i = 0; i < values_.size(); ++i) {
        if (entity_.fields[i].kind != Kind::choice) continue;
        const auto choices = entity_.fields[i].choices(ctx_);
        auto offered = ctx_.array();
        for (std::size_t c = 0; c < choices.size(); ++c)
            if (choosable(i, choices[c])) offered.push(choices[c]);
        out.set(entity_.fields[i].name, offered);
    }
    return out;
}

std::string Draft::shown(std::size_t i, std::string_view value) const {
    const auto& field = entity_.fields[i];
    if (field.kind == Kind::choice) return std::string{choice_of(ctx_, field.choices(ctx_), value)["label"].text().value_or(value)};
    return for_form(i, std::string{value});
}

Value Draft::differences(Value row) const {
    auto out = ctx_.array();
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const auto theirs = normalise(entity_.fields[i].kind, as_text(row[entity_.fields[i].name]));
        if (theirs == values_[i] || entity_.fields[i].label.empty()) continue;
        out.push(
            ctx_.object().set("label", ctx_.tr(entity_.fields[i].label)).set("theirs", shown(i, theirs)).set("mine", shown(i, values_[i])));
    }
    return out;
}

Value Draft::custom_sections(Value errors) const {
    if (entity_.object.empty()) return {};
    const auto audience = form_of_new_ ? uint32_t{GUICHET_AUDIENCE_INTERNAL} : guichet::kEveryAudience;
    const auto typed = typed_custom_.is_object() ? typed_custom_ : Value{};
    const auto controls = guichet::field_controls(ctx_, entity_.object, audience, custom_, typed, errors);
    return form_of_new_ ? guichet::form_sections(ctx_, controls) : guichet::page_sections(ctx_, controls);
}

void Draft::add_value(guichet::Query& query, std::size_t i) const {
    const auto& value = values_[i];
    const auto optional = value.empty() ? std::nullopt : std::optional<std::string_view>{value};
    switch (entity_.fields[i].kind) {
        case Kind::day:
            query.arg(optional).sql("::text::date");
            break;
        case Kind::moment:
            query.arg(optional);
            if (has_zone(value)) query.sql("::text::timestamptz");
            else query.sql("::text::timestamp at time zone ").arg(ctx_.zone()).sql("::text");
            break;
        case Kind::reference:
            query.arg(optional).sql("::text::bigint");
            break;
        case Kind::duration:
            query.arg(value.empty() ? std::string_view{"0"} : std::string_view{value}).sql("::text::int");
            break;
        case Kind::decimal:
            query.arg(optional).sql("::text::numeric");
            break;
        case Kind::flag:
            query.arg(value == "true").sql("::boolean");
            break;
        default:
            query.arg(optional).sql("::text");
    }
}

}  // namespace interventions
