#include "item_page.hpp"

#include "item_store.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kItemsOfAPage = 50;
constexpr std::string_view kPath = "/quotes/items";

Value breadcrumb(Ctx ctx, std::string_view title) {
    auto out = ctx.array().push(ctx.object().set("label", ctx.tr("Quotes")).set("url", "/quotes"));
    out.push(ctx.object().set("label", ctx.tr("Catalogue")).set("url", kPath));
    return out.push(ctx.object().set("label", title));
}

TypedItem read_form(Request request) {
    const auto text = [&](std::string_view name) { return std::string{request.form(name).value_or("")}; };
    return {text("ref"), text("label"), text("unit"), text("unit_price"), text("vat_rate"), request.form("active") == "1"};
}

std::optional<StoredItem> stored(Ctx ctx, Request request) {
    return request.param("id") ? std::optional{get_item(ctx, request.id())} : std::nullopt;
}

void send_form(Ctx ctx, Request request, const std::optional<StoredItem>& stored, const TypedItem& typed, Value errors,
               std::string_view message) {
    const auto title = stored ? std::string_view{stored->item.ref} : ctx.tr("Add an item");
    auto form = ctx.object().set("ref", typed.ref).set("label", typed.label).set("unit", typed.unit).set("unit_price", typed.unit_price);
    form.set("vat_rate", typed.vat_rate).set("active", typed.active);
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, title)).set("form", form).set("errors", errors);
    if (stored) data.set("id", stored->id).set("version", stored->version);
    request.page("items/form.html", data.set("message", message));
}

}  // namespace

void show_items(Ctx ctx, Request request) {
    const auto words = guichet::one_line(request.query("q").value_or("")), after = guichet::one_line(request.query("after").value_or(""));
    const auto page = list_items(ctx, words, after, kItemsOfAPage);
    auto rows = ctx.array();
    for (const auto& [item, id, version] : page.items) {
        auto row =
            ctx.object().set("id", id).set("ref", item.ref).set("label", item.label).set("unit", item.unit).set("active", item.active);
        row.set("unit_price", people_text(item.unit_price, kPricePlaces, 2, ctx.language()));
        rows.push(row.set("vat_rate", people_text(item.vat_rate, kPercentPlaces, 0, ctx.language())));
    }
    auto data = ctx.object().set("title", ctx.tr("Catalogue")).set("items", rows).set("next", page.next).set("q", words);
    request.page("items/list.html", data.set("paged", !after.empty()));
}

void show_item(Ctx ctx, Request request) {
    const auto item = stored(ctx, request);
    send_form(ctx, request, item, typed(item ? item->item : Item{}, ctx.language()), {}, {});
}

void save_item(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto item = stored(ctx, request);
    const auto typed = read_form(request);
    if (item && guichet::to_integer(request.form("version").value_or("")) != item->version) {
        request.status(409);
        return send_form(ctx, request, item, typed, {}, ctx.tr("Somebody else has changed this in the meantime."));
    }
    guichet::Problems problems{ctx};
    const auto checked = check(ctx, typed, ctx.language() == "fr", problems);
    if (!problems && item) update_item(ctx, *item, checked, problems);
    else if (!problems) add_item(ctx, checked, problems);
    if (problems) {
        request.status(422);
        return send_form(ctx, request, item, typed, problems.by_field(), {});
    }
    tx.commit();
    request.redirect(kPath);
}

void delete_item(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto item = get_item(ctx, request.id());
    if (request.form("confirmed") != "1") {
        auto data =
            ctx.object().set("title", ctx.tr("Delete this item?")).set("text", ctx.tr("Quotes keep the lines that were made of it."));
        return request.page("quote/delete.html",
                            data.set("action", request.path()).set("back", std::string{kPath}.append("/") + std::to_string(item.id)));
    }
    remove_item(ctx, item.id);
    tx.commit();
    request.redirect(kPath);
}

}  // namespace quotes
