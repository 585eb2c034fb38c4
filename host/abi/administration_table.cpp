#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "auth/provisioning.hpp"
#include "core/lists.hpp"

#include <guichet/abi/administration.h>

namespace host::abi {
namespace {

constexpr std::int64_t kSystem = -1;

guichet_status refuse(guichet_ctx& ctx, const base::Problems& problems) {
    const auto& first = problems.front();
    return record(ctx, first.code == "list.unknown" ? GUICHET_E_NOT_FOUND : GUICHET_E_INVALID, first.message, first.path);
}

std::string text_of(const base::Value& object, std::string_view member) {
    const auto* value = object.get(member);
    return value && value->is(base::Value::Type::string) ? std::string{value->as_string()} : std::string{};
}
bool active_of(const base::Value& object) {
    const auto* value = object.get("active");
    return !value || !value->is(base::Value::Type::boolean) || value->as_bool();
}

guichet_value* outcome(guichet_ctx& ctx, std::optional<std::int64_t> id, std::string_view what) {
    auto* out = base::Value::object(ctx.arena);
    out->set("id", id ? base::Value::integer(ctx.arena, *id) : base::Value::null(ctx.arena));
    out->set("outcome", what);
    return wrap(out);
}
std::string_view name_of(auth::Provisioned what) {
    return what == auth::Provisioned::created ? "created" : what == auth::Provisioned::known ? "known" : "left_out";
}

// Only the system, inside a transaction, with an object.
template <class F>
guichet_status as_system(guichet_ctx* ctx, const guichet_value* given, F&& f) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->principal.user_id != kSystem) return record(*ctx, GUICHET_E_DENIED, "only the system may do this");
        if (ctx->depth() == 0) return record(*ctx, GUICHET_E_STATE, "this is done inside a transaction");
        if (!given || !unwrap(given)->is(base::Value::Type::object)) return record(*ctx, GUICHET_E_INVALID, "an object is expected");
        return f(*unwrap(given));
    });
}

guichet_status put_user(guichet_ctx* ctx, const guichet_value* given, guichet_value** out) noexcept {
    return as_system(ctx, given, [&](const base::Value& user) -> guichet_status {
        const auto done = auth::provision_user(ctx->connection(), {text_of(user, "login"), text_of(user, "name"), text_of(user, "email"),
                                                                   text_of(user, "language"), active_of(user)});
        if (!done) return refuse(*ctx, done.problems());
        *out = outcome(*ctx, done->id, name_of(done->what));
        return GUICHET_OK;
    });
}

guichet_status put_team(guichet_ctx* ctx, const guichet_value* given, guichet_value** out) noexcept {
    return as_system(ctx, given, [&](const base::Value& team) -> guichet_status {
        std::vector<std::int64_t> members;
        if (const auto* ids = team.get("member_ids"); ids && ids->is(base::Value::Type::array))
            for (std::size_t i = 0; i < ids->size(); ++i)
                if (ids->at(i)->is(base::Value::Type::integer)) members.push_back(ids->at(i)->as_integer());
        const auto done = auth::provision_team(ctx->connection(), text_of(team, "name"), members);
        if (!done) return refuse(*ctx, done.problems());
        *out = outcome(*ctx, done->id, name_of(done->what));
        return GUICHET_OK;
    });
}

guichet_status put_choice(guichet_ctx* ctx, guichet_str list_id, const guichet_value* given, guichet_value** out) noexcept {
    return as_system(ctx, given, [&](const base::Value& choice) -> guichet_status {
        bool created = false;
        const auto done = core::provision_list_item(ctx->connection(), view(list_id), text_of(choice, "code"), text_of(choice, "label"),
                                                    active_of(choice), created);
        if (!done) return refuse(*ctx, done.problems());
        *out = outcome(*ctx, *done, !*done ? "left_out" : created ? "created" : "known");
        return GUICHET_OK;
    });
}

}  // namespace

const guichet_administration_v1 kAdministrationTable = {{sizeof(guichet_administration_v1), 1, 0}, put_user, put_team, put_choice};

}  // namespace host::abi
