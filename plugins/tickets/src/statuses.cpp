#include "statuses.hpp"

#include <algorithm>

namespace tickets {
namespace {

constexpr int64_t kKeptUs = 2'000'000;
constexpr std::string_view kPhases[] = {"new", "open", "waiting", "resolved", "closed", "deleted"};

// "{3,4}"
std::vector<int64_t> read_ids(std::string_view literal) {
    std::vector<int64_t> out;
    literal = literal.substr(1, literal.size() - 2);
    while (!literal.empty()) {
        const auto end = std::min(literal.find(','), literal.size());
        out.push_back(guichet::to_integer(literal.substr(0, end)).value_or(0));
        literal.remove_prefix(std::min(end + 1, literal.size()));
    }
    return out;
}

std::shared_ptr<const Statuses> read(guichet::Ctx ctx) {
    const auto rows = ctx.exec(
        "select s.id, s.code, s.phase, s.color, s.labels, s.active, s.pauses, array(select t.to_id from transition t where t.from_id = "
        "s.id)::text as next"
        " from status s order by s.position, s.id");
    if (rows.empty()) throw guichet::Error{GUICHET_E_INTERNAL, "there is no ticket status"};
    std::vector<Status> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Status status{rows.i64(i, 0),     std::string{rows.text(i, 1)}, std::string{rows.text(i, 2)}, std::string{rows.text(i, 3)}, {},
                      rows.boolean(i, 5), rows.boolean(i, 6),           read_ids(rows.text(i, 7))};
        const auto labels = rows.row(i)["labels"];
        for (std::size_t l = 0; l < labels.size(); ++l)
            status.labels.emplace_back(labels.key(l), labels[labels.key(l)].text().value_or(""));
        all.push_back(std::move(status));
    }
    return std::make_shared<const Statuses>(std::move(all));
}

template <class Predicate>
std::vector<int64_t> ids_where(const std::vector<Status>& all, Predicate wanted) {
    std::vector<int64_t> out;
    for (const auto& status : all)
        if (wanted(status)) out.push_back(status.id);
    return out;
}

template <class Predicate>
const Status* find(const std::vector<Status>& all, Predicate wanted) {
    const auto it = std::ranges::find_if(all, wanted);
    return it == all.end() ? nullptr : &*it;
}

}  // namespace

std::string_view Status::label(std::string_view language) const {
    for (const auto& [name, text] : labels)
        if (name == language) return text;
    return code;
}

const Status* Statuses::by_id(int64_t id) const {
    return find(all_, [&](const Status& s) { return s.id == id; });
}
const Status* Statuses::by_code(std::string_view code) const {
    return find(all_, [&](const Status& s) { return s.code == code; });
}
const Status* Statuses::first_of(std::string_view phase) const {
    return find(all_, [&](const Status& s) { return s.active && s.phase == phase; });
}
const Status& Statuses::first() const {
    const auto* status = first_of("new");
    return status ? *status : all_.front();
}
bool Statuses::allows(int64_t from, int64_t to) const {
    const auto* status = by_id(from);
    return from == to || !status || status->next.empty() || std::ranges::find(status->next, to) != status->next.end();
}
std::vector<int64_t> Statuses::ids() const {
    return ids_where(all_, [](const Status&) { return true; });
}
std::vector<int64_t> Statuses::ids_of(std::string_view phase) const {
    return ids_where(all_, [&](const Status& s) { return s.phase == phase; });
}
std::vector<int64_t> Statuses::unfinished() const {
    return ids_where(all_, [](const Status& s) { return is_unfinished(s.phase); });
}
std::vector<int64_t> Statuses::finished() const {
    return ids_where(all_, [](const Status& s) { return !is_unfinished(s.phase); });
}

bool is_unfinished(std::string_view phase) { return phase == "new" || phase == "open" || phase == "waiting"; }
bool is_ended(std::string_view phase) { return phase == "closed" || phase == "deleted"; }
bool is_solved(std::string_view phase) { return phase == "resolved" || phase == "closed"; }
bool is_phase(std::string_view text) { return std::ranges::find(kPhases, text) != std::end(kPhases); }

std::shared_ptr<const Statuses> StatusCatalog::current(guichet::Ctx ctx) {
    const auto now_us = ctx.now().us;
    {
        const std::lock_guard lock{mutex_};
        if (copy_ && now_us - read_at_us_ < kKeptUs && now_us >= read_at_us_) return copy_;
    }
    auto fresh = read(ctx);
    const std::lock_guard lock{mutex_};
    copy_ = fresh;
    read_at_us_ = now_us;
    return fresh;
}

void StatusCatalog::forget() {
    const std::lock_guard lock{mutex_};
    copy_.reset();
}

}  // namespace tickets
