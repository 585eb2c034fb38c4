#include "abi/audit.hpp"
#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "base/json.hpp"
#include "http/message.hpp"
#include "plugin/generation.hpp"

namespace host::abi {

core::AuditLine audit_line(const guichet_ctx& ctx, std::string_view action, std::string_view subject, std::string_view details_json) {
    const auto& who = ctx.principal;
    return {who.user_id, who.login.empty() ? std::string_view{who.name} : std::string_view{who.login},
            ctx.request ? std::string_view{ctx.request->peer_ip} : std::string_view{}, ctx.request_id, action, subject, details_json};
}

namespace {

constexpr std::size_t kLongestDetails = 16 * 1024;

bool is_action_of(std::string_view action, std::string_view plugin) {
    return action.size() <= 120 && action.size() > plugin.size() + 1 && action.starts_with(plugin) && action[plugin.size()] == '.';
}

guichet_status write(guichet_ctx* ctx, guichet_str action, guichet_str subject, const guichet_value* details) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->depth() == 0) return record(*ctx, GUICHET_E_STATE, "an audit line is written inside a transaction");
        if (!is_action_of(view(action), ctx->generation->id()))
            return record(*ctx, GUICHET_E_INVALID, "an action is the plugin's id, a dot and a name", "action");
        if (details && !unwrap(details)->is(base::Value::Type::object)) return record(*ctx, GUICHET_E_INVALID, "details are an object", "details");
        const auto json = details ? base::to_json(*unwrap(details)) : std::string{};
        if (json.size() > kLongestDetails) return record(*ctx, GUICHET_E_INVALID, "details of more than 16 KiB", "details");
        core::audit(ctx->connection(), audit_line(*ctx, view(action), view(subject), json));
        return GUICHET_OK;
    });
}

}  // namespace

const guichet_audit_v1 kAuditTable = {{sizeof(guichet_audit_v1), 1, 0}, write};

}  // namespace host::abi
