#include "pages/fields_form.hpp"

#include "base/strings.hpp"
#include "i18n/catalogs.hpp"
#include "i18n/number.hpp"

#include <guichet/sdk/text.hpp>

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using core::FieldType;
using web::Call;

constexpr std::size_t kLongestLabel = 100;
constexpr std::size_t kLongestHelp = 300;
constexpr std::size_t kMostOptions = 200;
constexpr std::size_t kEmptyOptions = 3;  // rows to add entries in

std::string typed(Call& call, const std::string& name) { return guichet::one_line(call.form_value(name)); }

core::Texts read_texts(Call& call, const std::string& name, std::size_t longest, Value& errors) {
    core::Texts out;
    for (const auto language : i18n::kLanguages) {
        const auto control = name + '_' + std::string{language};
        auto text = typed(call, control);
        if (guichet::count_characters(text) > longest)
            errors.set(control, std::string_view{guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(longest)})});
        out.emplace(language, std::move(text));
    }
    return out;
}

bool empty(const core::Texts& texts) {
    return std::ranges::all_of(texts, [](const auto& entry) { return entry.second.empty(); });
}

// "Délai d’intervention" -> "d_lai_d_intervention": a proposal, which the administrator may type himself.
std::string code_from(std::string_view text) {
    std::string out;
    for (const char c : base::lower_ascii(text)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) out += c;
        else if (!out.empty() && out.back() != '_') out += '_';
    }
    while (!out.empty() && (out.front() == '_' || (out.front() >= '0' && out.front() <= '9'))) out.erase(0, 1);
    out.resize(std::min(out.size(), core::kLongestFieldCode));
    while (!out.empty() && out.back() == '_') out.pop_back();
    return out;
}

bool is_code(std::string_view code) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !code.empty() && code.size() <= core::kLongestFieldCode && code[0] >= 'a' && code[0] <= 'z' && std::ranges::all_of(code, plain);
}

void read_code(Call& call, core::Field& field, Value& errors) {
    field.code = typed(call, "code");
    if (field.code.empty()) field.code = code_from(core::in_language(field.labels, "en"));
    if (!is_code(field.code)) errors.set("code", std::string_view{call.tr("Use small letters, digits and _, a letter first, at most 40.")});
}

// What is stored under a value may be renamed and retired; new ones come from the empty rows.
void read_options(Call& call, core::Field& field, Value& errors) {
    std::vector<core::FieldOption> out;
    for (std::size_t i = 0; i < kMostOptions; ++i) {
        const auto name = "option" + std::to_string(i);
        core::FieldOption option{typed(call, name + "_value"), read_texts(call, name, kLongestLabel, errors), !call.form_value(name + "_active").empty()};
        const bool stored = field.option(option.value) != nullptr;
        if (empty(option.labels) && !stored) continue;
        if (empty(option.labels)) errors.set(name + "_fr", std::string_view{call.tr("Enter a label.")});
        if (!stored) {
            option.value = code_from(core::in_language(option.labels, "en"));
            if (option.value.empty()) option.value = "entry";
            for (int n = 2; std::ranges::any_of(out, [&](const auto& other) { return other.value == option.value; }) || field.option(option.value); ++n)
                option.value = option.value.substr(0, core::kLongestFieldCode - 4) + '_' + std::to_string(n);
            option.active = true;
        }
        out.push_back(std::move(option));
    }
    for (const auto& option : field.options)  // a row that was not sent is not a row to delete
        if (std::ranges::none_of(out, [&](const auto& other) { return other.value == option.value; })) out.push_back(option);
    if (out.empty()) errors.set("option0_fr", std::string_view{call.tr("A list has one entry at least.")});
    field.options = std::move(out);
}

unsigned read_audience(Call& call) {
    const auto audience = call.form_value("audience");
    return audience == "both" ? 3 : audience == "public" ? 2 : 1;
}

void set_texts(Value& to, const std::string& name, const core::Texts& texts) {
    for (const auto language : i18n::kLanguages) {
        const auto text = texts.find(language);
        to.set(name + '_' + std::string{language}, text == texts.end() ? std::string_view{} : std::string_view{text->second});
    }
}

void add_option(Value& options, std::size_t i, const core::FieldOption& option) {
    auto* row = options.add_object({});
    row->set("name", std::string_view{"option" + std::to_string(i)});
    row->set("value", std::string_view{option.value});
    row->set("active", option.active);
    set_texts(*row, "label", option.labels);
}

}  // namespace

void read_field_form(Call& call, core::StoredField& stored, bool is_new, Value& errors) {
    auto& field = stored.field;
    const auto checked = [&](std::string_view name) { return !call.form_value(name).empty(); };
    field.labels = read_texts(call, "label", kLongestLabel, errors);
    if (empty(field.labels)) errors.set("label_fr", std::string_view{call.tr("Enter a label.")});
    if (is_new) read_code(call, field, errors);
    field.help = read_texts(call, "help", kLongestHelp, errors);
    stored.group_id = guichet::to_integer(call.form_value("group"));
    field.audience = read_audience(call);
    field.in_form = checked("in_form");
    field.mandatory = checked("mandatory");
    field.more_info = checked("more_info");
    field.searchable = checked("searchable") && core::may_be_searched(field.type);
    field.filterable = checked("filterable") && core::may_be_filtered(field.type);
    if (field.type == FieldType::list) read_options(call, field, errors);
    if (field.type != FieldType::money) return;
    field.currency = typed(call, "currency");
    std::ranges::transform(field.currency, field.currency.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (!i18n::known_currency(field.currency)) errors.set("currency", std::string_view{call.tr("There is no such currency.")});
}

Value* field_form_values(Call& call, const core::StoredField& stored) {
    const auto& field = stored.field;
    auto* out = Value::object(call.ctx.arena);
    set_texts(*out, "label", field.labels);
    set_texts(*out, "help", field.help);
    out->set("code", std::string_view{field.code});
    out->set("type", core::name_of(field.type));
    out->set("type_label", std::string_view{call.tr(type_label(field.type))});
    out->set("group", std::string_view{stored.group_id ? std::to_string(*stored.group_id) : ""});
    out->set("currency", std::string_view{field.currency});
    out->set("audience", field.audience == 3 ? "both" : field.audience == 2 ? "public" : "internal");
    out->set("in_form", field.in_form);
    out->set("mandatory", field.mandatory);
    out->set("more_info", field.more_info);
    out->set("searchable", field.searchable);
    out->set("filterable", field.filterable);
    out->set("active", field.active);
    out->set("may_be_searched", core::may_be_searched(field.type));
    out->set("may_be_filtered", core::may_be_filtered(field.type));
    auto* options = out->add_array("options");
    if (field.type != FieldType::list) return out;
    std::size_t i = 0;
    for (const auto& option : field.options) add_option(*options, i++, option);
    for (std::size_t empty_rows = 0; empty_rows < kEmptyOptions; ++empty_rows) add_option(*options, i++, {});
    return out;
}

std::string_view type_label(FieldType type) {
    static constexpr std::string_view kLabels[] = {"Text",          "Long text", "Whole number", "Decimal number", "Amount of money", "Date",
                                                   "Date and time", "Yes or no", "List",         "User",           "Account",         "Equipment"};
    return kLabels[static_cast<std::size_t>(type)];
}

}  // namespace host::pages
