#include "rest.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Error;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kUsualItems = 25, kMostItems = 200;

}  // namespace

void check_parameters(Ctx ctx, Request request, std::initializer_list<std::string_view> names, Problems& problems) {
    for (auto rest = request.query_string(); !rest.empty();) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto name = rest.substr(0, std::min(rest.find('='), end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (std::ranges::find(names, name) == names.end()) problems.add(name, ctx.tr("There is no such parameter here."));
        else if (request.query(name, 1)) problems.add(name, ctx.tr("Give this parameter once."));
    }
}

int read_limit(Ctx ctx, Request request, Problems& problems) {
    const auto text = request.query("limit");
    if (!text) return kUsualItems;
    const auto limit = guichet::to_integer(*text).value_or(0);
    if (limit < 1 || limit > kMostItems) problems.add("limit", ctx.tr("Give a whole number from 1 to 200."));
    return static_cast<int>(std::clamp<int64_t>(limit, 1, kMostItems));
}

std::optional<int64_t> read_id(Ctx ctx, Request request, std::string_view name, Problems& problems) {
    const auto text = request.query(name);
    const auto id = guichet::to_integer(text.value_or("0"));
    if (!id) problems.add(name, ctx.tr("This must be a whole number."));
    return text ? id : std::nullopt;
}

int64_t read_version(Ctx ctx, Request request, Value body, int64_t present) {
    const std::string changed{ctx.tr("Somebody else has changed this in the meantime.")};
    if (!guichet::if_match(request, present)) throw Error{GUICHET_E_PRECONDITION, changed};
    const auto given = body["version"];
    if (!given) return present;
    if (!given.integer()) throw Error{GUICHET_E_INVALID, std::string{ctx.tr("This must be a whole number.")}, "version"};
    if (*given.integer() != present) throw Error{GUICHET_E_CONFLICT, changed, "version"};
    return present;
}

void send_page(Ctx ctx, Request request, Value items, std::string_view next) {
    request.json(ctx.object().set("items", items).set("next", next.empty() ? std::nullopt : std::optional{next}));
}

void send_object(Ctx, Request request, Value object) {
    request.header("ETag", guichet::entity_tag(object["version"].integer().value_or(0)));
    request.json(object);
}

void send_created(Ctx ctx, Request request, std::string_view collection, Value object) {
    request.status(201);
    request.header("Location", std::string{collection} + '/' + std::to_string(object["id"].integer().value_or(0)));
    send_object(ctx, request, object);
}

}  // namespace timesheet
