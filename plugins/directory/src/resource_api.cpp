#include "resource_api.hpp"

#include "access.hpp"
#include "rest.hpp"

namespace directory::resource_api {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

// What the body says the new object belongs to, which the user may change; a problem when it is not there for the user.
Value read_parent(Ctx ctx, const Resource& resource, const Draft& draft, Problems& problems) {
    const auto member = resource.entity.fields.front().name;
    try {
        return resource.parent->get(ctx, guichet::to_integer(draft.get(member)).value_or(0));
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_NOT_FOUND) throw;
        problems.add(member, ctx.tr(resource.parent == &kAccounts ? "There is no such account." : "There is no such contract."));
        return {};
    }
}

}  // namespace

void create(Ctx ctx, Request request, const Resource& resource) {
    Problems problems{ctx};
    Draft draft{ctx, resource.entity};
    draft.read_json(request.json(), problems);
    check(ctx, resource, draft, problems);
    const auto parent = resource.parent ? read_parent(ctx, resource, draft, problems) : Value{};
    problems.throw_if_any();
    if (parent) require(ctx, kUpdate, account_of(parent));
    guichet::Tx tx{ctx};
    send_created(ctx, request, resource.entity, resource.get(ctx, resource.create(ctx, draft)));
    tx.commit();
}

void get(Ctx ctx, Request request, const Resource& resource) {
    send_object(ctx, request, resource.entity, resource.get(ctx, request.id()));
}

void patch(Ctx ctx, Request request, const Resource& resource) {
    const auto id = request.id();
    const auto row = resource.get(ctx, id);
    require(ctx, kUpdate, account_of(row));
    const auto body = request.json();
    Problems problems{ctx};
    Draft draft{ctx, resource.entity, row};
    draft.read_json(body, problems);
    check(ctx, resource, draft, problems);
    problems.throw_if_any();
    require_version(ctx, request, row, body);
    if (!resource.update(ctx, draft, id, row["version"].integer().value_or(0))) throw_stale(ctx);
    send_object(ctx, request, resource.entity, resource.get(ctx, id));
}

void remove(Ctx ctx, Request request, const Resource& resource) {
    const auto row = resource.get(ctx, request.id());
    require_version(ctx, request, row, {});
    directory::remove(ctx, resource, row);
    request.status(204);
}

}  // namespace directory::resource_api
