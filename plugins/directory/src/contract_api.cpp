#include "contract_api.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "contract_store.hpp"
#include "rest.hpp"

namespace directory::contract_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;

void list(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto page = read_page_request(ctx, request, kContractSorts, problems);
    check_parameters(ctx, request, kContract, {"q", "status", "account_id"}, problems);
    const ContractFilter filter{.words = request.query("q").value_or(""),
                                .status = read_choice(ctx, request, "status", contract_statuses(ctx), problems),
                                .account_id = read_id(ctx, request, "account_id", problems),
                                .custom = read_custom(ctx, request, kContract, problems)};
    problems.throw_if_any();
    send_page(ctx, request, kContract, list_contracts(ctx, filter, page));
}

void create(Ctx ctx, Request request) {
    Problems problems{ctx};
    Draft draft{ctx, kContract};
    draft.read_json(request.json(), problems);
    draft.check(problems);
    check_contract(ctx, draft, problems);
    const auto account_id = read_account(ctx, draft, problems);
    problems.throw_if_any();
    require(ctx, kUpdate, account_id);
    guichet::Tx tx{ctx};
    send_created(ctx, request, kContract, get_contract(ctx, create_contract(ctx, draft)));
    tx.commit();
}

void get(Ctx ctx, Request request) { send_object(ctx, request, kContract, get_contract(ctx, request.id())); }

void patch(Ctx ctx, Request request) {
    const auto id = request.id();
    const auto row = get_contract(ctx, id);
    require(ctx, kUpdate, row["account_id"].integer().value_or(0));
    const auto body = request.json();
    Problems problems{ctx};
    Draft draft{ctx, kContract, row};
    draft.read_json(body, problems);
    draft.check(problems);
    check_contract(ctx, draft, problems);
    problems.throw_if_any();
    require_version(ctx, request, row, body);
    if (!update_contract(ctx, draft, id, row["version"].integer().value_or(0))) throw_stale(ctx);
    send_object(ctx, request, kContract, get_contract(ctx, id));
}

}  // namespace directory::contract_api
