#include "account_events.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

Value with_custom(Ctx ctx, Value values, Value custom) { return values.set("custom", custom ? custom : ctx.object()); }

Draft edited(Ctx ctx, Draft draft, Value data) {
    guichet::Problems problems{ctx};
    draft.take_edits(data, problems);
    if (!problems) return draft;
    const auto wrong = problems.by_field();
    const auto member = wrong.key(0);
    throw guichet::Error{GUICHET_E_INTERNAL, std::string{"the hook of "}.append(ctx.edited_by(member)).append(" spoilt \"").append(member)
                                                 .append("\" of an account: ").append(wrong[member].text().value_or(""))};
}

}  // namespace

Draft creating(Ctx ctx, const Draft& draft) {
    const auto data = with_custom(ctx, draft.values(), draft.custom());
    ctx.before("directory.account_creating", 1, "account/new", data);
    return edited(ctx, draft, data);
}

Draft updating(Ctx ctx, const Draft& draft, int64_t id) {
    const auto data = with_custom(ctx, draft.values(), draft.custom()).set("id", id).set("was", with_custom(ctx, draft.stored_values(), draft.stored_custom()));
    ctx.before("directory.account_updating", 1, "account/" + std::to_string(id), data);
    return edited(ctx, draft, data);
}

}  // namespace directory
