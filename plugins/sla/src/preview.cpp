#include "preview.hpp"

#include "calendar_input.hpp"
#include "deadline.hpp"
#include "notation.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int64_t kMostMinutes = 527'040, kMostDays = 1000;  // a year of minutes
constexpr std::size_t kMostPauses = 1000;
constexpr std::chrono::years kFarthest{20};  // from the start: nobody asks for more, and every day of it is computed

class Reader {
public:
    Reader(Ctx ctx, Value body) : ctx_{ctx}, body_{body}, problems_{ctx} {}

    Calendar calendar() {
        if (body_["calendar"].is_object()) return read_calendar(ctx_, body_["calendar"], "calendar.", problems_);
        add("calendar", "Give a calendar.");
        return {};
    }
    Course course() {
        check_members(ctx_, body_, "", {"calendar", "start", "target", "pauses", "closed_at", "reopened_at", "reopen_policy", "now"},
                      problems_);
        Course out{};
        if (!body_["start"] || body_["start"].is_null()) add("start", "Give the instant at which the clock starts.");
        start_ = out.start = instant(body_["start"], "start").value_or(Instant{});
        out.target = target(body_["target"]);
        out.pauses = pauses(body_["pauses"]);
        out.closed_at = instant(body_["closed_at"], "closed_at");
        out.reopened_at = instant(body_["reopened_at"], "reopened_at");
        if (out.reopened_at && !body_["closed_at"].text()) add("reopened_at", "Only what was closed is reopened: give closed_at, too.");
        else if (out.reopened_at && out.closed_at && *out.reopened_at < *out.closed_at) add("reopened_at", "This is before closed_at.");
        out.reopen_policy = reopen_policy(body_["reopen_policy"]);
        return out;
    }
    Instant now() {
        const auto given = instant(body_["now"], "now");
        return given ? *given
                     : std::chrono::floor<std::chrono::seconds>(
                           std::chrono::system_clock::time_point{std::chrono::microseconds{ctx_.now().us}});
    }
    const Problems& problems() const { return problems_; }

private:
    void add(const std::string& place, std::string_view message) { problems_.add(place, ctx_.tr(message)); }

    std::optional<Instant> instant(Value from, const std::string& place) {
        if (!from || from.is_null()) return std::nullopt;
        const auto found = parse_instant(from.text().value_or(""));
        if (!found) add(place, "Give an instant with its offset, such as 2026-03-02T10:00:00+01:00.");
        else if (place != "start" && (*found > start_ + kFarthest || *found < start_ - kFarthest))
            add(place, "This is more than twenty years from the start.");
        return found;
    }
    int64_t number(Value from, const std::string& place, int64_t most) {
        if (!from || from.is_null()) return 0;
        const auto n = from.integer();
        if (!n) add(place, "This must be a whole number.");
        else if (*n < 0 || *n > most) problems_.add(place, guichet::fill(ctx_.tr("Give a number from 0 to %1."), {std::to_string(most)}));
        else return *n;
        return 0;
    }
    Target target(Value from) {
        if (!from.is_object() || (!from["minutes"] && !from["working_days"])) {
            add("target", "Give minutes, working_days, or both.");
            return {};
        }
        check_members(ctx_, from, "target.", {"minutes", "working_days"}, problems_);
        const auto days = number(from["working_days"], "target.working_days", kMostDays);
        return {static_cast<int>(days), std::chrono::minutes{number(from["minutes"], "target.minutes", kMostMinutes)}};
    }
    std::vector<Pause> pauses(Value from) {
        std::vector<Pause> out;
        if (!from || from.is_null()) return out;
        if (!from.is_array()) return add("pauses", "This must be a list."), out;
        if (from.size() > kMostPauses) return add("pauses", "This list is too long."), out;
        for (std::size_t i = 0; i < from.size(); ++i) {
            const auto place = "pauses." + std::to_string(i);
            const auto begin = instant(from[i][0], place), end = instant(from[i][1], place);
            if (!begin || from[i].size() > 2) add(place, "Give when the pause begins, and when it ends or null.");
            else if (end && *end < *begin) add(place, "This pause ends before it begins.");
            else out.push_back({*begin, end});
        }
        return out;
    }
    ReopenPolicy reopen_policy(Value from) {
        if (!from || from.is_null() || from.text() == "pause") return ReopenPolicy::pause;
        if (from.text() == "none") return ReopenPolicy::none;
        if (from.text() != "restart") add("reopen_policy", "Give pause, none or restart.");
        return ReopenPolicy::restart;
    }

    Ctx ctx_;
    Value body_;
    Problems problems_;
    Instant start_{};
};

void set_minutes(Value to, std::string_view name, std::chrono::seconds time) {
    if (time.count() % 60 == 0) to.set(name, time.count() / 60);
    else to.set(name, static_cast<double>(time.count()) / 60.0);
}

}  // namespace

void preview(Ctx ctx, Request request) {
    Reader reader{ctx, request.json()};
    const auto course = reader.course();
    auto calendar = reader.calendar();
    const auto now = reader.now();
    reader.problems().throw_if_any();
    try {
        Opening opening{std::move(calendar)};
        const auto found = deadline(opening, course, now);
        auto out = ctx.object().set("due_at", found.due ? std::optional{format_instant(opening.zone(), *found.due)} : std::nullopt);
        set_minutes(out, "elapsed_minutes", found.elapsed);
        set_minutes(out, "paused_minutes", found.paused);
        request.json(out.set("breached", found.breached));
    } catch (const NeverOpen&) {
        throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("This calendar never opens, or too seldom for this target.")},
                             "calendar"};
    }
}

}  // namespace sla
