#include "abi/fields.hpp"
#include "abi/forms.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "core/field_text.hpp"
#include "core/reference_data.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

#include <guichet/sdk/text.hpp>

#include <utility>

namespace host::abi {
namespace {

using base::Value;
using core::Field;
using core::FieldType;

constexpr std::int32_t kMostMatches = 20;

std::string_view tr(guichet_ctx& ctx, std::string_view msgid) { return ctx.snapshot->catalogs().text("core", ctx.language, msgid); }

core::FieldLocale locale_of(const guichet_ctx& ctx) { return {ctx.language, ctx.principal.zone}; }

const core::ObjectFields& fields_of(guichet_ctx& ctx, std::string_view object) {
    static const core::ObjectFields none;
    const auto& all = ctx.reference().fields;
    const auto it = all.find(object);
    return it == all.end() ? none : it->second;
}

// --- objects of plugins ---

std::string lookup_service(const guichet_ctx& ctx, FieldType type) {
    const auto name = ".lookup_" + std::string{core::name_of(type)};
    for (const auto& generation : ctx.snapshot->generations())
        if (const auto id = generation->id() + name; ctx.snapshot->provider(id, 1, 0)) return id;
    return {};
}

// What a failure of the provider leaves behind is not the caller's.
template <class F>
const Value* ask(guichet_ctx& ctx, FieldType type, F&& call) {
    const auto id = lookup_service(ctx, type);
    if (id.empty()) return nullptr;
    void* self = nullptr;
    const auto* table = static_cast<const guichet_lookup_v1*>(kServicesTable.acquire(&ctx, str(id), 1, 0, &self));
    if (!table) return nullptr;
    const auto outer = std::exchange(ctx.error, {});
    guichet_value* out = nullptr;
    const auto status = call(*table, self, &out);
    ctx.error = outer;
    if (status == GUICHET_OK) return unwrap(out);
    if (status != GUICHET_E_NOT_FOUND && status != GUICHET_E_DENIED) throw std::runtime_error{"the lookup " + id + " failed"};
    return nullptr;
}

const Value* find_lookup(guichet_ctx& ctx, FieldType type, std::int64_t id) {
    return ask(ctx, type, [&](const guichet_lookup_v1& table, void* self, guichet_value** out) { return table.find(self, &ctx, id, out); });
}

std::string_view member(const Value* object, std::string_view name) {
    const auto* text = object ? object->get(name) : nullptr;
    return text && text->is(Value::Type::string) ? text->as_string() : std::string_view{};
}

std::string numbered(std::string_view name, std::int64_t id) { return std::string{name} + " #" + std::to_string(id); }

// Words that name one object, and one only, stand for it.
core::FieldReading read_words(guichet_ctx& ctx, const Field& field, std::string_view words) {
    const auto* found = search_lookup(ctx, field.type, words, 2);
    if (found->size() == 0) return {nullptr, "Nothing is called that.", {}};
    if (found->size() > 1) return {nullptr, "Several are called that: choose one of the suggestions.", {}};
    return {found->at(0)->get("id"), {}, {}};
}

// --- users ---

const Value* find_user(guichet_ctx& ctx, std::int64_t id) {
    const auto& users = *ctx.reference().users;
    for (std::size_t i = 0; i < users.size(); ++i)
        if (users.at(i)->get("id")->as_integer() == id) return users.at(i);
    return nullptr;
}

// Also of one who has left.
std::string user_name(guichet_ctx& ctx, std::int64_t id) {
    if (const auto* user = find_user(ctx, id)) return std::string{member(user, "name")};
    const auto rows = ctx.services.pool->exec("select name from core.app_user where id = $1", {id});
    return std::string{rows.empty() ? std::string_view{"–"} : rows.text(0, 0)};
}

// --- checking ---

bool exists(guichet_ctx& ctx, const Field& field, std::int64_t id) {
    return field.type == FieldType::user ? find_user(ctx, id) != nullptr : find_lookup(ctx, field.type, id) != nullptr;
}

bool refers(FieldType type) { return type == FieldType::user || core::is_lookup(type); }

core::FieldReading read(guichet_ctx& ctx, const Field& field, const Value& given, const Value* stored) {
    const bool words = core::is_lookup(field.type) && given.is(Value::Type::string) && !guichet::trim(given.as_string()).empty() &&
                       !core::reference_number(given.as_string());
    if (words) return read_words(ctx, field, guichet::trim(given.as_string()));
    auto reading = core::read_field(field, given, stored, locale_of(ctx), ctx.arena);
    if (!reading.value || !refers(field.type)) return reading;
    const auto id = reading.value->as_integer();
    const bool unchanged = stored && stored->is(Value::Type::integer) && stored->as_integer() == id;
    if (unchanged || exists(ctx, field, id)) return reading;
    return {nullptr, field.type == FieldType::user ? "There is no such user." : "There is no such object, or you may not see it.", {}};
}

void add_problem(guichet_ctx& ctx, Value& problems, std::string_view code, std::string_view msgid, std::string_view detail = {}) {
    problems.set(std::string{core::kCustomPrefix}.append(code), std::string_view{guichet::fill(tr(ctx, msgid), {detail})});
}

// A form that shows a field may leave it empty only when the field is not mandatory.
void require_mandatory(guichet_ctx& ctx, const core::ObjectFields& fields, unsigned audience, const MergedFields& out, const Value* input) {
    for (const auto& field : fields.all) {
        const auto form = field.asked(audience);
        const bool asked = input ? input->get(field.code) != nullptr : form.shown || field.more_info;
        if (!form.mandatory || !field.visible(audience) || !asked || out.merged->get(field.code)) continue;
        if (!out.problems->get(std::string{core::kCustomPrefix} + field.code))
            add_problem(ctx, *out.problems, field.code, "Fill in this field.");
    }
}

// --- showing ---

void add_users(guichet_ctx& ctx, Value& options) {
    const auto& users = *ctx.reference().users;
    for (std::size_t i = 0; i < users.size(); ++i) {
        auto* option = options.add_object({});
        option->set("value", std::string_view{std::to_string(users.at(i)->get("id")->as_integer())});
        option->set("label", member(users.at(i), "name"));
    }
}

void add_answers(guichet_ctx& ctx, Value& options) {
    for (const auto& [value, label] : {std::pair{"true", "Yes"}, std::pair{"false", "No"}}) {
        auto* option = options.add_object({});
        option->set("value", value);
        option->set("label", tr(ctx, label));
    }
}

bool offers(const Value& options, std::string_view value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (member(options.at(i), "value") == value) return true;
    return false;
}

void show_reference(guichet_ctx& ctx, Value& out, const Field& field, std::int64_t id) {
    if (field.type == FieldType::user) {
        out.set("value", std::string_view{std::to_string(id)});
        out.set("text", std::string_view{user_name(ctx, id)});
        return;
    }
    const auto* object = find_lookup(ctx, field.type, id);
    const auto name = object ? member(object, "name") : std::string_view{"–"};
    out.set("value", std::string_view{object ? numbered(name, id) : std::to_string(id)});
    out.set("text", name);
    out.set("url", member(object, "url"));
}

void show_value(guichet_ctx& ctx, Value& out, const Field& field, const Value& value) {
    if (refers(field.type) && value.is(Value::Type::integer)) return show_reference(ctx, out, field, value.as_integer());
    const auto texts = core::field_texts(field, value, locale_of(ctx));
    out.set("value", std::string_view{texts.value});
    const bool answer = field.type == FieldType::boolean && value.is(Value::Type::boolean);
    out.set("text", answer ? tr(ctx, value.as_bool() ? "Yes" : "No") : std::string_view{texts.text});
}

Value* present(guichet_ctx& ctx, const Field& field, unsigned audience, const Value* stored) {
    auto* out = core::describe(field, ctx.language, audience, ctx.arena);
    auto& options = *const_cast<Value*>(out->get("options"));
    if (field.type == FieldType::user) add_users(ctx, options);
    if (field.type == FieldType::boolean) add_answers(ctx, options);
    out->set("currency", std::string_view{field.type == FieldType::money ? std::string_view{field.currency} : ""});
    out->set("value", "");
    out->set("text", "");
    const auto* value = stored ? stored->get(field.code) : nullptr;
    if (value && !value->is(Value::Type::null)) show_value(ctx, *out, field, *value);
    const bool choice = field.type == FieldType::user || field.type == FieldType::list;
    if (choice && !member(out, "value").empty() && !offers(options, member(out, "value"))) {
        auto* kept = options.add_object({});
        kept->set("value", member(out, "value"));
        kept->set("label", member(out, "text"));
    }
    return out;
}

// --- the table ---

const guichet_value* table_definitions(guichet_ctx* ctx, guichet_str object, uint32_t audience) noexcept {
    const Value* out = nullptr;
    const auto status = guard(ctx, [&] {
        out = field_definitions(*ctx, view(object), audience);
        return guichet_status{GUICHET_OK};
    });
    return status == GUICHET_OK ? wrap(out) : nullptr;
}

guichet_status table_merge(guichet_ctx* ctx, guichet_str object, uint32_t audience, const guichet_value* stored, const guichet_value* input,
                           guichet_value** out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        const auto* given = unwrap(input);
        if (given && !given->is(Value::Type::object)) {
            auto* problems = Value::object(ctx->arena);
            problems->set("custom", tr(*ctx, "A JSON object is expected."));
            *out = wrap(problems);
            return record(*ctx, GUICHET_E_INVALID, tr(*ctx, "Some values are not valid."));
        }
        const auto result = merge_fields(*ctx, view(object), audience, unwrap(stored), given ? *given : *Value::object(ctx->arena));
        *out = wrap(result.problems->size() > 0 ? result.problems : result.merged);
        if (result.problems->size() == 0) return GUICHET_OK;
        return record(*ctx, GUICHET_E_INVALID, tr(*ctx, "Some values are not valid."));
    });
}

