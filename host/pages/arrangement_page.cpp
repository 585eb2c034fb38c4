// What stands where: widgets of pages, arranged by administrators for each entry of the slot's list (S0-10), and each
// user's own home page.
#include "abi/audit.hpp"
#include "core/reference_data.hpp"
#include "pages/arrangement_form.hpp"
#include "pages/changes.hpp"
#include "pages/routes.hpp"
#include "pages/user_choices.hpp"
#include "plugin/snapshot.hpp"

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/arrangement";
constexpr std::string_view kOwnPath = "/arrange";

// Null when it may not be arranged.
const plugin::Snapshot::SlotEntry* find_slot(Call& call, std::string_view id) {
    const auto it = call.ctx.snapshot->slots().find(id);
    return it == call.ctx.snapshot->slots().end() || it->second.slot.arrange.label.empty() ? nullptr : &it->second;
}

http::Response show_fragment(Call& call, const ArrangedPlace& place, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("place", arrangement_form(call, place));
    return web::bare_page(call, "partials/arrangement.html", *data, status);
}

// ----------------------------------------------------------------------------------- administrators

// "" = all others, first.
const Value* variants(Call& call, const plugin::Manifest::Arrange& arrange) {
    auto* out = Value::array(call.ctx.arena);
    out->push(
        choice(call, "", call.tr(arrange.list.empty() ? "Everybody who has not arranged it" : "All types without an order of their own")));
    const auto& lists = call.ctx.reference().lists;
    const auto list = lists.find(arrange.list);
    if (list == lists.end()) return out;
    const auto* items = list->second.find(call.ctx.language)->second;
    for (std::size_t i = 0; i < items->size(); ++i)
        out->push(choice(call, items->at(i)->get("code")->as_string(), items->at(i)->get("label")->as_string()));
    return out;
}

bool has_value(const Value& options, std::string_view value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options.at(i)->get("value")->as_string() == value) return true;
    return false;
}

ArrangedPlace place_of(std::string_view slot, std::string_view variant) {
    return {std::string{slot}, std::string{variant}, std::string{kPath}, true};
}

http::Response get_page(Call& call) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Arrangement")});
    auto* slots = data->add_array("slots");
    for (const auto& [id, entry] : call.ctx.snapshot->slots())
        if (!entry.slot.arrange.label.empty())
            slots->push(choice(call, id, call.ctx.snapshot->catalogs().text(entry.domain, call.ctx.language, entry.slot.arrange.label)));
    const auto wanted = call.request.query_value("slot").value_or("");
    const auto* entry = find_slot(call, wanted.empty() ? slots->at(0)->get("value")->as_string() : wanted);
    if (!entry) return web::not_found(call);
    const auto* options = variants(call, entry->slot.arrange);
    auto variant = call.request.query_value("variant").value_or("");
    if (!has_value(*options, variant)) variant = {};  // of another slot
    data->set("slot", std::string_view{entry->slot.id});
    data->set("variant", variant);
    data->set("variants", options);
    data->set("place", arrangement_form(call, place_of(entry->slot.id, variant)));
    return web::page(call, "arrangement.html", *data);
}

http::Response post_page(Call& call) {
    const auto* entry = find_slot(call, call.form_value("slot"));
    if (!entry || !has_value(*variants(call, entry->slot.arrange), call.form_value("variant"))) return web::not_found(call);
    const auto place = place_of(entry->slot.id, call.form_value("variant"));
    db::Transaction transaction{call.site.pool};
    if (!change_arrangement(call, transaction.connection(), place)) return web::not_found(call);
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.arrangement_changed",
                                                          "slot/" + place.slot + (place.variant.empty() ? "" : "/" + place.variant)));
    transaction.commit();
    call.site.reference.invalidate();
    if (call.is_htmx()) return show_fragment(call, place, 200);
    return web::redirect(std::string{kPath} + "?slot=" + http::percent_encode(place.slot) +
                         "&variant=" + http::percent_encode(place.variant));
}

// ------------------------------------------------------------------------------------ one's own page

ArrangedPlace own_place(Call& call, std::string_view slot) {
    return {std::string{slot}, core::user_variant(call.ctx.principal.user_id), std::string{kOwnPath}, false};
}

http::Response get_own(Call& call) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Arrange this page")});
    auto* places = data->add_array("places");
    for (const auto* slot : {"core.home.tiles", "core.home.main"}) places->push(arrangement_form(call, own_place(call, slot)));
    return web::page(call, "arrange_home.html", *data);
}

http::Response post_own(Call& call) {
    const auto* entry = find_slot(call, call.form_value("slot"));
    if (!entry || !entry->slot.arrange.list.empty()) return web::not_found(call);
    const auto place = own_place(call, entry->slot.id);
    db::Transaction transaction{call.site.pool};
    if (!change_arrangement(call, transaction.connection(), place)) return web::not_found(call);
    transaction.commit();
    call.site.reference.invalidate();
    if (call.is_htmx()) return show_fragment(call, place, 200);
    return web::redirect(kOwnPath);
}

}  // namespace

std::vector<web::HostRoute> arrangement_routes() {
    return {
        {"GET", std::string{kPath}, "core.arrangement", false, get_page},
        {"POST", std::string{kPath}, "core.arrangement", false, post_page},
        {"GET", std::string{kOwnPath}, "", false, get_own},
        {"POST", std::string{kOwnPath}, "", false, post_own},
    };
}

}  // namespace host::pages
