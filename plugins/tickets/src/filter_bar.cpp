#include "filter_bar.hpp"

#include "directory.hpp"
#include "instant.hpp"

#include <algorithm>

namespace tickets {

using guichet::Value;

namespace {

using Kind = FilterInfo::Kind;

constexpr std::string_view kHidden[] = {"phase", "sort", "columns", "view"};
constexpr std::string_view kOfAccount[] = {"contact_id", "contract_id"};  // to choose from once the account is

void add(const Call& call, Value options, std::string_view value, std::string_view label) {
    options.push(call.ctx.object().set("value", value).set("label", label));
}

void append(Value options, Value more) {
    for (std::size_t i = 0; i < more.size(); ++i) options.push(more[i]);
}

Value options(const Call& call, const FilterInfo& filter) {
    auto out = call.ctx.array();
    if (filter.kind == Kind::person || filter.kind == Kind::watcher) {
        add(call, out, "me", call.tr("Me"));
        if (filter.kind == Kind::person && filter.name != "created_by") add(call, out, "none", call.tr("Nobody"));
        append(out, options_of(call, Field::assignee, {}));
    } else if (filter.kind == Kind::team) {
        add(call, out, "mine", call.tr("My teams"));
        add(call, out, "none", call.tr("No team"));
        append(out, options_of(call, Field::team, {}));
    } else if (filter.kind == Kind::flag) {
        add(call, out, "true", call.tr("Yes"));
        add(call, out, "false", call.tr("No"));
    } else if (filter.kind == Kind::list) return filter.field == Field::channel ? every_channel(call) : options_of(call, filter.field, {});
    return out;
}

// Contacts or running contracts of the account that is asked for.
Value options_of_account(const Call& call, std::string_view name, const Parameters& parameters) {
    auto out = call.ctx.array();
    const auto account = guichet::to_integer(parameters.get("account_id"));
    if (!account) return out;
    const bool contacts = name == "contact_id";
    const auto all = contacts ? directory::contacts_of(call.ctx, *account) : directory::running_contracts_of(call.ctx, *account);
    for (std::size_t i = 0; i < all.size(); ++i)
        add(call, out, std::to_string(all[i]["id"].integer().value_or(0)), all[i][contacts ? "name" : "ref"].text().value_or(""));
    return out;
}

Value label_in(Value options, std::string_view value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == value) return options[i]["label"];
    return {};
}

// With what is chosen of it, retired entries included.
Value choices(const Call& call, Value options, const Parameters& parameters, std::string_view name, Field field) {
    int64_t chosen = 0;
    for (const auto value : parameters.values(name)) {
        if (!label_in(options, value) && !label_of(call, field, value).empty()) add(call, options, value, label_of(call, field, value));
        ++chosen;
    }
    for (std::size_t i = 0; i < options.size(); ++i) {
        const auto values = parameters.values(name);
        const bool is_chosen = std::ranges::find(values, options[i]["value"].text().value_or("")) != values.end();
        options[i].set("chosen", is_chosen);
    }
    return call.ctx.object().set("name", name).set("options", options).set("chosen", chosen);
}

std::string account_name(const Call& call, std::string_view text) {
    const auto id = guichet::to_integer(text);
    if (!id) return std::string{text};
    return std::string{directory::account(call.ctx, *id)["name"].text().value_or("")};
}

Value control(const Call& call, const FilterInfo& filter, const Parameters& parameters) {
    if (filter.kind == Kind::tag) return call.ctx.object().set("name", filter.name).set("value", parameters.get(filter.name));
    if (filter.is_several()) return choices(call, options(call, filter), parameters, filter.name, filter.field);
    auto out = call.ctx.object().set("name", filter.name);
    if (filter.is_range()) {
        const auto name = std::string{filter.name};
        return out.set("from", parameters.get(name + ".from")).set("to", parameters.get(name + ".to"));
    }
    if (filter.kind == Kind::reference && filter.name == "account_id")
        return out.set("value", account_name(call, parameters.get(filter.name))).set("type", "account");
    if (filter.kind == Kind::reference)
        return out.set("value", parameters.get(filter.name)).set("options", options_of_account(call, filter.name, parameters));
    return out.set("value", parameters.get(filter.name)).set("options", options(call, filter));
}

std::string reference_name(const Call& call, std::string_view name, int64_t id) {
    const auto found = name == "account_id"   ? directory::account(call.ctx, id)
                       : name == "contact_id" ? directory::contact(call.ctx, id)
                                              : Value{};
    if (const auto text = found["name"].text()) return std::string{*text};
    return '#' + std::to_string(id);
}

class Chips {
public:
    Chips(const Call& call, const Parameters& parameters)
        : call_{call}, parameters_{parameters.without({"cursor"})}, all_{call.ctx.array()} {}

