#include "ticket_filter.hpp"

#include "instant.hpp"
#include "people.hpp"
#include "tags.hpp"

#include <algorithm>

namespace tickets {

using guichet::Problems;

namespace {

using Kind = FilterInfo::Kind;

constexpr std::size_t kLongestSearch = 200;

constexpr FilterInfo kAllFilters[] = {
    {"priority", "Priority", Kind::list, "t.priority", Field::priority},
    {"type", "Type", Kind::list, "t.type", Field::type},
    {"assignee", "Assignee", Kind::person, "t.assignee_id"},
    {"team", "Team", Kind::team, "t.team_id"},
    {"category", "Category", Kind::list, "t.category", Field::category},
    {"severity", "Severity", Kind::list, "t.severity", Field::severity},
    {"channel", "Origin", Kind::list, "t.channel", Field::channel},
    {"tag", "Tags", Kind::tag, "t.tags"},
    {"in_charge", "In charge of the issue", Kind::person, "t.in_charge_id"},
    {"watcher", "Watched by", Kind::watcher, ""},
    {"account_id", "Account", Kind::reference, "t.account_id"},
    {"contact_id", "Contact", Kind::reference, "t.contact_id"},
    {"contract_id", "Contract", Kind::reference, "t.contract_id"},
    {"created_by", "Created by", Kind::person, "t.created_by"},
    {"created_at", "Created", Kind::days, "t.created_at"},
    {"updated_at", "Updated", Kind::days, "t.updated_at"},
    {"due_at", "Due", Kind::days, "t.due_at"},
    {"resolved_at", "Resolved", Kind::days, "t.resolved_at"},
    {"closed_at", "Closed", Kind::days, "t.closed_at"},
    {"progress", "Progress (%)", Kind::number, "t.progress"},
    {"visible_to_client", "Shown to the customer", Kind::flag, "t.visible_to_client"},
    {"late", "Late", Kind::late, ""},
};

using Ids = std::vector<int64_t>;

bool is_code(const Call& call, const FilterInfo& filter, std::string_view code) {
    if (filter.kind == Kind::tag) return code.find(',') == code.npos && normalised_tags(code) == code && tags_problem(call, code).empty();
    if (filter.field == Field::channel) return is_channel(code);
    return !badge_of(call, filter.field, code)["id"].is_null();
}

Condition read_codes(const Call& call, const Parameters& parameters, const FilterInfo& filter, Problems& problems) {
    Condition out{&filter};
    for (const auto code : parameters.values(filter.name)) {
        if (!is_code(call, filter, code))
            problems.add(filter.name, call.tr(filter.kind == Kind::tag ? "This is no tag." : "There is no such entry in the list."));
        else if (std::ranges::find(out.codes, code) == out.codes.end()) out.codes.emplace_back(code);
    }
    return out;
}

std::optional<Ids> person(const Call& call, std::string_view text, bool may_be_none) {
    if (text == "none" && may_be_none) return Ids{};
    if (const auto id = find_user(call, text)) return Ids{*id};
    const auto id = guichet::to_integer(text);  // of one who has left
    return id && *id > 0 ? std::optional{Ids{*id}} : std::nullopt;
}

std::optional<Ids> team(const Call& call, std::string_view text) {
    if (text == "none") return Ids{};
    if (text == "mine") {
        Ids out{0};  // nobody's, so that who has no team sees no ticket
        const auto teams = call.ctx.team_ids();
        for (std::size_t i = 0; i < teams.size(); ++i) out.push_back(teams[i].integer().value_or(0));
        return out;
    }
    const auto id = guichet::to_integer(text);
    return id && *id > 0 ? std::optional{Ids{*id}} : std::nullopt;
}

std::optional<Ids> reference(std::string_view text) {
    const auto id = guichet::to_integer(text);
    return id && *id > 0 ? std::optional{Ids{*id}} : std::nullopt;
}

std::optional<Ids> ids_of(const Call& call, const FilterInfo& filter, std::string_view text) {
    if (filter.kind == Kind::person || filter.kind == Kind::watcher) return person(call, text, filter.kind == Kind::person);
    return filter.kind == Kind::team ? team(call, text) : reference(text);
}

std::string_view ids_wanted(const FilterInfo& filter) {
    if (filter.kind == Kind::person) return "Give the id or login of a user, me or none.";
    if (filter.kind == Kind::watcher) return "Give the id or login of a user, or me.";
    return filter.kind == Kind::team ? "Give the id of a team, mine or none." : "Give an id.";
}

std::optional<Bound> read_bound(const FilterInfo& filter, std::string_view text) {
    Bound out;
    if (filter.kind == Kind::number) out.number = guichet::to_integer(text);
    else if (is_day(text)) out.day = text;
    else out.instant = parse_instant(text);
    return out ? std::optional{out} : std::nullopt;
}

Condition read_range(const Call& call, const Parameters& parameters, const FilterInfo& filter, Problems& problems) {
    Condition out{&filter};
    for (const auto& [suffix, bound] : {std::pair{".from", &out.from}, std::pair{".to", &out.to}}) {
        const auto name = std::string{filter.name} + suffix;
        const auto text = parameters.get(name);
        if (text.empty()) continue;
        if (const auto read = read_bound(filter, text)) *bound = *read;
        else
            problems.add(call.ctx.dup(name), call.tr(filter.kind == Kind::number ? "This must be a whole number."
                                                                                 : "Give a day such as 2026-11-23, or a point in time."));
    }
    return out;
}

std::optional<Condition> read_condition(const Call& call, const Parameters& parameters, const FilterInfo& filter, Problems& problems) {
    if (filter.is_range()) {
        auto range = read_range(call, parameters, filter, problems);
        return range.from || range.to ? std::optional{range} : std::nullopt;
    }
    if (filter.is_several()) {
        auto codes = read_codes(call, parameters, filter, problems);
        return codes.codes.empty() ? std::nullopt : std::optional{codes};
    }
    const auto text = parameters.get(filter.name);
    if (text.empty()) return std::nullopt;
    if (filter.kind == Kind::late) {
        if (text == "1") return Condition{&filter};
        problems.add(filter.name, call.tr("Give 1, or leave this out."));
        return std::nullopt;
    }
    if (filter.kind == Kind::flag) {
        if (text == "true" || text == "false") return Condition{.filter = &filter, .codes = {std::string{text}}};
        problems.add(filter.name, call.tr("Give true or false."));
        return std::nullopt;
    }
    auto ids = ids_of(call, filter, text);
    if (!ids) {
        problems.add(filter.name, call.tr(ids_wanted(filter)));
        return std::nullopt;
    }
    return Condition{.filter = &filter, .ids = std::move(*ids)};
}

// What each value of a repeated parameter stands for, once; nullopt when it is not there.
template <class Meaning>
std::optional<Ids> read_all(const Parameters& parameters, std::string_view name, Meaning meaning) {
    std::optional<Ids> out;
    for (const auto value : parameters.values(name)) {
        if (!out) out.emplace();
        for (const auto id : meaning(value))
            if (std::ranges::find(*out, id) == out->end()) out->push_back(id);
    }
    return out;
}

}  // namespace

const std::span<const FilterInfo> kFilters{kAllFilters};

const FilterInfo* find_filter(std::string_view name) {
    const auto it = std::ranges::find(kAllFilters, name, &FilterInfo::name);
    return it == std::end(kAllFilters) ? nullptr : it;
}

Filter& Filter::only(std::string_view name, int64_t id) {
    conditions.push_back({.filter = find_filter(name), .ids = {id}});
    return *this;
}

const Condition* Filter::find(std::string_view name) const {
    const auto it = std::ranges::find_if(conditions, [&](const Condition& c) { return c.filter->name == name; });
    return it == conditions.end() ? nullptr : &*it;
}

Filter& Filter::search(guichet::Ctx ctx, std::string_view text) {
    q = guichet::one_line(text);
    if (guichet::count_characters(q) > kLongestSearch) q.clear();
    words = find_words(ctx, q);
    if (!words.empty()) searchable = guichet::searchable_fields(ctx, kObject, guichet::kEveryAudience);
    return *this;
}

std::vector<int64_t> read_statuses(const Call& call, const Parameters& parameters, std::vector<int64_t> otherwise, Problems& problems) {
    const auto by_code = read_all(parameters, "status", [&](std::string_view code) {
        const auto* status = call.statuses.by_code(code);
        if (!status) problems.add("status", call.tr("There is no such status."));
        return status ? Ids{status->id} : Ids{};
    });
    const auto by_phase = read_all(parameters, "phase", [&](std::string_view phase) {
        if (phase == "all") return call.statuses.ids();
        if (!is_phase(phase)) problems.add("phase", call.tr("There is no such phase."));
        return call.statuses.ids_of(phase);
    });
    if (!by_code && !by_phase) return otherwise;
    if (!by_code || !by_phase) return by_code ? *by_code : *by_phase;
    Ids both;
    std::ranges::copy_if(*by_code, std::back_inserter(both),
                         [&](int64_t id) { return std::ranges::find(*by_phase, id) != by_phase->end(); });
    return both;
}

void read_conditions(const Call& call, const Parameters& parameters, Filter& filter, Problems& problems) {
    for (const auto& info : kAllFilters)
        if (auto condition = read_condition(call, parameters, info, problems)) filter.conditions.push_back(std::move(*condition));
    if (filter.find("late"))  // what is finished is late no more
        std::erase_if(filter.statuses, [&](int64_t id) { return !is_unfinished(call.statuses.by_id(id)->phase); });
    if (guichet::count_characters(guichet::one_line(parameters.get("q"))) > kLongestSearch)
        problems.add("q", guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(kLongestSearch)}));
    if (const auto name = parameters.get("sort"); !name.empty()) {
        if (const auto* sort = find_sort(name)) filter.sort = sort;
        else problems.add("sort", call.tr("The list cannot be sorted by this."));
    }
}

void read_filter(const Call& call, guichet::Request request, const Parameters& parameters, Filter& filter, Problems& problems) {
    read_conditions(call, parameters, filter, problems);
    filter.search(call.ctx, parameters.get("q"));
    filter.custom = guichet::read_field_filters(call.ctx, request, kObject, guichet::kEveryAudience, problems);
}

void read_page(const Call& call, guichet::Request request, Filter& filter, Problems& problems) {
    const auto paging = read_paging(call, request, filter.sort->name, problems);
    filter.limit = paging.limit;
    filter.after = paging.after;
}

Takes takes(const Call& call, std::string_view name) {
    if (name == "status" || name == "phase") return Takes::several;
    if (name == "q" || name == "sort" || name == "limit" || name == "cursor") return Takes::once;
    if (guichet::is_field_filter(call.ctx, kObject, guichet::kEveryAudience, name)) return Takes::once;
    const auto suffix = name.ends_with(".from") ? 5u : name.ends_with(".to") ? 3u : 0u;
    const auto* filter = find_filter(name.substr(0, name.size() - suffix));
    if (!filter || filter->is_range() != (suffix > 0)) return Takes::nothing;
    return filter->is_several() ? Takes::several : Takes::once;
}

}  // namespace tickets
