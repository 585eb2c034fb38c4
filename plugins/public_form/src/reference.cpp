#include "reference.hpp"

namespace public_form {

namespace {

constexpr std::size_t kLongest = 64;

bool is_reference(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return text.size() <= kLongest && std::ranges::all_of(text, allowed);
}

}  // namespace

std::string_view reference_of(guichet::Request request) {
    const auto reference = request.query("ref").value_or("");
    return is_reference(reference) ? reference : std::string_view{};
}

std::string address_of(guichet::Ctx ctx, std::string_view reference) {
    if (!is_reference(reference)) throw guichet::Error{GUICHET_E_INVALID, "a reference is of letters, digits, _ and -"};
    return std::string{ctx.site_url()} + "/public/new" + (reference.empty() ? "" : "?ref=" + std::string{reference});
}

std::string_view reference_label(guichet::Ctx ctx, std::string_view reference) {
    if (reference.empty()) return {};
    auto shown = ctx.object().set("reference", reference).set("label", "");
    guichet::Tx tx{ctx};
    ctx.before("public_form.reference_shown", 1, "reference/" + std::string{reference}, shown);
    tx.commit();
    return shown["label"].text().value_or("");
}

void tell_of_request(guichet::Ctx ctx, int64_t ticket_id, std::string_view reference) {
    ctx.after("public_form.request_received", 1, "ticket/" + std::to_string(ticket_id),
              ctx.object().set("ticket_id", ticket_id).set("reference", reference));
}

}  // namespace public_form
