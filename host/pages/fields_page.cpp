#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "abi/fields.hpp"
#include "base/strings.hpp"
#include "core/form_store.hpp"
#include "pages/fields_form.hpp"
#include "plugin/field_values.hpp"
#include "plugin/snapshot.hpp"

#include <guichet/sdk/text.hpp>

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using core::FieldType;
using web::Call;

const std::string kPath = "/admin/fields";

// --- objects that take fields ---

using Object = plugin::Snapshot::ObjectEntry;

std::vector<Object> objects(Call& call) {
    std::vector<Object> out;
    for (const auto& generation : call.ctx.snapshot->generations())
        for (const auto& object : generation->manifest().objects)
            if (object.custom_fields) out.push_back({generation.get(), &object});
    return out;
}

std::optional<Object> find_object(Call& call, std::string_view id) {
    const auto entry = call.ctx.snapshot->object(id);
    return entry && entry->object->custom_fields ? entry : std::nullopt;
}

std::string_view label_of(Call& call, const Object& entry) {
    return call.ctx.snapshot->catalogs().text(entry.generation->id(), call.ctx.language, entry.object->label);
}

plugin::FieldOwner owner_of(const Object& entry) { return {entry.generation, entry.object->id.substr(entry.object->id.rfind('.') + 1)}; }

std::string list_path(std::string_view object) { return kPath + "?object=" + std::string{object}; }

// Values are there as long as their plugin is: of one that is switched off nothing can be said.
std::int64_t count_values(Call& call, const core::Field& field) {
    const auto owner = find_object(call, field.object);
    return owner ? plugin::count_values(call.site.pool, owner_of(*owner), field.code) : 0;
}

// --- writing ---

// One transaction of the host with its line in the audit log; every host reads the definitions again. A change that gives false is none.
template <class F>
auto write(Call& call, std::string_view action, const std::string& subject, F&& change) {
    call.ctx.begin();
    auto result = change(call.ctx.connection());
    if (!result) {
        call.ctx.rollback();
        return result;
    }
    core::audit(call.ctx.connection(), abi::audit_line(call.ctx, action, subject));
    call.ctx.commit();
    call.site.reference.invalidate();
    return result;
}

// --- the list ---

void add_objects(Call& call, Value& data, std::string_view current) {
    auto* list = data.add_array("objects");
    for (const auto& entry : objects(call)) {
        auto* item = list->add_object({});
        item->set("path", std::string_view{list_path(entry.object->id)});
        item->set("label", label_of(call, entry));
        item->set("active", entry.object->id == current);
    }
}

std::string_view audience_label(unsigned audience) { return audience == 3 ? "Internal and public" : audience == 2 ? "Public (OUT)" : "Internal (IN)"; }

void add_field(Call& call, Value& to, const core::Field& field) {
    auto* row = to.add_object({});
    row->set("id", field.id);
    row->set("label", field.label(call.ctx.language));
    row->set("code", std::string_view{field.code});
    row->set("type", std::string_view{call.tr(type_label(field.type))});
    row->set("audience", std::string_view{call.tr(audience_label(field.audience))});
    row->set("in_form", field.in_form);
    row->set("mandatory", field.mandatory);
    row->set("more_info", field.more_info);
    row->set("searchable", field.searchable);
    row->set("filterable", field.filterable);
    row->set("active", field.active);
    row->set("available", !core::is_lookup(field.type) || abi::has_lookup(call.ctx, field.type));
}

Value& add_group(Value& groups, std::int64_t id, std::string_view label) {
    auto* group = groups.add_object({});
    group->set("id", id);
    group->set("label", label);
    return *group->add_array("fields");
}

std::string order_of(const Value& groups) {
    std::string out;
    const auto add = [&](std::string_view kind, const Value& item) {
        out.append(out.empty() ? "" : ",").append(kind).append(std::to_string(item.get("id")->as_integer()));
    };
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (g > 0) add("group:", *groups.at(g));  // the first is "no group"
        const auto& fields = *groups.at(g)->get("fields");
        for (std::size_t f = 0; f < fields.size(); ++f) add("field:", *fields.at(f));
    }
    return out;
}

