#include "edit_page.hpp"

#include "item_store.hpp"
#include "quote_page.hpp"
#include "validate.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

// "up:3": the button that was pressed, and the line it stands beside.
struct Pressed {
    std::string_view what;
    std::size_t line;
};

Pressed pressed(Request request) {
    const auto text = request.form("do").value_or("save");
    const auto colon = std::min(text.find(':'), text.size());
    const auto line = guichet::to_integer(text.substr(std::min(colon + 1, text.size()))).value_or(0);
    return {text.substr(0, colon), static_cast<std::size_t>(std::max<int64_t>(line, 0))};
}

// Nothing when the line is not there: the form is another one by now.
void rearrange(std::vector<TypedLine>& lines, const Pressed& pressed) {
    const auto i = pressed.line;
    if (i >= lines.size()) return;
    if (pressed.what == "remove") lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    else if (pressed.what == "up" && i > 0) std::swap(lines[i], lines[i - 1]);
    else if (pressed.what == "down" && i + 1 < lines.size()) std::swap(lines[i], lines[i + 1]);
}

void add_item(Ctx ctx, std::vector<TypedLine>& lines, Request request, guichet::Problems& problems) {
    const auto item = find_active_item(ctx, guichet::to_integer(request.form("item").value_or("")).value_or(0));
    if (!item) return problems.add("item", ctx.tr("Choose one of the catalogue."));
    if (!lines.empty() && lines.back().is_blank()) lines.pop_back();
    lines.push_back(typed(*item, ctx.language()));
}

void answer(Ctx ctx, Request request, const Typed& typed, const Pressed& action) {
    const auto id = request.id();
    // what htmx sends by itself is still being typed: it is not read back
    if (request.is_htmx()) return send_quote(ctx, request, get_quote(ctx, id), action.what == "save" ? &typed : nullptr);
    request.redirect(path_of(id) + (action.what == "save" || action.what == "validate" ? "" : "#lines"));
}

void refuse(Ctx ctx, Request request, Value quote, Typed& typed, int status) {
    request.status(status);
    typed.is_refused = true;
    send_quote(ctx, request, quote, &typed);
}

std::optional<int64_t> typed_version(Request request) { return guichet::to_integer(request.form("version").value_or("")); }

}  // namespace

void edit_quote(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto quote = lock_quote(ctx, request.id(), kUpdate);
    require_draft(ctx, quote);
    const auto stored = header_of(quote);
    const auto action = pressed(request);
    Typed typed{.header = stored, .lines = read_form_lines(request)};
    read_form(typed.header, request);
    guichet::Problems problems{ctx};
    rearrange(typed.lines, action);
    if (action.what == "item") add_item(ctx, typed.lines, request, problems);
    if (typed_version(request) != quote["version"].integer()) {
        typed.message = ctx.tr(
            "Somebody else has changed this quote since you opened it. What you typed is still here: open the quote once "
            "more in another window, then save here or there.");
        return refuse(ctx, request, quote, typed, 409);
    }
    check(ctx, typed.header, stored, problems);
    const auto lines = check_lines(ctx, typed.lines, ctx.language() == "fr", problems);
    if (action.what == "validate") check_complete(ctx, typed.header, lines, problems);
    if (problems) {
        typed.errors = problems.by_field();
        return refuse(ctx, request, quote, typed, 422);
    }
    update_quote(ctx, quote, typed.header, lines);
    if (action.what == "validate") validate(ctx, get_quote(ctx, request.id()));
    tx.commit();
    answer(ctx, request, typed, action);
}

void step_quote(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto quote = lock_quote(ctx, request.id(), kUpdate);
    const auto* step = find_step(request.form("step").value_or(""));
    if (!step) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such step"};
    take_step(ctx, quote, *step, request.form("reason").value_or(""));
    tx.commit();
    request.redirect(path_of(request.id()));
}

void delete_quote(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto quote = lock_quote(ctx, request.id(), kDelete);
    require_draft(ctx, quote);
    if (request.form("confirmed") != "1") {
        auto data = ctx.object().set("title", ctx.tr("Delete this draft?")).set("text", ctx.tr("It cannot be brought back."));
        return request.page("quote/delete.html", data.set("action", request.path()).set("back", path_of(request.id())));
    }
    remove_quote(ctx, quote);
    tx.commit();
    request.redirect("/quotes");
}

void copy_quote(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto id = duplicate_quote(ctx, get_quote(ctx, request.id()));
    tx.commit();
    request.redirect(path_of(id));
}

void assign_quote(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto quote = lock_quote(ctx, request.id(), kUpdate);
    const auto stored = header_of(quote);
    auto header = stored;
    for (const auto& [name, id] : {std::pair{"owner_id", &header.owner_id}, std::pair{"team_id", &header.team_id}})
        if (const auto text = request.form(name)) *id = guichet::to_integer(*text);
    guichet::Problems problems{ctx};
    check(ctx, header, stored, problems);
    problems.throw_if_any();
    change_people(ctx, quote, header);
    tx.commit();
    request.redirect(path_of(request.id()));
}

}  // namespace quotes
