#include "ticket_filter.hpp"

#include "fields.hpp"

#include <algorithm>

namespace tickets {

using guichet::Problems;
using guichet::Request;

namespace {

constexpr int kMostItems = 200;
constexpr std::size_t kLongestSearch = 200;
constexpr std::string_view kDue = "coalesce(t.due_at, '9999-12-31 00:00:00+00')";

constexpr Sort kAllSorts[] = {
    {"-created_at", "created_at", "t.created_at", true, true, 0},
    {"created_at", "created_at", "t.created_at", false, true, 0},
    {"-updated_at", "updated_at", "t.updated_at", true, true, 0},
    {"updated_at", "updated_at", "t.updated_at", false, true, 0},
    {"-ref", "number", "t.number", true, false, 0},
    {"ref", "number", "t.number", false, false, 0},
    {"-due_at", "due_at", kDue, true, true, 0},
    {"due_at", "due_at", kDue, false, true, 0},
    {"-priority", "created_at", "t.created_at", true, true, -1},
    {"priority", "created_at", "t.created_at", true, true, 1},
};

std::optional<std::string> read_code(const Call& call, Request request, Field field, Problems& problems) {
    const auto code = request.query(info(field).name);
    if (!code || code->empty()) return std::nullopt;
    if (badge_of(call, field, *code)["id"].is_null()) problems.add(info(field).name, call.tr("There is no such entry in the list."));
    return std::string{*code};
}

std::optional<int64_t> read_id(const Call& call, Request request, std::string_view name, Problems& problems) {
    const auto text = request.query(name);
    if (!text || text->empty()) return std::nullopt;
    const auto id = guichet::to_integer(*text);
    if (!id) problems.add(name, call.tr("This must be a whole number."));
    return id;
}

void read_assignee(const Call& call, Request request, Filter& filter, Problems& problems) {
    const auto text = request.query("assignee").value_or("");
    if (text == "none") filter.unassigned = true;
    else if (text == "me") filter.assignee = call.ctx.user_id();
    else filter.assignee = read_id(call, request, "assignee", problems);
}

// What each value of a repeated parameter stands for, once; nullopt when it is not there.
template <class Meaning>
std::optional<std::vector<int64_t>> read_all(Request request, std::string_view name, Meaning meaning) {
    std::optional<std::vector<int64_t>> out;
    for (std::size_t i = 0; const auto value = request.query(name, i); ++i) {
        if (value->empty()) continue;
        if (!out) out.emplace();
        for (const auto id : meaning(*value))
            if (std::ranges::find(*out, id) == out->end()) out->push_back(id);
    }
    return out;
}

}  // namespace

const std::span<const Sort> kSorts{kAllSorts};

const Sort* find_sort(std::string_view name) {
    const auto it = std::ranges::find(kAllSorts, name, &Sort::name);
    return it == std::end(kAllSorts) ? nullptr : it;
}

std::vector<int64_t> read_statuses(const Call& call, Request request, std::vector<int64_t> otherwise, Problems& problems) {
    const auto by_code = read_all(request, "status", [&](std::string_view code) {
        const auto* status = call.statuses.by_code(code);
        if (!status) problems.add("status", call.tr("There is no such status."));
        return status ? std::vector{status->id} : std::vector<int64_t>{};
    });
    const auto by_phase = read_all(request, "phase", [&](std::string_view phase) {
        if (!is_phase(phase)) problems.add("phase", call.tr("There is no such phase."));
        return call.statuses.ids_of(phase);
    });
    if (!by_code && !by_phase) return otherwise;
    if (!by_code || !by_phase) return by_code ? *by_code : *by_phase;
    std::vector<int64_t> both;
    std::ranges::copy_if(*by_code, std::back_inserter(both),
                         [&](int64_t id) { return std::ranges::find(*by_phase, id) != by_phase->end(); });
    return both;
}

void read_filter(const Call& call, Request request, Filter& filter, Problems& problems) {
    filter.type = read_code(call, request, Field::type, problems);
    filter.priority = read_code(call, request, Field::priority, problems);
    read_assignee(call, request, filter, problems);
    filter.team = read_id(call, request, "team", problems);
    filter.account = read_id(call, request, "account_id", problems);
    filter.q = guichet::one_line(request.query("q").value_or(""));
    if (guichet::count_characters(filter.q) > kLongestSearch)
        problems.add("q", guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(kLongestSearch)}));
    filter.searchable = guichet::searchable_fields(call.ctx, kObject, guichet::kEveryAudience);
    filter.custom = guichet::read_field_filters(call.ctx, request, kObject, guichet::kEveryAudience, problems);
    if (const auto name = request.query("sort"); name && !name->empty()) {
        if (const auto* sort = find_sort(*name)) filter.sort = sort;
        else problems.add("sort", call.tr("The list cannot be sorted by this."));
    }
}

void read_page(const Call& call, Request request, Filter& filter, Problems& problems) {
    const auto paging = read_paging(call, request, filter.sort->name, problems);
    filter.limit = paging.limit;
    filter.after = paging.after;
}

Paging read_paging(const Call& call, Request request, std::string_view sort, Problems& problems) {
    Paging out;
    if (const auto text = request.query("limit")) {
        const auto limit = guichet::to_integer(*text).value_or(0);
        if (limit < 1 || limit > kMostItems) problems.add("limit", call.tr("Give a whole number from 1 to 200."));
        else out.limit = static_cast<int>(limit);
    }
    if (const auto text = request.query("cursor")) {
        out.after = decode(*text, sort);
        if (!out.after) problems.add("cursor", call.tr("This is not a cursor of this list."));
    }
    return out;
}

void check_names(const Call& call, Request request, std::span<const std::string_view> known, std::span<const std::string_view> lists,
                 Problems& problems, bool custom_fields) {
    auto rest = request.query_string();
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto name = rest.substr(0, std::min(rest.find('='), end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (name.empty()) continue;
        const bool list = std::ranges::find(lists, name) != lists.end();
        const bool field = custom_fields && guichet::is_field_filter(call.ctx, kObject, guichet::kEveryAudience, name);
        if (!list && !field && std::ranges::find(known, name) == known.end())
            problems.add(call.ctx.dup(name), call.tr("There is no such parameter."));
        else if (!list && request.query(name, 1)) problems.add(name, call.tr("Give this once."));
    }
}

}  // namespace tickets