http::Response show_list(Call& call, const Object& entry, const Value* errors, int status) {
    auto lease = call.site.pool.acquire();
    const auto fields = core::read_fields(*lease, entry.object->id);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Fields")});
    data->set("object", std::string_view{entry.object->id});
    data->set("object_label", label_of(call, entry));
    add_objects(call, *data, entry.object->id);
    auto* groups = data->add_array("groups");
    const auto fill = [&](Value& to, std::optional<std::int64_t> group) {
        for (const auto& field : fields)
            if (field.group_id == group) add_field(call, to, field.field);
    };
    fill(add_group(*groups, 0, ""), std::nullopt);
    for (const auto& group : core::read_groups(*lease, entry.object->id)) {
        auto& rows = add_group(*groups, group.id, core::in_language(group.labels, call.ctx.language));
        auto* last = const_cast<Value*>(groups->at(groups->size() - 1));
        for (const auto& [language, text] : group.labels) last->set("label_" + language, std::string_view{text});
        fill(rows, group.id);
    }
    data->set("order", std::string_view{order_of(*groups)});
    data->set("any", !fields.empty() || groups->size() > 1);
    data->set("errors", errors ? errors : Value::object(call.ctx.arena));
    const auto done = call.request.query_value("done").value_or("");
    data->set("message", std::string_view{done == "saved" ? call.tr("The field is saved. Forms show it at once.") : done == "deleted" ? call.tr("The field and its values are deleted.") : ""});
    return web::page(call, "fields.html", *data, status);
}

http::Response get_list(Call& call) {
    const auto all = objects(call);
    const auto wanted = find_object(call, call.request.query_value("object").value_or(""));
    if (wanted) return show_list(call, *wanted, nullptr, 200);
    if (!all.empty()) return web::redirect(list_path(all.front().object->id));
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Fields")});
    return web::page(call, "fields.html", *data, 200);
}

// "field:12,group:3,field:7": what the page shows, from top to bottom.
std::vector<core::FieldPlace> places(std::string_view order) {
    std::vector<core::FieldPlace> out;
    for (const auto item : base::split(order, ',')) {
        const auto colon = item.find(':');
        const auto id = colon == item.npos ? std::nullopt : guichet::to_integer(item.substr(colon + 1));
        if (id) out.push_back({item.starts_with("group:"), *id});
    }
    return out;
}

// A field moves by one place, over the heading of a group as well; a group moves with its fields.
void move(std::vector<core::FieldPlace>& order, std::string_view moved, bool up) {
    const auto id = guichet::to_integer(moved.substr(std::min(moved.find(':') + 1, moved.size()))).value_or(0);
    const bool group = moved.starts_with("group:");
    const auto at = std::ranges::find_if(order, [&](const auto& p) { return p.group == group && p.id == id; });
    if (at == order.end()) return;
    const auto is_group = [](const core::FieldPlace& p) { return p.group; };
    if (!group) {
        if (up && at != order.begin()) std::iter_swap(at, at - 1);
        if (!up && at + 1 != order.end()) std::iter_swap(at, at + 1);
        return;
    }
    const auto end = std::find_if(at + 1, order.end(), is_group);
    if (up) {
        const auto before = std::find_if(std::make_reverse_iterator(at), order.rend(), is_group);
        if (before != order.rend()) std::rotate(before.base() - 1, at, end);
    } else if (end != order.end()) {
        std::rotate(at, end, std::find_if(end + 1, order.end(), is_group));
    }
}

http::Response post_order(Call& call) {
    const std::string object{call.form_value("object")};
    if (!find_object(call, object)) return web::redirect(kPath);
    auto order = places(call.form_value("order"));
    for (const bool up : {true, false})
        if (const auto moved = call.form_value(up ? "up" : "down"); !moved.empty()) move(order, moved, up);
    write(call, "core.fields_ordered", "fields/" + object, [&](db::Connection& connection) {
        core::order_fields(connection, object, order);
        return true;
    });
    return web::redirect(list_path(object));
}

// --- groups ---

http::Response post_group(Call& call) {
    const std::string object{call.form_value("object")};
    const auto entry = find_object(call, object);
    if (!entry) return web::redirect(kPath);
    core::Texts labels;
    for (const auto language : i18n::kLanguages)
        labels.emplace(language, guichet::one_line(call.form_value("label_" + std::string{language})));
    const auto id = guichet::to_integer(call.form_value("id"));
    const bool remove = call.form_value("what") == "delete";
    if (!remove && core::in_language(labels, "fr").empty()) {
        auto* errors = Value::object(call.ctx.arena);
        errors->set("group", std::string_view{call.tr("Enter a name for the group.")});
        return show_list(call, *entry, errors, 422);
    }
    write(call, remove ? "core.field_group_deleted" : "core.field_group_changed", "fields/" + object, [&](db::Connection& connection) {
        if (remove) core::delete_group(connection, id.value_or(0));
        else if (id) core::rename_group(connection, *id, labels);
        else core::add_group(connection, object, labels);
        return true;
    });
    return web::redirect(list_path(object));
}

