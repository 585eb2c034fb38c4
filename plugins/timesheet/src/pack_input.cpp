#include "pack_input.hpp"

#include "duration.hpp"
#include "local_time.hpp"
#include "work_form.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Problems;
using guichet::Value;

namespace {

constexpr int64_t kLeast = 60, kMost = 360'000'000;

// A number alone means hours here.
std::optional<int64_t> parse_hours(std::string_view text) {
    const bool number = !text.empty() && text.find_first_not_of("0123456789,.") == text.npos;
    return parse_duration(std::string{text} + (number ? "h" : ""));
}

void check(Ctx ctx, const Pack& pack, std::string_view hours, Problems& problems) {
    if (pack.seconds < kLeast || pack.seconds > kMost) problems.add(hours, ctx.tr("A pack has between a minute and 100,000 hours."));
    if (!is_day(pack.starts_on)) problems.add("starts_on", ctx.tr("Enter a date."));
    if (!pack.ends_on.empty() && !is_day(pack.ends_on)) problems.add("ends_on", ctx.tr("Enter a date."));
    else if (!pack.ends_on.empty() && pack.ends_on < pack.starts_on) problems.add("ends_on", ctx.tr("The end is before the start."));
    if (guichet::count_characters(pack.note) > kLongestNote)
        problems.add("note", guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kLongestNote)}));
}

void read_member(Ctx ctx, std::string_view name, Value value, Pack& pack, Problems& problems) {
    const bool text = value.text().has_value();
    if (name == "seconds" && value.integer()) pack.seconds = *value.integer();
    else if (name == "starts_on" && text) pack.starts_on = *value.text();
    else if (name == "ends_on" && (text || value.is_null())) pack.ends_on = value.text().value_or("");
    else if (name == "note" && text) pack.note = guichet::lines(*value.text());
    else if (name == "seconds") problems.add(name, ctx.tr("This must be a whole number."));
    else if (name == "starts_on" || name == "ends_on" || name == "note") problems.add(name, ctx.tr("This must be text."));
    else problems.add(name, ctx.tr("There is no such member here."));
}

}  // namespace

TypedPack typed_pack(guichet::Request request) {
    const auto text = [&](std::string_view name) { return std::string{guichet::trim(request.form(name).value_or(""))}; };
    return {text("hours"), text("starts_on"), text("ends_on"), text("note")};
}

TypedPack show_pack(Ctx ctx, Value row) {
    const auto text = [&](std::string_view name) { return std::string{row[name].text().value_or("")}; };
    return {format_duration(ctx, row["seconds"].integer().value_or(0)), text("starts_on"), text("ends_on"), text("note")};
}

void read_pack(Ctx ctx, const TypedPack& typed, Pack& pack, Problems& problems) {
    pack.starts_on = typed.starts_on;
    pack.ends_on = typed.ends_on;
    pack.note = guichet::lines(typed.note);
    const auto seconds = parse_hours(typed.hours);
    if (!seconds) problems.add("hours", ctx.tr("Enter a number of hours, such as 20 or 7 h 30."));
    pack.seconds = seconds.value_or(0);
    check(ctx, pack, "hours", problems);
}

void read_pack(Ctx ctx, Value body, std::initializer_list<std::string_view> others, Pack& pack, Problems& problems) {
    for (std::size_t i = 0; i < body.size(); ++i)
        if (std::ranges::find(others, body.key(i)) == others.end()) read_member(ctx, body.key(i), body[body.key(i)], pack, problems);
    check(ctx, pack, "seconds", problems);
}

}  // namespace timesheet
