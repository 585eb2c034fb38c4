#include "label.hpp"

#include "designation.hpp"
#include "draft.hpp"
#include "equipment_store.hpp"
#include "others.hpp"
#include "qr_code.hpp"

#include <public_form/address_v1.h>

namespace interventions {

using guichet::Ctx;
using guichet::Value;

namespace {

Value known(Ctx ctx, Value reference) {
    try {
        return equipment_by_code(ctx, reference.text().value_or(""));
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_NOT_FOUND) throw;
        return {};
    }
}

}  // namespace

std::string label_target(Ctx ctx, Value equipment) {
    const auto service = ctx.service<public_form_address_v1>(PUBLIC_FORM_ADDRESS, 1, 0);
    if (!service) return {};
    guichet_str out{};
    service(&public_form_address_v1::request_form, guichet::str(equipment["public_code"].text().value_or("")), &out);
    return std::string{guichet::view(out)};
}

void open_label(Ctx ctx, guichet::Request request) {
    const auto equipment = get_equipment(ctx, request.id());
    const auto target = label_target(ctx, equipment);
    if (target.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "there is no public form"};
    auto data = ctx.object().set("title", equipment["label"]).set("equipment", equipment).set("qr", guichet::base64(qr_svg(target)));
    const auto pdf = ctx.pdf("pdf/label.html", data);
    request.header("Content-Disposition", "inline; filename=\"label-" + std::to_string(request.id()) + ".pdf\"");
    request.send("application/pdf", pdf);
}

void reference_shown(Ctx ctx, guichet::Event event) {
    const auto equipment = known(ctx, event.data()["reference"]);
    if (!equipment) return;
    const auto serial = equipment["serial"].text().value_or("");
    const auto name = as_text(equipment["label"]) + (serial.empty() ? "" : " – " + std::string{serial});
    event.data().set("label", guichet::fill(ctx.tr("Your request is about: %1"), {name}).substr(0, 200));
}

void request_received(Ctx ctx, guichet::Event event) {
    const auto equipment = known(ctx, event.data()["reference"]);
    const auto ticket_id = event.data()["ticket_id"].integer().value_or(0);
    const auto ticket = equipment ? find_ticket(ctx, ticket_id) : Value{};
    if (!ticket) return;
    const auto account = equipment["account_id"].integer().value_or(0);
    if (ticket["account_id"].integer().value_or(account) != account) return;
    if (ticket["account_id"].is_null()) change_ticket(ctx, ticket_id, ctx.object().set("account_id", account));
    designate(ctx, ticket_id, equipment["id"].integer().value_or(0));
}

}  // namespace interventions
