#include "form.hpp"

namespace interventions {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

Value page_data(Ctx ctx, const Form& form, const Draft& draft, Value errors = {}) {
    auto data = form.more ? form.more : ctx.object();
    data.set("title", form.title).set("breadcrumb", form.breadcrumb).set("back", form.back).set("version", form.version);
    data.set("form", draft.form_values()).set("max", draft.limits()).set("options", draft.options());
    return data.set("custom", draft.custom_sections(errors)).set("errors", errors);
}

// Nothing when a field is at fault.
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

void show_problems(Ctx ctx, Request request, const Form& form, const Draft& draft, const Problems& problems) {
    request.status(422);
    request.page(form.page, page_data(ctx, form, draft, problems.by_field()));
}

}  // namespace

void show_form(Ctx ctx, Request request, const Form& form, const Draft& draft) { request.page(form.page, page_data(ctx, form, draft)); }

void submit_new(Ctx ctx, Request request, const Form& form, const Draft& draft, Problems& problems,
                const std::function<std::string()>& save) {
    if (const auto path = attempt(draft, problems, save)) request.redirect(*path);
    else show_problems(ctx, request, form, draft, problems);
}

void submit_edit(Ctx ctx, Request request, const Form& form, const Draft& draft, Problems& problems,
                 const std::function<bool(int64_t)>& save, const std::function<Value()>& stored) {
    auto again = form;
    again.version = guichet::to_integer(request.form("version").value_or("")).value_or(0);
    const auto saved = attempt(draft, problems, [&] { return save(again.version); });
    if (!saved) return show_problems(ctx, request, again, draft, problems);
    if (*saved) return request.redirect(form.back);
    const auto row = stored();
    again.version = row["version"].integer().value_or(0);
    request.status(409);
    request.page(form.page, page_data(ctx, again, draft).set("stale", true).set("differences", draft.differences(row)));
}

Value crumbs(Ctx ctx, std::initializer_list<std::pair<std::string_view, std::string_view>> items) {
    auto out = ctx.array();
    for (const auto& [label, url] : items) {
        auto item = ctx.object().set("label", label);
        if (!url.empty()) item.set("url", url);
        out.push(item);
    }
    return out;
}

void ask(Ctx ctx, Request request, std::string_view title, std::string_view text, std::string_view label, std::string_view back) {
    request.page("partials/question.html",
                 ctx.object().set("title", title).set("text", text).set("label", label).set("back", back).set("action", request.path()));
}

void refuse(Ctx ctx, Request request, std::string_view title, std::string_view reason, std::string_view back) {
    request.status(409);
    request.page("partials/question.html", ctx.object().set("title", title).set("reason", reason).set("back", back));
}

}  // namespace interventions
