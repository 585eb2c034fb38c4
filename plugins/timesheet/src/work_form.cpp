#include "work_form.hpp"

#include "activities.hpp"
#include "duration.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Problems;
using guichet::Value;

namespace {

void check_activity(Ctx ctx, std::string_view code, std::string_view stored, Problems& problems) {
    if (!code.empty() && !is_activity(ctx, code, stored)) problems.add("activity", ctx.tr("Choose one of the list."));
}

void check_note(Ctx ctx, std::string_view note, Problems& problems) {
    if (guichet::count_characters(note) > kLongestNote)
        problems.add("note", guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(kLongestNote)}));
}

void read_member(Ctx ctx, std::string_view name, Value value, Work& work, Problems& problems) {
    if (name == "activity" && (value.text() || value.is_null())) work.activity = value.text().value_or("");
    else if (name == "note" && value.text()) work.note = guichet::lines(*value.text());
    else if (name == "billable" && value.boolean()) work.billable = *value.boolean();
    else if (name == "billable") problems.add(name, ctx.tr("This must be true or false."));
    else problems.add(name, ctx.tr("This must be text."));
}

bool is_one_of(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

TypedWork typed_work(guichet::Request request) {
    return {typed_span(request), std::string{request.form("activity").value_or("")}, std::string{request.form("note").value_or("")},
            request.form("billable") == "1"};
}

TypedWork show_work(Ctx ctx, const Work& work) { return {show_span(ctx, work.span), work.activity, work.note, work.billable}; }

Work read_work(Ctx ctx, const TypedWork& typed, const Work* stored, Problems& problems) {
    Work out;
    out.span = read_span(ctx, typed.span, stored ? std::optional{stored->span} : std::nullopt, problems);
    out.activity = typed.activity;
    out.note = guichet::lines(typed.note);
    out.billable = typed.billable;
    check_activity(ctx, out.activity, stored ? stored->activity : std::string{}, problems);
    check_note(ctx, out.note, problems);
    return out;
}

void add_form(Ctx ctx, Value& data, const TypedWork& typed, const Work* shown) {
    auto form = ctx.object().set("day", typed.span.day).set("from", typed.span.from).set("to", typed.span.to);
    form.set("until_day", typed.span.until_day).set("duration", typed.span.duration);
    form.set("activity", typed.activity).set("note", typed.note).set("billable", typed.billable);
    if (shown && shown->span.starts) form.set("total", format_duration(ctx, shown->span.seconds));
    data.set("form", form).set("activities", activity_options(ctx, typed.activity));
}

void read_work(Ctx ctx, Value body, std::initializer_list<std::string_view> others, Work& work, Problems& problems) {
    const auto stored = work.activity;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const auto name = body.key(i);
        if (is_one_of({"starts_at", "ends_at", "day", "seconds"}, name) || is_one_of(others, name)) continue;
        if (is_one_of({"activity", "note", "billable"}, name)) read_member(ctx, name, body[name], work, problems);
        else problems.add(name, ctx.tr("There is no such member here."));
    }
    check_activity(ctx, work.activity, stored, problems);
    check_note(ctx, work.note, problems);
    if (has_span(body)) work.span = read_span(ctx, body, problems);
}

void show_refusal(const guichet::Error& error, Problems& problems) {
    if (error.code() != GUICHET_E_CONFLICT && error.code() != GUICHET_E_VETO) throw error;
    problems.add(error.field() == "starts_at" ? "from" : error.field(), error.what());
}

}  // namespace timesheet
