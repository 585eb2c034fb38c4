#include "event/publish.hpp"

#include "abi/budget.hpp"
#include "abi/call.hpp"
#include "abi/guard.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::event {
namespace {

using abi::record;
using base::Value;
using plugin::Snapshot;

std::string name(const Occurrence& what) { return std::string{what.id} + '/' + std::to_string(what.version); }

// What is being published on this context, innermost last.
class Publishing {
public:
    Publishing(guichet_ctx& ctx, const Occurrence& what) : ctx_{ctx} { ctx.publishing.push_back(key(what)); }
    ~Publishing() { ctx_.publishing.pop_back(); }
    Publishing(const Publishing&) = delete;
    static std::string key(const Occurrence& what) { return name(what) + ' ' + std::string{what.subject}; }

private:
    guichet_ctx& ctx_;
};

// Nothing when it may be published; else why not, and ctx.error says it.
guichet_status refusal(guichet_ctx& ctx, const Occurrence& what, std::string_view kind) {
    const auto* entry = ctx.snapshot ? ctx.snapshot->event(what.id, what.version) : nullptr;
    if (!entry || entry->generation != ctx.generation || entry->event->kind != kind)
        return record(ctx, GUICHET_E_INVALID, "plugin.json does not declare the event " + name(what) + " of the kind " + std::string{kind});
    if (what.subject.empty()) return record(ctx, GUICHET_E_INVALID, "the event " + name(what) + " has no subject");
    if (ctx.depth() == 0) return record(ctx, GUICHET_E_STATE, "events are published in a transaction");
    if (ctx.publishing.size() >= kDeepest) return record(ctx, GUICHET_E_STATE, "hooks publish events more than 8 deep");
    if (std::ranges::find(ctx.publishing, Publishing::key(what)) != ctx.publishing.end())
        return record(ctx, GUICHET_E_STATE, "the event " + name(what) + " is being published for " + std::string{what.subject} + " already");
    return GUICHET_OK;
}

base::Problems problems_of(const Snapshot::EventEntry& entry, const Value& data) {
    if (!data.is(Value::Type::object)) return {{"schema.type", "is not an object", ""}};
    return entry.generation->package().event_schemas.at(entry.event->schema).validate(data);
}

guichet_status blame(guichet_ctx& ctx, const plugin::Generation& culprit, const Occurrence& what, const std::string& why) {
    base::log(base::Level::error, "a hook spoilt an event", {{"plugin", std::string_view{culprit.id()}}, {"event", what.id},
              {"request", std::string_view{ctx.request_id}}, {"reason", std::string_view{why}}});
    return record(ctx, GUICHET_E_INTERNAL, "the hook of " + culprit.id() + " spoilt the event " + name(what) + ": " + why);
}

guichet_status run_hook(guichet_ctx& ctx, const Snapshot::HookTarget& hook, const Occurrence& what, Value& data) {
    const auto start = base::now_us();
    const abi::Budget budget{ctx, hook.item->timeout_ms};
    guichet_event event{sizeof(guichet_event), static_cast<std::uint32_t>(what.version), abi::str(what.id), abi::str(what.subject),
                        abi::wrap(&data), ctx.principal.user_id, start, 0, 0, 0};
    const auto status = abi::call(ctx, *hook.generation, [&] { return hook.handler.fn(hook.handler.self, &ctx, &event); });
    if (budget.exceeded())
        base::log(base::Level::warn, "a hook took longer than it may", {{"plugin", std::string_view{hook.generation->id()}}, {"event", what.id},
                  {"ms", (base::now_us() - start) / 1000}, {"limit_ms", std::int64_t{hook.item->timeout_ms}}});
    if (status != GUICHET_OK && status != GUICHET_E_VETO)
        base::log(base::Level::error, "a hook failed", {{"plugin", std::string_view{hook.generation->id()}}, {"event", what.id},
                  {"request", std::string_view{ctx.request_id}}, {"reason", std::string_view{ctx.error.message}}});
    return status;
}

// Members that differ, "" when only editable ones do.
std::string forbidden_edit(const std::vector<std::string>& editable, const Value& original, const Value& edited) {
    for (std::size_t i = 0; i < edited.size(); ++i) {
        const auto* before = original.get(edited.key(i));
        if (before && base::equal(*before, *edited.at(i))) continue;
        if (std::ranges::find(editable, edited.key(i)) == editable.end()) return std::string{edited.key(i)};
    }
    return {};
}

using Editors = decltype(guichet_ctx::edited_by);

guichet_status take_edits(guichet_ctx& ctx, const Snapshot::EventEntry& entry, const Snapshot::HookTarget& hook, const Occurrence& what,
                          Value& data, const Value& edited, Editors& editors) {
    if (base::equal(data, edited)) return GUICHET_OK;
    if (const auto member = forbidden_edit(entry.event->editable, data, edited); !member.empty())
        return blame(ctx, *hook.generation, what, "it changed \"" + member + "\", which is not editable");
    if (const auto problems = problems_of(entry, edited); !problems.empty()) return blame(ctx, *hook.generation, what, base::to_text(problems));
    for (const auto& member : entry.event->editable) {
        const auto *value = edited.get(member), *before = data.get(member);
        if (!value || (before && base::equal(*before, *value))) continue;
        data.set(member, value);
        editors.insert_or_assign(member, hook.generation->id());
    }
    return GUICHET_OK;
}

guichet_status check_payload(guichet_ctx& ctx, const Snapshot::EventEntry& entry, const Occurrence& what, const Value& data) {
    const auto problems = problems_of(entry, data);
    if (problems.empty()) return GUICHET_OK;
    return record(ctx, GUICHET_E_INVALID, "the event " + name(what) + " does not match its schema: " + base::to_text(problems));
}

}  // namespace

guichet_status before(guichet_ctx& ctx, const Occurrence& what, Value& data) {
    if (const auto status = refusal(ctx, what, "before"); status != GUICHET_OK) return status;
    const auto& entry = *ctx.snapshot->event(what.id, what.version);
    if (const auto status = check_payload(ctx, entry, what, data); status != GUICHET_OK) return status;
    const Publishing publishing{ctx, what};
    Editors editors;
    for (const auto& hook : ctx.snapshot->hooks(what.id, what.version)) {
        auto* edited = base::copy(ctx.arena, data);
        if (const auto status = run_hook(ctx, hook, what, *edited); status != GUICHET_OK) return status;
        if (const auto status = take_edits(ctx, entry, hook, what, data, *edited, editors); status != GUICHET_OK) return status;
    }
    ctx.edited_by = std::move(editors);
    return GUICHET_OK;
}

guichet_status after(guichet_ctx& ctx, const Occurrence& what, const Value& data) {
    if (const auto status = refusal(ctx, what, "after"); status != GUICHET_OK) return status;
    const auto& entry = *ctx.snapshot->event(what.id, what.version);
    if (const auto status = check_payload(ctx, entry, what, data); status != GUICHET_OK) return status;
    const Publishing publishing{ctx, what};
    for (const auto& hook : ctx.snapshot->hooks(what.id, what.version))
        if (const auto status = run_hook(ctx, hook, what, *base::copy(ctx.arena, data)); status != GUICHET_OK) return status;
    // As the host: a plugin's role may not write the host's tables, and a function it could call would let it publish
    // what neither its manifest nor the schema allows.
    ctx.connection().exec("select core.publish($1, $2, $3, $4::jsonb, $5)",
                          {what.id, what.version, what.subject, base::to_json(data), ctx.principal.user_id});
    return GUICHET_OK;
}

}  // namespace host::event
