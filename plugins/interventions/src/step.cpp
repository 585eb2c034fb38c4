#include "step.hpp"

#include "intervention_store.hpp"

#include <algorithm>

namespace interventions {

using guichet::Ctx;

namespace {

constexpr Step kSteps[] = {
    {"validate", "draft", "validated", "Validate", ""},  {"finish", "validated", "done", "Mark as done", ""},
    {"bill", "done", "billed", "Mark as billed", kBill}, {"redraft", "validated", "draft", "Back to draft", ""},
    {"reopen", "done", "validated", "Reopen", ""},       {"unbill", "billed", "done", "Mark as not billed", kBill},
};

[[noreturn]] void refuse(Ctx ctx, std::string_view msgid) {
    throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr(msgid)}, "status"};
}

// What a signature stands for is not taken back.
bool is_backwards(const Step& step) { return step.name == "redraft" || step.name == "reopen"; }

}  // namespace

const Step* find_step(std::string_view name) {
    const auto* it = std::ranges::find(kSteps, name, &Step::name);
    return it == std::end(kSteps) ? nullptr : it;
}

guichet::Value steps_of(Ctx ctx, guichet::Value row) {
    auto out = ctx.array();
    const bool is_signed = !row["signed_at"].is_null();
    for (const auto& step : kSteps)
        if (row["status"].text() == step.from && (step.permission.empty() || ctx.can(step.permission)) &&
            !(is_signed && is_backwards(step)))
            out.push(ctx.object()
                         .set("name", step.name)
                         .set("label", ctx.tr(step.label))
                         .set("forward", !is_backwards(step) && step.name != "unbill"));
    return out;
}

void take_step(Ctx ctx, const Step& step, int64_t id) {
    if (!step.permission.empty()) ctx.require(step.permission);
    guichet::Tx tx{ctx};
    const auto row = ctx.exec("select status, ref, signed_at from intervention where id = $1 for update", id);
    if (row.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such intervention"};
    if (row.text(0, 0) != step.from) refuse(ctx, "This step is not possible in its present status.");
    if (is_backwards(step) && !row.is_null(0, 2)) refuse(ctx, "It is signed. Remove the signature first.");
    if (step.name == "finish" && !ctx.exec("select from clock where intervention_id = $1", id).empty())
        refuse(ctx, "A clock is still running. Stop it first.");
    std::string ref{row.maybe_text(0, 1).value_or("")};
    if (ref.empty() && step.name == "validate") ref = ctx.next_number("interventions.intervention", ctx.now());
    ctx.exec(
        "update intervention set status = $2, ref = nullif($3::text, ''), version = version + 1,"
        " done_at = case $4::text when 'finish' then coalesce(done_at, now()) when 'reopen' then null else done_at end where id = $1",
        id, step.to, ref, step.name);
    note(ctx, id, step.name, ref);
    tx.commit();
}

}  // namespace interventions
