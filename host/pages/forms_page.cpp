// Arranging the forms that make objects: what is asked, in which order, of colleagues and of the public.
#include "abi/audit.hpp"
#include "abi/forms.hpp"
#include "base/strings.hpp"
#include "core/form_store.hpp"
#include "pages/routes.hpp"
#include "plugin/snapshot.hpp"

#include <guichet/sdk/text.hpp>

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

const std::string kPath = "/admin/forms";

struct Form {
    std::string object;
    unsigned audience;  // GUICHET_AUDIENCE_*

    std::string_view audience_name() const { return core::name_of_audience(audience); }
    std::string path() const { return kPath + "?object=" + object + "&audience=" + std::string{audience_name()}; }
};

bool has_form(const plugin::Manifest::Object& object) { return object.custom_fields || !object.form.empty(); }

std::optional<Form> read_form(Call& call, std::string_view object, std::string_view audience) {
    const auto entry = call.ctx.snapshot->object(object);
    if (!entry || !has_form(*entry->object)) return std::nullopt;
    return Form{entry->object->id, audience == "public" ? core::kPublic : 1u};
}

std::string_view label_of(Call& call, const plugin::Snapshot::ObjectEntry& entry) {
    return call.ctx.snapshot->catalogs().text(entry.generation->id(), call.ctx.language, entry.object->label);
}

void add_link(Value& to, std::string_view path, std::string_view label, bool active) {
    auto* item = to.add_object({});
    item->set("path", path);
    item->set("label", label);
    item->set("active", active);
}

void add_objects(Call& call, Value& data, const Form& form) {
    auto* objects = data.add_array("objects");
    for (const auto& generation : call.ctx.snapshot->generations())
        for (const auto& object : generation->manifest().objects)
            if (has_form(object))
                add_link(*objects, Form{object.id, form.audience}.path(), label_of(call, {generation.get(), &object}),
                         object.id == form.object);
    auto* audiences = data.add_array("audiences");
    add_link(*audiences, Form{form.object, 1}.path(), call.tr("Internal form"), form.audience != core::kPublic);
    add_link(*audiences, Form{form.object, core::kPublic}.path(), call.tr("Public form"), form.audience == core::kPublic);
}

// What custom_field.html needs to draw a control nobody can use.
void add_preview(Value& data, const Value& items) {
    auto& arena = data.arena();
    auto* fields = data.add_array("preview");
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items.at(i)->get("shown")->as_bool()) continue;
        auto* field = fields->add_object({});
        for (const auto name : {"label", "type", "mandatory"}) field->set(name, items.at(i)->get(name));
        field->set("name", std::string_view{"preview-" + std::string{items.at(i)->get("code")->as_string()}});
        for (const auto name : {"value", "error", "help", "currency"}) field->set(name, "");
        field->set("options", Value::array(arena));
    }
}

std::string codes_of(const Value& items) {
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) out.append(i ? "," : "").append(items.at(i)->get("code")->as_string());
    return out;
}

http::Response show(Call& call, const Form& form) {
    const auto entry = call.ctx.snapshot->object(form.object);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Forms")});
    data->set("object", std::string_view{form.object});
    data->set("object_label", label_of(call, *entry));
    data->set("takes_fields", entry->object->custom_fields);
    data->set("audience", form.audience_name());
    add_objects(call, *data, form);
    const auto* items = abi::describe_form(call.ctx, form.object, form.audience);
    data->set("items", items);
    data->set("order", std::string_view{codes_of(*items)});
    add_preview(*data, *items);
    return call.is_htmx() ? web::bare_page(call, "forms_designer.html", *data) : web::page(call, "forms.html", *data);
}

http::Response get_form(Call& call) {
    const auto wanted = read_form(call, call.request.query_value("object").value_or(""), call.request.query_value("audience").value_or(""));
    if (wanted) return show(call, *wanted);
    for (const bool designed : {true, false})  // one with fields of its own first: there is something to arrange
        for (const auto& generation : call.ctx.snapshot->generations())
            for (const auto& object : generation->manifest().objects)
                if (designed ? !object.form.empty() : has_form(object)) return web::redirect(Form{object.id, 1}.path());
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Forms")});
    return web::page(call, "forms.html", *data);
}

bool is_ticked(Call& call, std::string_view name, std::string_view code) {
    return std::ranges::any_of(call.form, [&](const auto& pair) { return pair.first == name && pair.second == code; });
}

// The order the page sent; what it did not know of (a field added meanwhile) stays behind that.
std::vector<abi::FormEntry> ordered(std::vector<abi::FormEntry> entries, std::string_view order) {
    std::vector<abi::FormEntry> out;
    for (const auto code : base::split(order, ',')) {
        const auto it = std::ranges::find(entries, code, &abi::FormEntry::code);
        if (it == entries.end()) continue;
        out.push_back(*it);
        entries.erase(it);
    }
    out.insert(out.end(), entries.begin(), entries.end());
    return out;
}

void move(std::vector<abi::FormEntry>& entries, std::string_view code, bool up) {
    const auto at = std::ranges::find(entries, code, &abi::FormEntry::code);
    if (at == entries.end()) return;
    if (up && at != entries.begin()) std::iter_swap(at, at - 1);
    if (!up && at + 1 != entries.end()) std::iter_swap(at, at + 1);
}

std::vector<core::FormItem> typed_items(Call& call, const Form& form) {
    auto entries = ordered(abi::form_entries(call.ctx, form.object, form.audience), call.form_value("order"));
    move(entries, call.form_value("up"), true);
    move(entries, call.form_value("down"), false);
    std::vector<core::FormItem> out;
    for (const auto& entry : entries) {
        const auto code = entry.code();
        const auto asked =
            entry.fixed() ? core::Asked{true, true} : core::Asked{is_ticked(call, "shown", code), is_ticked(call, "mandatory", code)};
        out.push_back({code, asked});
    }
    return out;
}

http::Response post_form(Call& call) {
    const auto form = read_form(call, call.form_value("object"), call.form_value("audience"));
    if (!form) return web::redirect(kPath);
    const bool reset = call.form_value("what") == "reset";
    const auto items = typed_items(call, *form);
    call.ctx.begin();
    if (reset) core::reset_form(call.ctx.connection(), form->object, form->audience);
    else core::save_form(call.ctx.connection(), form->object, form->audience, items);
    core::audit(call.ctx.connection(), abi::audit_line(call.ctx, reset ? "core.form_reset" : "core.form_arranged",
                                                       "form/" + form->object + "/" + std::string{form->audience_name()}));
    call.ctx.commit();
    call.site.reference.invalidate();
    return web::redirect(form->path());
}

}  // namespace

std::vector<web::HostRoute> forms_routes() {
    const std::string permission = "core.fields";
    return {{"GET", kPath, permission, false, get_form}, {"POST", kPath, permission, false, post_form}};
}

}  // namespace host::pages
