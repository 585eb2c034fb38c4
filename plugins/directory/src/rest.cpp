#include "rest.hpp"

#include <algorithm>

namespace directory {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kMostItems = 200;

// Custom fields as REST gives them.
Value shown(Ctx ctx, const Entity& entity, Value row) {
    return row.set("custom", guichet::visible_fields(ctx, entity.object, guichet::kEveryAudience, row["custom"]));
}

int64_t version(Value row) { return row["version"].integer().value_or(0); }

}  // namespace

PageRequest read_page_request(Ctx ctx, Request request, std::span<const Sort> sorts, Problems& problems) {
    PageRequest out{.sort = &sorts.front(), .limit = kPageSize, .after = {}};
    if (const auto text = request.query("limit")) {
        const auto limit = guichet::to_integer(*text).value_or(0);
        if (limit < 1 || limit > kMostItems) problems.add("limit", ctx.tr("Give a whole number from 1 to 200."));
        else out.limit = static_cast<int>(limit);
    }
    if (const auto name = request.query("sort")) {
        if (const auto* sort = find_sort(sorts, *name)) out.sort = sort;
        else problems.add("sort", ctx.tr("The list cannot be sorted by this."));
    }
    if (const auto text = request.query("cursor")) {
        out.after = read_cursor(*out.sort, *text);
        if (!out.after) problems.add("cursor", ctx.tr("This is not a cursor of this list."));
    }
    return out;
}

void check_parameters(Ctx ctx, Request request, const Entity& entity, std::initializer_list<std::string_view> names, Problems& problems) {
    constexpr std::string_view kOfThePage[] = {"limit", "sort", "cursor"};
    std::vector<std::string_view> seen;
    for (auto rest = request.query_string(); !rest.empty();) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto name = rest.substr(0, std::min(rest.find('='), end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (std::ranges::count(names, name) + std::ranges::count(kOfThePage, name) == 0 &&
            !guichet::is_field_filter(ctx, entity.object, guichet::kEveryAudience, name))
            problems.add(name, ctx.tr("There is no such parameter here."));
        if (std::ranges::count(seen, name) > 0) problems.add(name, ctx.tr("Give this parameter once."));
        seen.push_back(name);
    }
}

std::vector<guichet::FieldFilter> read_custom(Ctx ctx, Request request, const Entity& entity, Problems& problems) {
    return guichet::read_field_filters(ctx, request, entity.object, guichet::kEveryAudience, problems);
}

std::string_view read_choice(Ctx ctx, Request request, std::string_view name, Value choices, Problems& problems) {
    const auto given = request.query(name);
    if (!given) return {};
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (choices[i]["value"].text() == given) return *given;
    problems.add(name, ctx.tr("Choose one of the list."));
    return {};
}

std::optional<int64_t> read_id(Ctx ctx, Request request, std::string_view name, Problems& problems) {
    const auto text = request.query(name);
    if (!text) return std::nullopt;
    const auto id = guichet::to_integer(*text);
    if (!id) problems.add(name, ctx.tr("This must be a whole number."));
    return id;
}

std::optional<bool> read_flag(Ctx ctx, Request request, std::string_view name, Problems& problems) {
    const auto text = request.query(name);
    if (!text) return std::nullopt;
    if (*text != "true" && *text != "false") problems.add(name, ctx.tr("This must be true or false."));
    return *text == "true";
}

void send_page(Ctx ctx, Request request, const Entity& entity, const Page& page) {
    for (std::size_t i = 0; i < page.items.size(); ++i) shown(ctx, entity, page.items[i]);
    auto body = ctx.object();
    body.set("items", page.items);
    body.set("next", page.next.empty() ? std::nullopt : std::optional{page.next});
    request.json(body);
}

void send_object(Ctx ctx, Request request, const Entity& entity, Value row) {
    request.header("ETag", guichet::entity_tag(version(row)));
    request.json(shown(ctx, entity, row));
}

void send_created(Ctx ctx, Request request, const Entity& entity, Value row) {
    request.status(201);
    request.header("Location", std::string{request.path()} + '/' + std::to_string(row["id"].integer().value_or(0)));
    send_object(ctx, request, entity, row);
}

void require_version(Ctx ctx, Request request, Value row, Value body) {
    if (!guichet::if_match(request, version(row)))
        throw guichet::Error{GUICHET_E_PRECONDITION, std::string{ctx.tr("Somebody else has changed this in the meantime.")}};
    const auto given = body["version"];
    if (!given) return;
    if (!given.integer()) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("This must be a whole number.")}, "version"};
    if (*given.integer() != version(row)) throw_stale(ctx);
}

void throw_stale(Ctx ctx) {
    throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else has changed this in the meantime.")}, "version"};
}

}  // namespace directory
