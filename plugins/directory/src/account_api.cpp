#include "account_api.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "rest.hpp"

namespace directory::account_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;

void list(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto page = read_page_request(ctx, request, kAccountSorts, problems);
    check_parameters(ctx, request, kAccount, {"q", "type", "email", "active"}, problems);
    const AccountFilter filter{.words = request.query("q").value_or(""),
                               .type = read_choice(ctx, request, "type", account_types(ctx), problems),
                               .email = request.query("email").value_or(""),
                               .active = read_flag(ctx, request, "active", problems),
                               .custom = read_custom(ctx, request, kAccount, problems)};
    problems.throw_if_any();
    send_page(ctx, request, kAccount, list_accounts(ctx, filter, page));
}

void create(Ctx ctx, Request request) {
    Problems problems{ctx};
    Draft draft{ctx, kAccount};
    draft.read_json(request.json(), problems);
    draft.check(problems);
    problems.throw_if_any();
    guichet::Tx tx{ctx};
    send_created(ctx, request, kAccount, get_account(ctx, create_account(ctx, draft)));
    tx.commit();
}

void get(Ctx ctx, Request request) { send_object(ctx, request, kAccount, get_account(ctx, request.id())); }

void patch(Ctx ctx, Request request) {
    const auto id = request.id();
    const auto row = get_account(ctx, id);
    require(ctx, kUpdate, id);
    const auto body = request.json();
    Problems problems{ctx};
    Draft draft{ctx, kAccount, row};
    draft.read_json(body, problems);
    draft.check(problems);
    problems.throw_if_any();
    require_version(ctx, request, row, body);
    if (draft.changes("active") && draft.get("active") == "false") require(ctx, kDelete, id);
    if (!update_account(ctx, draft, id, row["version"].integer().value_or(0))) throw_stale(ctx);
    send_object(ctx, request, kAccount, get_account(ctx, id));
}

}  // namespace directory::account_api
