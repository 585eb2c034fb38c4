#include "web/idempotency.hpp"

#include "base/json.hpp"
#include "base/sha256.hpp"

#include <array>

namespace host::web {
namespace {

template <class... A>
db::Rows host_exec(guichet_ctx& ctx, std::string_view sql, const A&... a) {
    const std::array<db::Param, sizeof...(A)> params{db::Param{a}...};
    return ctx.exec(sql, params);
}

std::string to_json(const http::Pairs& headers) {
    base::Arena arena;
    auto* list = base::Value::array(arena);
    for (const auto& [name, value] : headers) {
        auto* pair = list->add_array({});
        pair->push(base::Value::string(arena, name));
        pair->push(base::Value::string(arena, value));
    }
    return base::to_json(*list);
}

http::Response stored_response(guichet_ctx& ctx, const db::Rows& row) {
    http::Response response;
    response.status = static_cast<int>(row.i64(0, 1));
    const auto* headers = row.row_value(ctx.arena, 0)->at(2);
    for (std::size_t i = 0; i < headers->size(); ++i)
        response.add(headers->at(i)->at(0)->as_string(), headers->at(i)->at(1)->as_string());
    response.body = row.text(0, 3);
    return response;
}

}  // namespace

Once run_once(guichet_ctx& ctx, const http::Request& request, std::string_view key, std::string_view content,
              const std::function<http::Response()>& change) {
    const std::string caller = "user/" + std::to_string(ctx.principal.user_id);
    const std::string digest = base::sha256_hex(request.method + "\n" + request.target + "\n" + std::string{content});
    ctx.begin();
    try {
        const auto inserted = host_exec(ctx, "insert into core.idempotency (caller, key, request_hash) values ($1, $2, decode($3, 'hex'))"
                                             " on conflict do nothing returning 1", caller, key, digest);
        if (inserted.empty()) {
            const auto row = host_exec(ctx, "select encode(request_hash, 'hex'), status, headers, body from core.idempotency"
                                            " where caller = $1 and key = $2", caller, key);
            Once once;
            const bool same = !row.empty() && row.text(0, 0) == digest && !row.is_null(0, 1);
            once.outcome = same ? Once::Outcome::replayed : Once::Outcome::mismatch;
            if (same) once.response = stored_response(ctx, row);
            ctx.rollback();
            return once;
        }
        Once once{Once::Outcome::done, change()};
        if (once.response.status >= 400) {
            ctx.rollback();
            return once;
        }
        host_exec(ctx, "update core.idempotency set status = $3, headers = $4::jsonb, body = $5 where caller = $1 and key = $2",
                  caller, key, once.response.status, to_json(once.response.headers), once.response.body);
        ctx.commit();
        return once;
    } catch (...) {
        ctx.rollback();
        throw;
    }
}

}  // namespace host::web
