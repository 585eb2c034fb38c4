#include "abi/forms.hpp"

#include "core/reference_data.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::abi {
namespace {

using base::Value;

using Owner = std::optional<plugin::Snapshot::ObjectEntry>;

std::vector<FormEntry> possible_entries(const Owner& owner, const core::ObjectFields* fields, unsigned audience) {
    std::vector<FormEntry> out;
    if (owner)
        for (const auto& field : owner->object->form)
            if (core::audience_of(field.audience) & audience) out.push_back({&field, nullptr, {field.shown, field.mandatory}});
    if (fields)
        for (const auto& field : fields->all)
            if (field.visible(audience)) out.push_back({nullptr, &field, field.asked(audience)});
    return out;
}

std::string_view label_of(const guichet_ctx& ctx, const Owner& owner, const FormEntry& entry) {
    if (entry.standard) return ctx.snapshot->catalogs().text(owner->generation->id(), ctx.language, entry.standard->label);
    return entry.custom->label(ctx.language);
}

bool is_askable(const FormEntry& entry, unsigned audience) {
    return !entry.custom || audience != core::kPublic ||
           !(core::is_lookup(entry.custom->type) || entry.custom->type == core::FieldType::user);
}

}  // namespace

std::string FormEntry::code() const { return standard ? standard->code : std::string{core::kCustomPrefix} + custom->code; }

std::vector<FormEntry> form_entries(guichet_ctx& ctx, std::string_view object, unsigned audience) {
    const auto& all = ctx.reference().fields;
    const auto known = all.find(object);
    const auto* fields = known == all.end() ? nullptr : &known->second;
    auto rest = possible_entries(ctx.snapshot->object(object), fields, audience);
    std::vector<FormEntry> out;
    for (const auto& item : fields ? fields->form(audience) : std::vector<core::FormItem>{}) {
        const auto it = std::ranges::find(rest, item.code, &FormEntry::code);
        if (it == rest.end()) continue;
        if (it->standard && !it->fixed()) it->asked = item.asked;  // a field of its own knows
        out.push_back(*it);
        rest.erase(it);
    }
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

Value* describe_form(guichet_ctx& ctx, std::string_view object, unsigned audience) {
    const auto owner = ctx.snapshot->object(object);
    auto* out = Value::array(ctx.arena);
    for (const auto& entry : form_entries(ctx, object, audience)) {
        auto* item = out->add_object({});
        item->set("code", std::string_view{entry.code()});
        item->set("label", label_of(ctx, owner, entry));
        item->set("type", entry.standard ? std::string_view{entry.standard->type} : core::name_of(entry.custom->type));
        item->set("standard", entry.standard != nullptr);
        item->set("shown", entry.asked.shown);
        item->set("mandatory", entry.asked.mandatory);
        item->set("fixed", entry.fixed());
        const bool askable = is_askable(entry, audience);
        item->set("askable", askable);
        item->set("more_info", askable && entry.custom != nullptr && entry.custom->more_info);
    }
    return out;
}

}  // namespace host::abi
