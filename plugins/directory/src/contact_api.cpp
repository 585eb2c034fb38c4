#include "contact_api.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "contact_store.hpp"
#include "rest.hpp"

namespace directory::contact_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;

void list(Ctx ctx, Request request) {
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

void create(Ctx ctx, Request request) {
    Problems problems{ctx};
    Draft draft{ctx, kContact};
    draft.read_json(request.json(), problems);
    draft.check(problems);
    const auto account_id = read_account(ctx, draft, problems);
    problems.throw_if_any();
    require(ctx, kUpdate, account_id);
    guichet::Tx tx{ctx};
    send_created(ctx, request, kContact, get_contact(ctx, insert(ctx, draft)));
    tx.commit();
}

void get(Ctx ctx, Request request) { send_object(ctx, request, kContact, get_contact(ctx, request.id())); }

void patch(Ctx ctx, Request request) {
    const auto id = request.id();
    const auto row = get_contact(ctx, id);
    require(ctx, kUpdate, row["account_id"].integer().value_or(0));
    const auto body = request.json();
    Problems problems{ctx};
    Draft draft{ctx, kContact, row};
    draft.read_json(body, problems);
    draft.check(problems);
    problems.throw_if_any();
    require_version(ctx, request, row, body);
    if (!update(ctx, draft, id, row["version"].integer().value_or(0))) throw_stale(ctx);
    send_object(ctx, request, kContact, get_contact(ctx, id));
}

}  // namespace directory::contact_api
