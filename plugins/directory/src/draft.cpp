#include "draft.hpp"

#include <stdexcept>

namespace directory {

using guichet::Value;

namespace {

constexpr std::size_t kLongest = 20000;  // of kinds without a limit of their own

std::size_t limit(const Field& field) { return field.max_length ? field.max_length : kLongest; }

// nullopt: the JSON type does not fit the field.
std::optional<std::string> from_json(Kind kind, Value value) {
    if (kind == Kind::flag) {
        const auto flag = value.boolean();
        return flag ? std::optional<std::string>{*flag ? "true" : "false"} : std::nullopt;
    }
    if (value.is_null()) return "";
    const auto number = value.integer();
    if (kind == Kind::reference || kind == Kind::hundredths) return number ? std::optional{std::to_string(*number)} : std::nullopt;
    if (kind == Kind::decimal && number) return std::to_string(*number);
    const auto text = value.text();
    return text ? std::optional{normalise(kind, *text)} : std::nullopt;
}

std::string_view type_problem(Kind kind) {
    if (kind == Kind::flag) return "This must be true or false.";
    return kind == Kind::reference || kind == Kind::hundredths ? "This must be a whole number." : "This must be text.";
}

std::string shown(guichet::Ctx ctx, const Field& field, std::string_view value) {
    if (field.kind == Kind::choice) return std::string{label_of(field.choices(ctx), value)};
    if (field.kind == Kind::flag) return std::string{ctx.tr(value == "true" ? "Yes" : "No")};
    return for_form(ctx, field.kind, value);
}

}  // namespace

std::string as_text(Value value) {
    if (const auto text = value.text()) return std::string{*text};
    if (const auto flag = value.boolean()) return *flag ? "true" : "false";
    if (const auto number = value.integer()) return std::to_string(*number);
    return {};
}

std::string_view label_of(Value choices, std::string_view code) {
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (choices[i]["value"].text() == code) return choices[i]["label"].text().value_or(code);
    return code;
}

Draft::Draft(guichet::Ctx ctx, const Entity& entity) : ctx_{ctx}, entity_{entity}, exists_{false}, form_of_new_{true} {
    for (const auto& field : entity.fields) values_.emplace_back(field.initial);
    original_ = values_;
}

Draft::Draft(guichet::Ctx ctx, const Entity& entity, Value row)
    : ctx_{ctx}, entity_{entity}, custom_{row["custom"]}, stored_custom_{custom_}, exists_{true} {
    for (const auto& field : entity.fields) values_.push_back(as_text(row[field.name]));
    original_ = values_;
}

void Draft::read_form(guichet::Request request) {
    typed_custom_ = request.custom_fields();
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const auto& field = entity_.fields[i];
        if (!field.in_form) continue;
        const auto typed = request.form(field.name).value_or("");
        values_[i] = field.kind == Kind::flag ? (typed.empty() ? "false" : "true") : normalise(field.kind, typed);
    }
}

void Draft::read_json(Value body, guichet::Problems& problems) {
    form_of_new_ = false;
    for (std::size_t m = 0; m < body.size(); ++m) {
        const auto name = body.key(m);
        if (exists_ && name == "version") continue;
        const auto i = index(name);
        if (name == "custom") typed_custom_ = body[name];
        else if (i == values_.size()) problems.add(name, ctx_.tr("There is no such member here."));
        else read_member(i, body[name], problems);
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
    if (typed_custom_ && !typed_custom_.is_object()) problems.add("custom", ctx_.tr("This must be an object."));
    else custom_ = problems.merge_fields(entity_.object, audience(), stored_custom_, typed_custom_);
    check_fields(problems);
}

void Draft::take_edits(Value data, guichet::Problems& problems) {
    bool any = false;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const auto value = data[entity_.fields[i].name];
        if (as_text(value) == values_[i]) continue;
        read_member(i, value, problems);
        any = true;
    }
    if (any) check_fields(problems);
}

void Draft::check_fields(guichet::Problems& problems) {
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

std::string_view Draft::get(std::string_view name) const { return values_.at(index(name)); }
void Draft::set(std::string_view name, std::string_view value) { values_.at(index(name)) = value; }
bool Draft::changes(std::string_view name) const { return values_.at(index(name)) != original_.at(index(name)); }

Value Draft::values_of(const std::vector<std::string>& texts) const {
    auto out = ctx_.object();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& field = entity_.fields[i];
        if (field.kind == Kind::flag) out.set(field.name, texts[i] == "true");
        else out.set(field.name, texts[i]);
    }
    return out;
}

Value Draft::form_values() const {
    auto out = values();
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (const auto& field = entity_.fields[i]; field.kind != Kind::flag) out.set(field.name, for_form(ctx_, field.kind, values_[i]));
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

Value Draft::differences(Value row) const {
    auto out = ctx_.array();
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const auto& field = entity_.fields[i];
        const auto theirs = as_text(row[field.name]);
        if (!field.in_form || theirs == values_[i]) continue;
        out.push(ctx_.object()
                     .set("label", ctx_.tr(field.label))
                     .set("theirs", shown(ctx_, field, theirs))
                     .set("mine", shown(ctx_, field, values_[i])));
    }
    add_custom_differences(row["custom"], out);
    return out;
}

void Draft::add_custom_differences(Value row, Value& out) const {
    const auto theirs = ctx_.present_fields(entity_.object, audience(), row), mine = ctx_.present_fields(entity_.object, audience(), custom_);
    for (std::size_t i = 0; i < mine.size(); ++i)
        if (theirs[i]["text"].text() != mine[i]["text"].text())
            out.push(ctx_.object().set("label", mine[i]["label"]).set("theirs", theirs[i]["text"]).set("mine", mine[i]["text"]));
}

Value Draft::custom_sections(Value errors) const {
    const auto typed = typed_custom_.is_object() ? typed_custom_ : Value{};
    const auto controls = guichet::field_controls(ctx_, entity_.object, audience(), custom_, typed, errors);
    if (!form_of_new_) return guichet::page_sections(ctx_, controls);
    return guichet::arranged_form(ctx_, entity_.object, GUICHET_AUDIENCE_INTERNAL, controls);
}

guichet_param Draft::param(std::size_t i) const {
    if (values_[i].empty()) return {};
    switch (entity_.fields[i].kind) {
        case Kind::flag: return guichet::param(values_[i] == "true");
        case Kind::reference:
        case Kind::hundredths:
            return guichet::param(static_cast<int64_t>(std::stoll(values_[i])));
        default: return guichet::param(values_[i]);
    }
}

}  // namespace directory