    void add(std::string_view label, Value value, const Parameters& rest) {
        all_.push(call_.ctx.object().set("label", label).set("value", value).set("url", rest.address("/tickets")));
    }
    void add(std::string_view label, std::string_view value, const Parameters& rest) { add(label, value_of(value), rest); }
    // bound: "from" or "to".
    void add_bound(std::string_view label, const std::string& name, std::string_view bound) {
        const auto text = parameters_.get(name);
        if (text.empty()) return;
        auto chip = call_.ctx.object().set("label", label).set("value", text).set("bound", bound);
        if (const auto noon = parse_instant(std::string{text} + "T12:00:00Z")) chip.set("value", *noon).set("day", true);
        all_.push(chip.set("url", parameters_.without({name}).address("/tickets")));
    }
    const Parameters& parameters() const { return parameters_; }
    Value all() const { return all_; }

private:
    Value value_of(std::string_view text) const { return call_.ctx.object().set("text", text)["text"]; }

    const Call& call_;
    Parameters parameters_;
    Value all_;
};

void add_own(const Call& call, Chips& chips, const Condition& condition) {
    const auto& filter = *condition.filter;
    const auto label = call.tr(filter.label);
    const auto& parameters = chips.parameters();
    const std::string name{filter.name};
    if (filter.is_range()) {
        if (condition.from) chips.add_bound(label, name + ".from", "from");
        if (condition.to) chips.add_bound(label, name + ".to", "to");
        return;
    }
    const auto choices = options(call, filter);
    for (const auto& code : condition.codes) {
        const auto known = label_in(choices, code);
        if (known) chips.add(label, known, parameters.without(name, code));
        else
            chips.add(label, filter.kind == Kind::list ? label_of(call, filter.field, code) : std::string_view{code},
                      parameters.without(name, code));
    }
    if (!condition.codes.empty()) return;
    const auto rest = parameters.without({name});
    if (filter.kind == Kind::late) chips.add(label, "", rest);
    else if (filter.kind == Kind::reference) chips.add(label, reference_name(call, name, condition.ids.front()), rest);
    else {
        const auto known = label_in(choices, parameters.get(name));
        if (known) chips.add(label, known, rest);
        else chips.add(label, parameters.get(name), rest);
    }
}

void add_statuses(const Call& call, Chips& chips) {
    for (const auto code : chips.parameters().values("status"))
        if (const auto* status = call.statuses.by_code(code))
            chips.add(call.tr("Status"), status->label(call.ctx.language()), chips.parameters().without("status", code));
}

void add_range(Chips& chips, std::string_view label, const std::string& name) {
    chips.add_bound(label, name + ".from", "from");
    chips.add_bound(label, name + ".to", "to");
}

void add_custom(const Call& call, guichet::Request request, Chips& chips) {
    const auto controls = guichet::filter_controls(call.ctx, request, kObject, guichet::kEveryAudience);
    for (std::size_t i = 0; i < controls.size(); ++i) {
        const auto field = controls[i];
        if (!field["used"].boolean().value_or(false)) continue;
        const std::string name{field["name"].text().value_or("")};
        const auto label = field["label"].text().value_or(name), value = field["value"].text().value_or("");
        const auto known = label_in(field["options"], value);
        if (!value.empty()) chips.add(label, known ? known : field["value"], chips.parameters().without({name}));
        add_range(chips, label, name);
    }
}

void add_others(Chips& chips, const std::vector<guichet::ListColumns::Condition>& conditions) {
    for (const auto& condition : conditions) {
        if (!condition.is.empty()) chips.add(condition.column->label, condition.is, chips.parameters().without({condition.column->id}));
        add_range(chips, condition.column->label, condition.column->id);
    }
}

}  // namespace

Value filter_bar(const Call& call, const Parameters& parameters) {
    auto out = call.ctx.object().set("status", choices(call, options_of(call, Field::status, {}), parameters, "status", Field::status));
    for (const auto& filter : kFilters) out.set(filter.name, control(call, filter, parameters).set("label", call.tr(filter.label)));
    return out;
}

Value filter_chips(const Call& call, guichet::Request request, const Parameters& parameters, const Filter& filter) {
    Chips chips{call, parameters};
    add_statuses(call, chips);
    for (const auto& condition : filter.conditions) add_own(call, chips, condition);
    add_custom(call, request, chips);
    add_others(chips, filter.columns);
    return chips.all();
}

Value without_control(const Call& call, const Parameters& parameters) {
    auto out = call.ctx.array();
    const auto is_in = [](std::string_view name, const auto& names) { return std::ranges::find(names, name) != std::end(names); };
    const bool shown = guichet::to_integer(parameters.get("account_id")).has_value();
    for (const auto& [name, value] : parameters.all())
        if (is_in(name, kHidden) || (is_in(name, kOfAccount) && !shown)) out.push(call.ctx.object().set("name", name).set("value", value));
    return out;
}

}  // namespace tickets
