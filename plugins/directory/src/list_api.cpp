#include "list_api.hpp"

#include "account_store.hpp"
#include "contact_store.hpp"
#include "contract_line_store.hpp"
#include "rest.hpp"

namespace directory::list_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;

void accounts(Ctx ctx, Request request) {
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

void contacts(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto page = read_page_request(ctx, request, kContactSorts, problems);
    check_parameters(ctx, request, kContact, {"q", "email", "account_id", "active"}, problems);
    const ContactFilter filter{.words = request.query("q").value_or(""),
                               .email = request.query("email").value_or(""),
                               .account_id = read_id(ctx, request, "account_id", problems),
                               .active = read_flag(ctx, request, "active", problems),
                               .custom = read_custom(ctx, request, kContact, problems)};
    problems.throw_if_any();
    send_page(ctx, request, kContact, list_contacts(ctx, filter, page));
}

void contracts(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto page = read_page_request(ctx, request, kContractSorts, problems);
    check_parameters(ctx, request, kContract, {"q", "status", "account_id", "running"}, problems);
    const ContractFilter filter{.words = request.query("q").value_or(""),
                                .status = read_choice(ctx, request, "status", contract_statuses(ctx), problems),
                                .account_id = read_id(ctx, request, "account_id", problems),
                                .custom = read_custom(ctx, request, kContract, problems),
                                .running = read_flag(ctx, request, "running", problems).value_or(false)};
    problems.throw_if_any();
    send_page(ctx, request, kContract, list_contracts(ctx, filter, page));
}

void contract_lines(Ctx ctx, Request request) {
    Problems problems{ctx};
    const auto page = read_page_request(ctx, request, kContractLineSorts, problems);
    check_parameters(ctx, request, kContractLine, {"contract_id"}, problems);
    const ContractLineFilter filter{.contract_id = read_id(ctx, request, "contract_id", problems),
                                    .custom = read_custom(ctx, request, kContractLine, problems)};
    problems.throw_if_any();
    send_page(ctx, request, kContractLine, list_contract_lines(ctx, filter, page));
}

}  // namespace directory::list_api
