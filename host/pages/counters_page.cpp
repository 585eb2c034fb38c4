#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/strings.hpp"
#include "core/counters.hpp"
#include "core/settings.hpp"
#include "plugin/snapshot.hpp"

#include <charconv>
#include <optional>

namespace host::pages {
namespace {

using base::Value;
using core::CounterMask;
using core::CounterReset;
using core::CounterZones;
using web::Call;

constexpr std::string_view kPath = "/admin/counters";
constexpr std::int64_t kFewLeft = 100;

struct Counter {
    std::string id, plugin_id, label, mask;
    int version = 0;
};

// Of the modules that are enabled.
std::vector<Counter> read_counters(Call& call, std::string_view id = {}) {
    const auto rows = call.site.pool.exec("select id, plugin_id, label, mask, version from core.counter where $1 = '' or id = $1 order by id", {id});
    std::vector<Counter> out;
    for (std::size_t r = 0; r < rows.size(); ++r)
        if (call.ctx.snapshot->find(rows.text(r, 1)))
            out.push_back({std::string{rows.text(r, 0)}, std::string{rows.text(r, 1)}, std::string{rows.text(r, 2)}, std::string{rows.text(r, 3)},
                           static_cast<int>(rows.i64(r, 4))});
    return out;
}

std::string label_of(Call& call, const Counter& counter) {
    return std::string{call.ctx.snapshot->catalogs().text(counter.plugin_id, call.ctx.language, counter.label)};
}

core::CounterPreview preview(Call& call, const Counter& counter, const CounterMask& mask) {
    auto lease = call.site.pool.acquire();
    return core::preview_number(*lease, counter.id, mask, base::now_us(), core::counter_calendar(call.ctx.settings()));
}

std::string filled(std::string text, const std::string& first, const std::string& second = {}) {
    if (const auto at = text.find("%1"); at != std::string::npos) text.replace(at, 2, first);
    if (const auto at = text.find("%2"); at != std::string::npos) text.replace(at, 2, second);
    return text;
}

// ------------------------------------------------------------------------------------------ the list

http::Response get_counters(Call& call) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Counters")});
    auto* counters = data->add_array("counters");
    for (const auto& counter : read_counters(call)) {
        const auto mask = core::parse_counter_mask(counter.mask);
        auto* row = counters->add_object({});
        row->set("id", std::string_view{counter.id});
        row->set("label", std::string_view{label_of(call, counter)});
        const auto& manifest = call.ctx.snapshot->find(counter.plugin_id)->manifest();
        row->set("module", call.ctx.snapshot->catalogs().text(manifest.id, call.ctx.language, manifest.name));
        row->set("mask", std::string_view{counter.mask});
        if (mask) row->set("next", std::string_view{preview(call, counter, *mask).number});
    }
    return web::page(call, "counters.html", *data);
}

// ------------------------------------------------------------------------------- what was entered

std::int64_t whole_number(std::string_view text, std::int64_t otherwise) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? value : otherwise;
}

using Entry = std::function<std::string_view(std::string_view)>;  // by name, "" when absent

void read_reset(std::string_view text, CounterZones& zones) {
    if (text == "monthly") zones.reset = CounterReset::monthly;
    else if (text == "fiscal") zones.reset = CounterReset::fiscal;
    else if (const auto month = whole_number(text, 0); month >= 1 && month <= 12) {
        zones.reset = CounterReset::yearly;
        zones.reset_month = static_cast<int>(month);
    }
}

CounterZones read_zones(const Entry& entry) {
    CounterZones zones;
    zones.prefix = base::trim(entry("prefix"));
    zones.year_digits = static_cast<int>(whole_number(entry("year"), 0));
    zones.month = !entry("month").empty();
    zones.day = !entry("day").empty();
    zones.separator = base::trim(entry("separator"));
    zones.digits = static_cast<int>(std::min<std::int64_t>(whole_number(entry("digits"), 0), 99));
    zones.offset = whole_number(entry("offset"), entry("offset").empty() ? 0 : -1);
    zones.suffix = base::trim(entry("suffix"));
    read_reset(entry("reset"), zones);
    return zones;
}

std::string reset_entry(const CounterZones& zones) {
    switch (zones.reset) {
        case CounterReset::never: return "";
        case CounterReset::monthly: return "monthly";
        case CounterReset::fiscal: return "fiscal";
        case CounterReset::yearly: break;
    }
    return std::to_string(zones.reset_month);
}

struct Draft {
    bool by_zones = true;
    CounterZones zones;
    std::string mask_text;
    std::optional<CounterMask> mask;  // nothing when there are problems
    base::Problems problems;
};

Draft draft_of(const std::string& mask_text) {
    Draft draft;
    draft.mask_text = mask_text;
    auto mask = core::parse_counter_mask(mask_text);
    if (!mask) draft.problems = mask.problems();
    else draft.mask = *std::move(mask);
    const auto zones = draft.mask ? core::zones_of(*draft.mask) : std::nullopt;
    draft.by_zones = zones.has_value();
    if (zones) draft.zones = *zones;
    return draft;
}