guichet_value* table_present(guichet_ctx* ctx, guichet_str object, uint32_t audience, const guichet_value* stored) noexcept {
    Value* out = nullptr;
    const auto status = guard(ctx, [&] {
        out = present_fields(*ctx, view(object), audience, unwrap(stored));
        return guichet_status{GUICHET_OK};
    });
    return status == GUICHET_OK ? wrap(out) : nullptr;
}

guichet_value* table_form(guichet_ctx* ctx, guichet_str object, uint32_t audience) noexcept {
    Value* out = nullptr;
    const auto status = guard(ctx, [&] {
        out = describe_form(*ctx, view(object), audience);
        return guichet_status{GUICHET_OK};
    });
    return status == GUICHET_OK ? wrap(out) : nullptr;
}

}  // namespace

bool has_lookup(const guichet_ctx& ctx, FieldType type) { return !lookup_service(ctx, type).empty(); }

const Value* search_lookup(guichet_ctx& ctx, FieldType type, std::string_view words, std::int32_t limit) {
    const auto* found = ask(ctx, type, [&](const guichet_lookup_v1& table, void* self, guichet_value** out) {
        return table.search(self, &ctx, str(words), std::min(limit, kMostMatches), out);
    });
    return found ? found : Value::array(ctx.arena);
}

