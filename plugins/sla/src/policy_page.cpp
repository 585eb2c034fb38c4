#include "policy_page.hpp"

#include "dry_run.hpp"
#include "policy_form.hpp"
#include "words.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kHome = "/admin/sla";

std::string promises(Ctx ctx, const ServicePolicy& policy) {
    std::string out;
    for (std::size_t i = 0; i < 3; ++i)
        if (const auto& promise = policy.promises[i])
            out += (out.empty() ? "" : ", ") +
                   guichet::fill(ctx.tr("%1: %2"), {clock_label(ctx, kClockNames[i]), promise_text(ctx, *promise)});
    return out;
}

Value policy_rows(Ctx ctx) {
    auto out = ctx.array();
    const PolicyBook book{ctx};
    const auto counts = ctx.exec("select policy_id, count(*) from ticket_state where open and policy_id is not null group by 1");
    for (const auto& policy : book.all()) {
        int64_t tickets = 0;
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (counts.i64(i, 0) == policy.id) tickets = counts.i64(i, 1);
        out.push(ctx.object()
                     .set("id", policy.id)
                     .set("name", policy.name)
                     .set("active", policy.active)
                     .set("promises", promises(ctx, policy))
                     .set("tickets", tickets));
    }
    return out;
}

void send_admin(Ctx ctx, Request request) {
    auto data = ctx.object().set("title", ctx.tr("Service levels")).set("policies", policy_rows(ctx));
    if (request.is_htmx()) return request.page("policies.html", data);
    auto calendars = ctx.array();
    for (const auto& calendar : load_calendars(ctx))
        calendars.push(ctx.object().set("id", calendar.id).set("name", calendar.name).set("zone", calendar.definition["zone"]));
    request.page("admin.html", data.set("calendars", calendars));
}

struct Outcome {
    Value errors{};
    std::optional<Effect> effect{};
};

void send_form(Ctx ctx, Request request, const ServicePolicy& policy, Value typed, const Outcome& outcome) {
    const auto title = ctx.tr(policy.id ? "Edit a policy" : "Add a policy");
    auto trail = ctx.array();
    trail.push(ctx.object().set("label", ctx.tr("Service levels")).set("url", kHome)).push(ctx.object().set("label", title));
    const auto errors = outcome.errors ? outcome.errors : ctx.object();
    auto data =
        ctx.object().set("title", title).set("breadcrumb", trail).set("errors", errors).set("form", policy_controls(ctx, typed, errors));
    if (policy.id) data.set("id", policy.id).set("version", policy.version);
    if (outcome.effect) {
        const auto affected = outcome.effect->affected, late = outcome.effect->late;
        data.set("effect", guichet::fill(ctx.plural("%1 open ticket affected, %2 would be overdue at once.",
                                                    "%1 open tickets affected, %2 would be overdue at once.", affected),
                                         {std::to_string(affected), std::to_string(late)}));
    }
    request.page("policy.html", data);
}

ServicePolicy of_request(Ctx ctx, Request request) { return request.param("id") ? load_policy(ctx, request.id()) : ServicePolicy{}; }

// Without htmx: back to the page.
void done(Ctx ctx, Request request) { request.is_htmx() ? send_admin(ctx, request) : request.redirect(kHome); }

}  // namespace

void show_admin(Ctx ctx, Request request) { send_admin(ctx, request); }

void show_new_policy(Ctx ctx, Request request) {
    ServicePolicy policy;
    policy.active = true;
    policy.promises[0] = Promise{.amount = 4, .unit = Promise::Unit::hours, .working = true};
    policy.promises[2] = Promise{.amount = 2, .unit = Promise::Unit::days, .working = true};
    const auto calendars = load_calendars(ctx);
    if (!calendars.empty()) policy.calendar_id = calendars.front().id;
    send_form(ctx, request, ServicePolicy{}, stored_as_typed(ctx, policy), {});
}

void show_policy(Ctx ctx, Request request) {
    const auto policy = load_policy(ctx, request.id());
    send_form(ctx, request, policy, stored_as_typed(ctx, policy), {});
}

void save_policy(Ctx ctx, Request request) {
    auto policy = of_request(ctx, request);
    const auto typed = typed_policy(ctx, request);
    Problems problems{ctx};
    read_typed(ctx, typed, policy, problems);
    const bool trying = request.form("try") == "1";
    try {
        if (policy.id) policy.version = guichet::to_integer(request.form("version").value_or("")).value_or(0);
        if (!problems && !trying) policy.id ? change_policy(ctx, policy) : void(add_policy(ctx, policy));
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        problems.add("name", error.what());
    }
    if (!problems && !trying) return request.redirect(kHome);
    if (problems) request.status(422);
    send_form(ctx, request, policy, typed,
              {.errors = problems.by_field(), .effect = problems ? std::nullopt : std::optional{dry_run(ctx, policy)}});
}

void delete_policy(Ctx ctx, Request request) {
    remove_policy(ctx, load_policy(ctx, request.id()).id);
    done(ctx, request);
}

void shift_policy(Ctx ctx, Request request) {
    move_policy(ctx, request.id(), request.form("to") == "up");
    done(ctx, request);
}

void reorder_policies(Ctx ctx, Request request) {
    std::vector<int64_t> ids;
    for (auto rest = request.form("order").value_or(""); !rest.empty();) {
        const auto end = std::min(rest.find(','), rest.size());
        ids.push_back(guichet::to_integer(rest.substr(0, end)).value_or(0));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    order_policies(ctx, ids);
    done(ctx, request);
}

}  // namespace sla
