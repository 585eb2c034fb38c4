#include "document.hpp"

#include "intervention_store.hpp"
#include "line_store.hpp"
#include "others.hpp"
#include "record.hpp"
#include "signature.hpp"

namespace interventions {

using guichet::Ctx;
using guichet::Value;

namespace {

Value account_of(Ctx ctx, Value row) {
    return only_row(ctx.exec("select name, code, email, phone, town from directory.account_v1 where id = $1", row["account_id"].integer()));
}

Value equipment_of(Ctx ctx, Value row) {
    const auto rows =
        ctx.exec("select label, serial, product_ref, model, site, address from equipment where id = $1", row["equipment_id"].integer());
    return rows.empty() ? Value{} : rows.row(0);
}

std::string customer_language(Ctx ctx, Value row) {
    const auto contact = row["contact_id"].integer();
    const auto language = contact ? find_contact(ctx, *contact)["language"].text() : std::nullopt;
    return std::string{language.value_or(ctx.language())};
}

}  // namespace

std::string document_name(Value intervention) {
    const auto ref = intervention["ref"].text();
    std::string name{ref ? *ref : "intervention-" + as_text(intervention["id"])};
    for (char& c : name)
        if (c == '/' || c == '"' || c == '\\') c = '-';
    return name + ".pdf";
}

std::string document(Ctx ctx, Value intervention, std::string_view language) {
    present_intervention(ctx, intervention);
    const auto lines = shown_lines(ctx, intervention["id"].integer().value_or(0));
    auto data = ctx.object().set("title", intervention["name"]).set("language", language).set("sheet", intervention);
    data.set("account", account_of(ctx, intervention)).set("equipment", equipment_of(ctx, intervention));
    data.set("lines", lines).set("totals", totals_of(ctx, lines));
    if (const auto png = signature_png(ctx, intervention); !png.empty()) data.set("signature", guichet::base64(png));
    return std::string{ctx.pdf("pdf/sheet.html", data)};
}

std::string mail_address(Ctx ctx, Value intervention) {
    const auto rows = ctx.exec(
        "select coalesce((select email from directory.contact_v1 where id = $1::bigint), (select email from directory.account_v1 where id "
        "= $2::bigint), '')",
        intervention["contact_id"].integer(), intervention["account_id"].integer());
    return std::string{rows.text(0, 0)};
}

void mail_document(Ctx ctx, Value intervention, std::string_view to) {
    const auto address = guichet::one_line(to);
    if (!guichet::is_email(address))
        throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("Enter an e-mail address such as name@example.com.")}, "to"};
    const auto language = customer_language(ctx, intervention);
    const auto pdf = document(ctx, intervention, language);
    guichet::Tx tx{ctx};
    const auto file = ctx.put_file(document_name(intervention), pdf);
    auto envelope = ctx.object().set("to", address).set("language", language).set("attachments", ctx.array().push(file.id));
    auto values = ctx.object()
                      .set("ref", intervention["name"])
                      .set("subject", intervention["subject"])
                      .set("contact", intervention["contact_name"].text().value_or(""));
    if (ctx.send_mail("interventions.sheet", envelope, values) == 0)
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("No mail can be sent: no sender is configured.")}, "to"};
    ctx.remove_file(file.id);  // the mail has its own
    note(ctx, intervention["id"].integer().value_or(0), "mailed", address);
    tx.commit();
}

}  // namespace interventions
