#include "form.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

Value page_data(Ctx ctx, const Form& form, const Draft& draft, Value errors = {}) {
    auto data = ctx.object();
    data.set("title", form.title);
    data.set("breadcrumb", form.breadcrumb);
    data.set("back", form.back);
    data.set("version", form.version);
    data.set("form", draft.form_values());
    data.set("max", draft.limits());
    data.set("options", draft.options());
    data.set("custom", draft.custom_sections(errors));
    if (!form.extra_name.empty()) data.set(form.extra_name, form.extra);
    return data;
}

void show_problems(Ctx ctx, Request request, const Form& form, const Draft& draft, const Problems& problems) {
    auto data = page_data(ctx, form, draft, problems.by_field());
    data.set("errors", problems.by_field());
    request.status(422);
    request.page(form.page, data);
}

void show_conflict(Ctx ctx, Request request, Form form, const Draft& draft, Value stored) {
    form.version = stored["version"].integer().value_or(0);
    auto data = page_data(ctx, form, draft);
    data.set("stale", true);
    data.set("differences", draft.differences(stored));
    request.status(409);
    request.page(form.page, data);
}

// The path to go to; nothing when a field is at fault.
template <class F>
auto attempt(const Draft& draft, Problems& problems, F&& save) -> std::optional<decltype(save())> {
    if (problems) return std::nullopt;
    try {
        return save();
    } catch (const guichet::Error& e) {
        const bool has_place = !e.field().empty() && (e.code() == GUICHET_E_CONFLICT || e.code() == GUICHET_E_INVALID);
        if (!has_place && e.code() != GUICHET_E_VETO) throw;
        problems.add(e.field().empty() ? draft.entity().fields.front().name : e.field(), e.what());
        return std::nullopt;
    }
}

}  // namespace

void show_form(Ctx ctx, Request request, const Form& form, const Draft& draft) {
    request.page(form.page, page_data(ctx, form, draft));
}

void submit_new(Ctx ctx, Request request, const Form& form, const Draft& draft, Problems& problems,
                const std::function<std::string()>& save) {
    if (const auto path = attempt(draft, problems, save)) request.redirect(*path);
    else show_problems(ctx, request, form, draft, problems);
}

void submit_edit(Ctx ctx, Request request, const Form& form, const Draft& draft, Problems& problems,
                 const std::function<bool(int64_t)>& save, const std::function<Value()>& stored) {
    const auto text = request.form("version").value_or("");
    int64_t version = 0;
    std::from_chars(text.data(), text.data() + text.size(), version);
    const auto saved = attempt(draft, problems, [&] { return save(version); });
    if (!saved) {
        Form again = form;
        again.version = version;
        show_problems(ctx, request, again, draft, problems);
    } else if (*saved) {
        request.redirect(form.back);
    } else {
        show_conflict(ctx, request, form, draft, stored());
    }
}

Value crumb(Ctx ctx, std::string_view label, std::string_view url) {
    auto out = ctx.object().set("label", label);
    if (!url.empty()) out.set("url", url);
    return out;
}

}  // namespace directory