// --- one field ---

void add_types(Call& call, Value& data) {
    auto* types = data.add_array("types");
    for (std::size_t i = 0; i < std::size(core::kFieldTypes); ++i) {
        const auto type = static_cast<FieldType>(i);
        auto* item = types->add_object({});
        item->set("value", core::name_of(type));
        item->set("label", std::string_view{call.tr(type_label(type))});
        item->set("available", !core::is_lookup(type) || abi::has_lookup(call.ctx, type));
    }
}

void add_groups(Call& call, Value& data, std::string_view object) {
    auto* groups = data.add_array("groups");
    auto lease = call.site.pool.acquire();
    for (const auto& group : core::read_groups(*lease, object)) {
        auto* item = groups->add_object({});
        item->set("value", std::string_view{std::to_string(group.id)});
        item->set("label", core::in_language(group.labels, call.ctx.language));
    }
}

http::Response show_form(Call& call, const core::StoredField& field, const Value* errors, std::string_view problem, int status) {
    const bool is_new = field.field.id == 0;
    const auto object = find_object(call, field.field.object);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr(is_new ? "Add a field" : "Edit the field")});
    auto* trail = data->add_array("breadcrumb");
    auto* first = trail->add_object({});
    first->set("label", std::string_view{call.tr("Fields")});
    first->set("url", std::string_view{list_path(field.field.object)});
    trail->add_object({})->set("label", object ? label_of(call, *object) : std::string_view{field.field.object});
    data->set("object", std::string_view{field.field.object});
    data->set("form", field_form_values(call, field));
    data->set("id", field.field.id);
    data->set("version", field.version);
    const auto values = is_new ? 0 : count_values(call, field.field);
    data->set("values", values);
    data->set("may_change_type", !is_new && values == 0);
    add_types(call, *data);
    add_groups(call, *data, field.field.object);
    data->set("errors", errors ? errors : Value::object(call.ctx.arena));
    data->set("problem", problem);
    data->set("back", std::string_view{list_path(field.field.object)});
    return web::page(call, "fields_form.html", *data, status);
}

// The object and the type of a new field come first: the form depends on them.
std::optional<core::StoredField> new_field(Call& call, std::string_view object, std::string_view type) {
    const auto entry = find_object(call, object);
    const auto kind = core::field_type(type);
    if (!entry || !kind || (core::is_lookup(*kind) && !abi::has_lookup(call.ctx, *kind))) return std::nullopt;
    core::StoredField field;
    field.field.object = entry->object->id;
    field.field.type = *kind;
    field.field.audience = 1;
    field.field.filterable = core::may_be_filtered(*kind) && *kind != FieldType::text;
    field.field.searchable = *kind == FieldType::text;
    return field;
}

http::Response get_new(Call& call) {
    const auto object = call.request.query_value("object").value_or("");
    if (const auto field = new_field(call, object, call.request.query_value("type").value_or(""))) return show_form(call, *field, nullptr, {}, 200);
    const auto entry = find_object(call, object);
    if (!entry) return web::redirect(kPath);
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Add a field")});
    data->set("object", object);
    data->set("object_label", label_of(call, *entry));
    data->set("back", std::string_view{list_path(object)});
    add_types(call, *data);
    return web::page(call, "fields_type.html", *data, 200);
}

http::Response post_new(Call& call) {
    auto field = new_field(call, call.form_value("object"), call.form_value("type"));
    if (!field) return web::redirect(kPath);
    auto* errors = Value::object(call.ctx.arena);
    read_field_form(call, *field, true, *errors);
    if (errors->size() > 0) return show_form(call, *field, errors, {}, 422);
    const auto added = write(call, "core.field_added", field->field.object + "/" + field->field.code,
                             [&](db::Connection& connection) { return core::add_field(connection, *field); });
    if (added) return web::redirect(list_path(field->field.object) + "&done=saved");
    errors->set("code", std::string_view{call.tr(added.problems().front().message)});
    return show_form(call, *field, errors, {}, 422);
}

std::optional<core::StoredField> field_of_path(Call& call) {
    auto lease = call.site.pool.acquire();
    return core::read_stored_field(*lease, guichet::to_integer(call.param("id")).value_or(0));
}

