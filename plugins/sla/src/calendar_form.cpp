#include "calendar_form.hpp"

#include "notation.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Problems;
using guichet::Value;

namespace {

constexpr std::size_t kMostLines = 500;

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(separators), text.size());
        if (const auto part = guichet::trim(text.substr(0, end)); !part.empty()) out.push_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// "9:00" and "9h" and "09h30" are 09:00 and 09:30.
std::string time_of_day(std::string_view typed) {
    std::string out{guichet::trim(typed)};
    if (const auto h = out.find_first_of("hH"); h != out.npos) out[h] = ':';
    if (out.ends_with(':')) out += "00";
    return out.find(':') == 1 ? "0" + out : out;
}

// Empty when it is none.
Value hours(Ctx ctx, std::string_view typed) {
    auto out = ctx.array();
    for (const auto part : split(typed, ",;")) {
        const auto dash = part.find_first_of("-");
        if (dash == part.npos) return {};
        const auto open = time_of_day(part.substr(0, dash)), close = time_of_day(part.substr(dash + 1));
        const auto begin = parse_time_of_day(open);
        if (!begin || *begin == 1440 || !parse_time_of_day(close)) return {};
        auto pair = ctx.array();
        out.push(pair.push(open).push(close));
    }
    return out;
}

// "–" and "—" are what some keyboards make of it.
std::string with_plain_dashes(std::string_view text) {
    std::string out{text};
    for (const std::string_view dash : {"\xe2\x80\x93", "\xe2\x80\x94"})
        for (auto at = out.find(dash); at != out.npos; at = out.find(dash)) out.replace(at, dash.size(), "-");
    return out;
}

std::string text_of(Value segments) {
    std::string out;
    for (std::size_t i = 0; i < segments.size(); ++i)
        out += (i ? ", " : "") + std::string{segments[i][0].text().value_or("")} + '-' + std::string{segments[i][1].text().value_or("")};
    return out;
}

class Exceptions {
public:
    explicit Exceptions(Ctx ctx)
        : ctx_{ctx}, closed_{ctx.array()}, closed_yearly_{ctx.array()}, hours_{ctx.object()}, hours_yearly_{ctx.object()} {}

    bool add(std::string_view line) {
        const auto end = std::min(line.find_first_of(" \t"), line.size());
        const auto day = line.substr(0, end), rest = guichet::trim(line.substr(end));
        const bool yearly = parse_month_day(day).has_value();
        if (!yearly && !parse_day(day)) return false;
        if (rest.empty()) return (yearly ? closed_yearly_ : closed_).push(day), true;
        const auto segments = sla::hours(ctx_, rest);
        if (segments) (yearly ? hours_yearly_ : hours_).set(day, segments);
        return static_cast<bool>(segments);
    }
    void add_to(Value definition) {
        definition.set("closed", closed_).set("closed_yearly", closed_yearly_).set("hours", hours_).set("hours_yearly", hours_yearly_);
    }

private:
    Ctx ctx_;
    Value closed_, closed_yearly_, hours_, hours_yearly_;
};

}  // namespace

TypedCalendar typed_calendar(guichet::Request request) {
    const auto text = [&](std::string_view name) { return std::string{guichet::trim(request.form(name).value_or(""))}; };
    TypedCalendar out{guichet::one_line(text("name")), text("zone"), text("holidays"), {}, guichet::lines(text("exceptions"))};
    for (std::size_t i = 0; i < 7; ++i) out.week[i] = guichet::one_line(text(kWeekdays[i]));
    return out;
}

TypedCalendar show_calendar(Ctx, const StoredCalendar& calendar) {
    const auto definition = calendar.definition;
    const auto text = [&](std::string_view name) { return std::string{definition[name].text().value_or("")}; };
    TypedCalendar out{calendar.name, text("zone"), text("holidays"), {}, {}};
    for (std::size_t i = 0; i < 7; ++i) out.week[i] = text_of(definition["week"][kWeekdays[i]]);
    std::vector<std::string> lines;
    for (const auto name : {"closed", "closed_yearly"})
        for (std::size_t i = 0; i < definition[name].size(); ++i) lines.emplace_back(definition[name][i].text().value_or(""));
    for (const auto name : {"hours", "hours_yearly"}) {
        const auto days = definition[name];
        for (std::size_t i = 0; i < days.size(); ++i) lines.push_back(std::string{days.key(i)} + ' ' + text_of(days[days.key(i)]));
    }
    std::ranges::sort(lines);
    for (const auto& line : lines) out.exceptions += line + '\n';
    return out;
}

Value read_typed(Ctx ctx, const TypedCalendar& typed, Problems& problems) {
    auto out = ctx.object().set("zone", typed.zone), week = ctx.object();
    if (!typed.holidays.empty()) out.set("holidays", typed.holidays);
    for (std::size_t i = 0; i < 7; ++i) {
        const auto segments = hours(ctx, with_plain_dashes(typed.week[i]));
        if (!segments) problems.add(kWeekdays[i], ctx.tr("Enter hours such as 09:00-12:00, 14:00-18:00."));
        week.set(kWeekdays[i], segments ? segments : ctx.array());
    }
    out.set("week", week);
    Exceptions exceptions{ctx};
    const auto text = with_plain_dashes(typed.exceptions);
    const auto lines = split(text, "\n");
    if (lines.size() > kMostLines) problems.add("exceptions", ctx.tr("These are too many days."));
    else
        for (const auto line : lines)
            if (!exceptions.add(line))
                problems.add(
                    "exceptions",
                    guichet::fill(
                        ctx.tr("This line is no exception: %1. Enter a day such as 2026-05-01 or 12-25, and its hours if there are any."),
                        {line}));
    exceptions.add_to(out);
    return out;
}

}  // namespace sla
