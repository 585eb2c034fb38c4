#include "saved_view.hpp"

#include "ticket_filter.hpp"

namespace tickets {
namespace {

constexpr std::size_t kLongestName = 60;
constexpr std::size_t kLongestQuery = 4000;
constexpr std::string_view kSelect =
    "select id, version, name, query, shared, created_by from saved_view where (created_by = $1 or shared)";

SavedView read(const Call& call, const guichet::Rows& rows, std::size_t i) {
    SavedView view{rows.i64(i, 0), rows.i64(i, 1), std::string{rows.text(i, 2)}, std::string{rows.text(i, 3)}, rows.boolean(i, 4),
                   rows.i64(i, 5), false};
    view.may_change = view.owner == call.ctx.user_id() || (view.shared && call.ctx.can(kShareViews));
    return view;
}

SavedView load(const Call& call, int64_t id, std::string_view lock) {
    const auto rows = call.ctx.exec(std::string{kSelect} + " and id = $2" + std::string{lock}, call.ctx.user_id(), id);
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such view"};
    return read(call, rows, 0);
}

Takes view_takes(const Call& call, const guichet::ListColumns& others, std::string_view name) {
    if (name == "columns") return Takes::once;
    if (name == "limit" || name == "cursor") return Takes::nothing;
    for (const auto& column : others.all())
        if (name == column.id || name == column.id + ".from" || name == column.id + ".to") return Takes::once;
    return takes(call, name);
}

Parameters known(const Call& call, const Parameters& parameters, const guichet::ListColumns& others) {
    auto out = parameters;
    for (const auto& [name, value] : parameters.all())
        if (view_takes(call, others, name) == Takes::nothing) out = out.without({name});
    return out;
}

// A name is the owner's own: the index says so whoever else writes at the same time.
bool is_taken(const Call& call, const SavedView& view) {
    return !call.ctx
                .exec("select from saved_view where created_by = $1 and lower(name) = lower($2) and id <> $3", view.owner, view.name,
                      view.id)
                .empty();
}

bool refuse_taken(const Call& call, const SavedView& view, guichet::Problems& problems) {
    if (!is_taken(call, view)) return false;
    problems.add("name", call.tr("There is a view of this name already."));
    return true;
}

}  // namespace

std::string address_of(const SavedView& view) { return Parameters{view.query}.with("view", std::to_string(view.id)).address("/tickets"); }

std::vector<SavedView> saved_views(const Call& call) {
    const auto rows = call.ctx.exec(std::string{kSelect} + " order by lower(name), id limit 100", call.ctx.user_id());
    std::vector<SavedView> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read(call, rows, i));
    return out;
}

SavedView load_view(const Call& call, int64_t id) { return load(call, id, ""); }
SavedView load_view_for_update(const Call& call, int64_t id) { return load(call, id, " for update"); }

void require_change(const SavedView& view) {
    if (!view.may_change) throw guichet::Error{GUICHET_E_DENIED, "this view is somebody else's"};
}

std::string view_query(const Call& call, std::string_view query_string, Unknown unknown, guichet::Problems& problems) {
    const guichet::ListColumns others{call.ctx, "tickets.tickets"};
    guichet::Problems wrong{call.ctx};
    const Parameters typed{query_string};
    if (unknown == Unknown::refused) {
        Filter filter;
        check_names(
            call, typed, [&](std::string_view name) { return view_takes(call, others, name); }, wrong);
        filter.statuses = read_statuses(call, typed, {}, wrong);
        if (!others.sorted_by(typed.get("sort"))) read_conditions(call, typed, filter, wrong);
        else read_conditions(call, typed.without({"sort"}), filter, wrong);
    }
    const auto fields = wrong.by_field();
    for (std::size_t i = 0; i < fields.size(); ++i)
        problems.add(call.ctx.dup("query." + std::string{fields.key(i)}), fields[fields.key(i)].text().value_or(""));
    auto out = known(call, typed, others).text();
    if (out.size() > kLongestQuery)
        problems.add("query", guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(kLongestQuery)}));
    return out;
}

std::string view_name(const Call& call, std::string_view typed, guichet::Problems& problems) {
    auto name = guichet::one_line(typed);
    if (name.empty()) problems.add("name", call.tr("Enter a name."));
    else if (guichet::count_characters(name) > kLongestName)
        problems.add("name", guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(kLongestName)}));
    return name;
}

void check_sharing(const Call& call, bool shared, guichet::Problems& problems) {
    if (shared && !call.ctx.can(kShareViews)) problems.add("shared", call.tr("You may not share views."));
}

int64_t add_view(const Call& call, const SavedView& view, guichet::Problems& problems) {
    if (problems || refuse_taken(call, view, problems)) return 0;
    const auto rows = call.ctx.exec(
        "insert into saved_view (name, query, shared, created_by, updated_by) values ($1, $2, $3, $4, $4) on conflict do nothing returning "
        "id",
        view.name, view.query, view.shared, view.owner);
    if (!rows.empty()) return rows.i64(0, 0);
    problems.add("name", call.tr("There is a view of this name already."));
    return 0;
}

void change_view(const Call& call, const SavedView& view, guichet::Problems& problems) {
    if (problems || refuse_taken(call, view, problems)) return;
    call.ctx.exec(
        "update saved_view set name = $2, query = $3, shared = $4, updated_at = now(), updated_by = $5, version = version + 1 where id = "
        "$1",
        view.id, view.name, view.query, view.shared, call.ctx.user_id());
}

void erase_view(const Call& call, int64_t id) { call.ctx.exec("delete from saved_view where id = $1", id); }

}  // namespace tickets