http::Response get_field(Call& call) {
    const auto field = field_of_path(call);
    return field ? show_form(call, *field, nullptr, {}, 200) : web::redirect(kPath);
}

http::Response post_field(Call& call) {
    auto field = field_of_path(call);
    if (!field) return web::redirect(kPath);
    const auto subject = field->field.object + "/" + field->field.code;
    if (const auto active = call.form_value("active"); !active.empty()) {
        write(call, active == "1" ? "core.field_activated" : "core.field_deactivated", subject, [&](db::Connection& connection) {
            core::set_field_active(connection, field->field.id, active == "1");
            return true;
        });
        return web::redirect(list_path(field->field.object));
    }
    const auto sent_type = core::field_type(call.form_value("type")).value_or(field->field.type);
    const bool other_type = sent_type != field->field.type && count_values(call, field->field) == 0;
    auto* errors = Value::object(call.ctx.arena);
    read_field_form(call, *field, false, *errors);
    if (other_type) field->field.type = sent_type;
    const auto version = static_cast<int>(guichet::to_integer(call.form_value("version")).value_or(0));
    const auto stored_version = std::exchange(field->version, version);
    if (errors->size() > 0) return show_form(call, *field, errors, {}, 422);
    const bool saved = write(call, "core.field_changed", subject, [&](db::Connection& connection) {
        if (!core::update_field(connection, *field)) return false;
        core::update_forms(connection, field->field);
        return true;
    });
    if (saved && other_type) return web::redirect(kPath + "/" + std::to_string(field->field.id));  // what the type needs is asked now
    if (saved) return web::redirect(list_path(field->field.object) + "&done=saved");
    field->version = stored_version;
    return show_form(call, *field, nullptr,
                     call.tr("Somebody else has changed this field in the meantime. What you entered is below: save again to replace what is stored."), 409);
}

http::Response post_delete(Call& call) {
    const auto field = field_of_path(call);
    if (!field) return web::redirect(kPath);
    if (call.form_value("confirmed") != "1") {
        const auto values = count_values(call, field->field);
        auto* data = Value::object(call.ctx.arena);
        data->set("title", std::string_view{call.tr("Delete this field?")});
        data->set("label", core::in_language(field->field.labels, call.ctx.language));
        data->set("values", values);
        data->set("action", std::string_view{kPath + "/" + std::to_string(field->field.id) + "/delete"});
        data->set("back", std::string_view{kPath + "/" + std::to_string(field->field.id)});
        return web::page(call, "fields_delete.html", *data, 200);
    }
    // nobody writes a value of a retired field, so none comes back behind the removal
    write(call, "core.field_deleted", field->field.object + "/" + field->field.code, [&](db::Connection& connection) {
        core::set_field_active(connection, field->field.id, false);
        return true;
    });
    if (const auto owner = find_object(call, field->field.object)) plugin::remove_values(call.site.pool, owner_of(*owner), field->field.code);
    call.ctx.begin();
    core::delete_field(call.ctx.connection(), field->field.id);
    call.ctx.commit();
    call.site.reference.invalidate();
    return web::redirect(list_path(field->field.object) + "&done=deleted");
}

// --- suggestions for a field that names an object of a plugin ---

http::Response get_lookup(Call& call) {
    const auto type = core::field_type(call.param("type"));
    auto* data = Value::object(call.ctx.arena);
    std::string_view words;
    for (const auto& [name, value] : call.request.query)
        if (name == "q" || name.starts_with(core::kCustomPrefix)) words = value;
    data->set("items", type && core::is_lookup(*type) ? abi::search_lookup(call.ctx, *type, guichet::trim(words), 20) : Value::array(call.ctx.arena));
    return web::bare_page(call, "partials/custom_lookup_options.html", *data, 200);
}

}  // namespace

std::vector<web::HostRoute> fields_routes() {
    const std::string permission = "core.fields";
    return {
        {"GET", kPath, permission, false, get_list},
        {"GET", kPath + "/new", permission, false, get_new},
        {"POST", kPath + "/new", permission, false, post_new},
        {"POST", kPath + "/order", permission, false, post_order},
        {"POST", kPath + "/groups", permission, false, post_group},
        {"GET", kPath + "/{id}", permission, false, get_field},
        {"POST", kPath + "/{id}", permission, false, post_field},
        {"POST", kPath + "/{id}/delete", permission, false, post_delete},
        {"GET", "/fields/lookup/{type}", "", false, get_lookup},
    };
}

}  // namespace host::pages