Draft read_draft(const Entry& entry) {
    if (entry("by") == "mask") {
        auto draft = draft_of(std::string{base::trim(entry("mask"))});
        draft.by_zones = false;
        return draft;
    }
    const auto zones = read_zones(entry);
    auto draft = zones.offset < 0 || zones.digits == 0 ? Draft{} : draft_of(core::to_mask(zones));
    if (zones.digits == 0) draft.problems.push_back({"counter.digits", "", {}});
    if (zones.offset < 0) draft.problems.push_back({"counter.offset", "", {}});
    draft.by_zones = true;
    draft.zones = zones;
    return draft;
}

// --------------------------------------------------------------------------------------- its problems

struct Explanation {
    std::string_view code, field, msgid;
};
constexpr Explanation kExplanations[] = {
    {"counter.empty", "mask", "Enter a mask like TICK-{yy}{mm}-{0000}."},
    {"counter.long", "prefix", "This is too long: a mask has at most 80 characters."},
    {"counter.tag", "mask", "There is no such tag. Use {yyyy}, {yy}, {mm}, {dd} and one number like {0000}."},
    {"counter.brace", "mask", "A brace { or } has no counterpart."},
    {"counter.character", "prefix", "Use letters without accents, digits and -_/.:+*=()[], only; no spaces."},
    {"counter.number", "mask", "A mask has exactly one number, like {0000}."},
    {"counter.digits", "digits", "Give from 3 to 12 digits."},
    {"counter.offset", "offset", "Give a whole number that the digits can go on from."},
    {"counter.reset", "reset", "A number starts again @1 to @12, @0 (fiscal year) or @99 (every month)."},
    {"counter.date", "reset", "Numbers would come twice: add the year, and the month too unless it is every year in January."},
    {"counter.full", "digits", "Every number with so few digits is taken."},
};

std::string_view field_of(const Draft& draft, const Explanation& why) {
    if (!draft.by_zones) return "mask";
    const auto wrong = [](std::string_view text) { return text.find_first_of("{} ") != std::string_view::npos || !core::parse_counter_mask(std::string{text} + "{000}"); };
    if (why.field != "prefix" && why.field != "mask") return why.field;
    return wrong(draft.zones.separator) && !draft.zones.separator.empty() ? "separator" : wrong(draft.zones.suffix) && !draft.zones.suffix.empty() ? "suffix" : "prefix";
}

const Value* explain(Call& call, const Draft& draft) {
    auto* errors = Value::object(call.ctx.arena);
    for (const auto& problem : draft.problems)
        for (const auto& why : kExplanations)
            if (why.code == problem.code) errors->set(field_of(draft, why), std::string_view{call.tr(why.msgid)});
    return errors;
}

// ------------------------------------------------------------------------------------------ preview

struct Outlook {
    core::CounterPreview next;
    std::string restarts;  // a warning, "" when it goes on as before
};

Outlook look_ahead(Call& call, const Counter& counter, Draft& draft) {
    Outlook out;
    if (!draft.mask) return out;
    out.next = preview(call, counter, *draft.mask);
    if (out.next.number.empty()) draft.problems.push_back({"counter.full", "", {}});
    const auto current = core::parse_counter_mask(counter.mask);
    if (!current || core::to_text(*current) == core::to_text(*draft.mask)) return out;
    const auto before = preview(call, counter, *current);
    if (out.next.value < before.value)
        out.restarts = filled(call.tr("Counting starts again: the next number is %1 instead of %2."), out.next.number, before.number);
    return out;
}

void add_preview(Call& call, Value& data, const Draft& draft, const Outlook& outlook) {
    auto* shown = data.add_object("preview");
    shown->set("number", std::string_view{outlook.next.number});
    shown->set("mask", std::string_view{draft.mask_text});
    shown->set("warning", std::string_view{outlook.restarts});
    if (!outlook.next.number.empty() && outlook.next.left < kFewLeft) shown->set("left", std::string_view{std::to_string(outlook.next.left)});
    shown->set("errors", explain(call, draft));
}

const Value* options(Call& call, std::initializer_list<std::pair<const char*, std::string>> choices) {
    auto* out = Value::array(call.ctx.arena);
    for (const auto& [value, label] : choices) {
        auto* option = out->add_object({});
        option->set("value", value);
        option->set("label", std::string_view{label});
    }
    return out;
}

const Value* reset_options(Call& call) {
    return options(call, {{"", call.tr("Never")},
                          {"monthly", call.tr("Every month")},
                          {"fiscal", call.tr("Every fiscal year")},
                          {"1", call.tr("Every year in January")},
                          {"2", call.tr("Every year in February")},
                          {"3", call.tr("Every year in March")},
                          {"4", call.tr("Every year in April")},
                          {"5", call.tr("Every year in May")},
                          {"6", call.tr("Every year in June")},
                          {"7", call.tr("Every year in July")},
                          {"8", call.tr("Every year in August")},
                          {"9", call.tr("Every year in September")},
                          {"10", call.tr("Every year in October")},
                          {"11", call.tr("Every year in November")},
                          {"12", call.tr("Every year in December")}});
}

