#include "mail.hpp"

#include "link_store.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Value;

namespace {

// The last day as its language writes it.
std::string last_day(Ctx ctx, Value quote, std::string_view language) {
    return std::string{
        ctx.exec("select to_char($1::text::date, $2::text)", quote["valid_until"].text(), language == "fr" ? "DD/MM/YYYY" : "FMDD Mon YYYY")
            .text(0, 0)};
}

std::string_view name_of_user(Ctx ctx) {
    const auto users = ctx.users();
    for (std::size_t i = 0; i < users.size(); ++i)
        if (users[i]["id"].integer() == ctx.user_id()) return users[i]["name"].text().value_or("");
    return {};
}

Value values_of(Ctx ctx, Value quote, std::string_view language) {
    auto values = ctx.object().set("ref", quote["ref"]).set("subject", quote["subject"]).set("customer", quote["customer"]);
    return values.set("amount", euro_text(quote["gross_cents"].integer().value_or(0), language));
}

}  // namespace

bool mail_quote(Ctx ctx, Value quote, int64_t pdf_file_id, const Recipient& to) {
    const auto language = quote["language"].text().value_or("fr");
    const auto token = add_link(ctx, quote["id"].integer().value_or(0), to.email);
    auto envelope = ctx.object().set("to", to.email).set("to_name", to.name).set("language", language);
    envelope.set("attachments", ctx.array().push(pdf_file_id));
    auto values = values_of(ctx, quote, language).set("contact", to.name).set("message_markdown", to.message);
    values.set("valid_until", last_day(ctx, quote, language)).set("agent", name_of_user(ctx)).set("url", link_path(token));
    return ctx.send_mail("quotes.quote", envelope, values) != 0;
}

void mail_answer(Ctx ctx, Value quote, bool accepted, std::string_view name, std::string_view reason) {
    const auto owner = ctx.exec(
        "select email, name, coalesce(language, '') from core.user_v1 where active and id = coalesce($1,"
        " (select created_by from link where quote_id = $2 order by id desc limit 1))",
        quote["owner_id"].integer(), quote["id"].integer());
    if (owner.empty() || owner.text(0, 0).empty()) return;
    const auto language = owner.text(0, 2).empty() ? std::string_view{"fr"} : owner.text(0, 2);
    auto envelope = ctx.object().set("to", owner.text(0, 0)).set("to_name", owner.text(0, 1)).set("language", language);
    auto values = values_of(ctx, quote, language).set("name", name).set("reason", reason);
    values.set("url", "/quotes/" + std::to_string(quote["id"].integer().value_or(0)));
    ctx.send_mail(accepted ? "quotes.accepted" : "quotes.refused", envelope, values);
}

}  // namespace quotes
