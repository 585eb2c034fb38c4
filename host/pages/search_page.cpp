// GET /search: what the packages find, in groups; the page, and the list below the search box.
#include "pages/routes.hpp"

#include "abi/contribution.hpp"
#include "abi/guard.hpp"
#include "base/strings.hpp"
#include "plugin/generation.hpp"

namespace host::pages {
namespace {

using base::Value;
using plugin::Snapshot;

constexpr std::size_t kShortest = 2, kLongest = 200;
constexpr std::uint32_t kBelowBox = 5, kOnPage = 20;

std::string_view text_of(const Value& hit, std::string_view name) {
    const auto* value = hit.get(name);
    return value && value->is(Value::Type::string) ? value->as_string() : std::string_view{};
}

// What is no hit, or leads away from the site, is left out.
void add_hits(const Value& found, std::uint32_t limit, Value& out) {
    for (std::size_t i = 0; i < found.size() && out.size() < limit; ++i) {
        const auto& hit = *found.at(i);
        const auto path = text_of(hit, "path");
        if (!text_of(hit, "title").empty() && web::local_path(path) == path) out.push(&hit);
    }
}

void ask(guichet_ctx& ctx, const Snapshot::SearchTarget& target, std::string_view query, std::uint32_t limit, Value& out) {
    auto* group = out.add_object({});
    group->set("id", std::string_view{target.item->id});
    group->set("label", ctx.snapshot->catalogs().text(target.generation->id(), ctx.language, target.item->label));
    group->set("icon", std::string_view{target.item->icon});
    auto* found = Value::array(ctx.arena);
    const abi::Contribution what{*target.generation, "search", target.item->id, abi::kSearchMs};
    const bool answered = abi::contribute(
        ctx, what, [&] { return target.handler.fn(target.handler.self, &ctx, abi::str(query), limit, abi::wrap(found)); });
    group->set("failed", !answered);
    auto* hits = group->add_array("hits");
    if (answered) add_hits(*found, limit, *hits);
}

http::Response show(web::Call& call) {
    auto& ctx = call.ctx;
    const bool below_box = call.is_htmx();
    const auto q = base::trim(call.request.query_value("q").value_or(""));
    const auto length = base::count_code_points(q);
    auto* data = Value::object(ctx.arena);
    data->set("title", std::string_view{call.tr("Search")});
    data->set("q", q);
    data->set("too_short", length < kShortest);
    data->set("request_id", std::string_view{ctx.request_id});
    auto* groups = data->add_array("groups");
    if (length >= kShortest && length <= kLongest)
        for (const auto& target : ctx.snapshot->search())
            if (ctx.principal.can(target.item->permission)) ask(ctx, target, q, below_box ? kBelowBox : kOnPage, *groups);
    return below_box ? web::bare_page(call, "partials/search_groups.html", *data) : web::page(call, "search.html", *data);
}

}  // namespace

std::vector<web::HostRoute> search_routes() { return {{"GET", "/search", "", false, show}}; }

}  // namespace host::pages