void add_zones(Call& call, Value& data, const CounterZones& zones) {
    auto* out = data.add_object("zones");
    out->set("prefix", std::string_view{zones.prefix});
    out->set("year", std::string_view{zones.year_digits ? std::to_string(zones.year_digits) : ""});
    out->set("month", zones.month ? "1" : "");
    out->set("day", zones.day ? "1" : "");
    out->set("separator", std::string_view{zones.separator});
    out->set("digits", std::string_view{zones.digits ? std::to_string(zones.digits) : ""});
    out->set("suffix", std::string_view{zones.suffix});
    out->set("offset", std::string_view{zones.offset > 0 ? std::to_string(zones.offset) : ""});
    out->set("reset", std::string_view{reset_entry(zones)});
    data.set("years", options(call, {{"", call.tr("No")}, {"2", call.tr("2 digits")}, {"4", call.tr("4 digits")}}));
    data.set("yes_no", options(call, {{"", call.tr("No")}, {"1", call.tr("2 digits")}}));
    data.set("resets", reset_options(call));
}

struct Outcome {
    int status = 200;
    std::string message, problem;
    bool confirm = false;
};

http::Response show(Call& call, const Counter& counter, Draft draft, const Outcome& outcome) {
    const auto outlook = look_ahead(call, counter, draft);
    auto* data = Value::object(call.ctx.arena);
    const auto label = label_of(call, counter);
    data->set("title", std::string_view{label});
    data->set("id", std::string_view{counter.id});
    data->set("version", counter.version);
    data->set("current", std::string_view{counter.mask});
    data->set("by_zones", draft.by_zones);
    add_zones(call, *data, draft.zones);
    data->set("mask", std::string_view{draft.mask_text});
    add_preview(call, *data, draft, outlook);
    data->set("errors", outcome.status == 422 ? explain(call, draft) : Value::object(call.ctx.arena));
    data->set("message", std::string_view{outcome.message});
    data->set("problem", std::string_view{outcome.problem});
    data->set("confirm", outcome.confirm);
    return web::page(call, "counter.html", *data, outcome.status);
}

// -------------------------------------------------------------------------------------------- routes

std::optional<Counter> find_counter(Call& call) {
    auto found = read_counters(call, call.param("id"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

http::Response get_counter(Call& call) {
    const auto counter = find_counter(call);
    if (!counter) return web::redirect(kPath);
    auto draft = draft_of(counter->mask);
    if (call.request.query_value("by") == "mask") draft.by_zones = false;
    const bool saved = call.request.query_value("done") == "saved";
    return show(call, *counter, std::move(draft), {200, saved ? call.tr("The counter is saved. Documents keep the numbers they have.") : "", "", false});
}

http::Response get_preview(Call& call) {
    const auto counter = find_counter(call);
    if (!counter) return web::redirect(kPath);
    auto draft = read_draft([&](std::string_view name) { return call.request.query_value(name).value_or(""); });
    const auto outlook = look_ahead(call, *counter, draft);
    auto* data = Value::object(call.ctx.arena);
    add_preview(call, *data, draft, outlook);
    return web::bare_page(call, "partials/counter_preview.html", *data);
}

bool store(Call& call, const Counter& counter, const std::string& mask) {
    auto* details = Value::object(call.ctx.arena);
    details->set("from", std::string_view{counter.mask});
    details->set("to", std::string_view{mask});
    db::Transaction transaction{call.site.pool};
    const auto stored = transaction.exec("update core.counter set mask = $2, version = version + 1, updated_at = now(), updated_by = $4"
                                         " where id = $1 and version = $3",
                                         {counter.id, mask, whole_number(call.form_value("version"), -1), call.ctx.principal.user_id});
    if (stored.affected() == 0) return false;
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.counter_changed", "counter/" + counter.id, base::to_json(*details)));
    transaction.commit();
    return true;
}

http::Response post_counter(Call& call) {
    const auto counter = find_counter(call);
    if (!counter) return web::redirect(kPath);
    auto draft = read_draft([&](std::string_view name) { return call.form_value(name); });
    if (call.form_value("then") == "preview") return show(call, *counter, std::move(draft), {});
    auto checked = draft;
    const auto outlook = look_ahead(call, *counter, checked);
    if (!checked.problems.empty()) return show(call, *counter, std::move(draft), {422, "", "", false});
    if (!outlook.restarts.empty() && call.form_value("confirmed").empty()) return show(call, *counter, std::move(draft), {200, "", "", true});
    if (!store(call, *counter, core::to_text(*draft.mask)))
        return show(call, *counter, std::move(draft),
                    {409, "", filled(call.tr("Somebody else has changed this counter meanwhile: its mask is now %1. Save again to replace it."), counter->mask), false});
    return web::redirect(std::string{kPath} + '/' + counter->id + "?done=saved");
}

}  // namespace

std::vector<web::HostRoute> counters_routes() {
    const std::string permission = "core.counters", path{kPath};
    return {
        {"GET", path, permission, false, get_counters},
        {"GET", path + "/{id}", permission, false, get_counter},
        {"POST", path + "/{id}", permission, false, post_counter},
        {"GET", path + "/{id}/preview", permission, false, get_preview},
    };
}

}  // namespace host::pages