const Value* field_definitions(guichet_ctx& ctx, std::string_view object, unsigned audience) {
    const auto& definitions = fields_of(ctx, object).definitions;
    const auto it = definitions.find(ctx.language);
    return it == definitions.end() ? Value::array(ctx.arena) : it->second[audience % core::kAudiences];
}

MergedFields merge_fields(guichet_ctx& ctx, std::string_view object, unsigned audience, const Value* stored, const Value& input) {
    const auto& fields = fields_of(ctx, object);
    MergedFields out{Value::object(ctx.arena), Value::object(ctx.arena)};
    for (std::size_t i = 0; stored && i < stored->size(); ++i)
        if (!input.get(stored->key(i))) out.merged->set(stored->key(i), stored->at(i));
    for (std::size_t i = 0; i < input.size(); ++i) {
        const auto code = input.key(i);
        const auto* field = fields.find(code);
        const auto* kept = stored ? stored->get(code) : nullptr;
        if (!field || !field->visible(audience)) {
            add_problem(ctx, *out.problems, code, "There is no such field.");
            continue;
        }
        const auto reading = read(ctx, *field, *input.at(i), kept);
        if (!reading.problem.empty()) add_problem(ctx, *out.problems, code, reading.problem, reading.detail);
        else if (reading.value) out.merged->set(code, reading.value);
    }
    require_mandatory(ctx, fields, audience, out, stored ? &input : nullptr);
    return out;
}

Value* present_fields(guichet_ctx& ctx, std::string_view object, unsigned audience, const Value* stored) {
    auto* out = Value::array(ctx.arena);
    for (const auto& field : fields_of(ctx, object).all)
        if (field.visible(audience)) out->push(present(ctx, field, audience, stored));
    return out;
}

const guichet_fields_v1 kFieldsTable = {{sizeof(guichet_fields_v1), 1, 1}, table_definitions, table_merge, table_present, table_form};

}  // namespace host::abi
