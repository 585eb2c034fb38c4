#include "request_form.hpp"

#include "recognise.hpp"
#include "uploads.hpp"

#include <guichet/sdk/custom_fields.hpp>

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kTicket = "tickets.ticket";
constexpr std::size_t kLongestSubject = 200, kLongestDescription = 50'000, kLongestName = 200;

// What other people of the company are called is not for everybody (R57).
bool is_for_everybody(std::string_view type) { return type != "user" && type != "account" && type != "equipment"; }

bool is_list(std::string_view code) { return code == "type" || code == "priority" || code == "category" || code == "severity"; }

// Active entries of the tickets' list of that name: [{value, label}].
Value options(guichet::Ctx ctx, std::string_view code) {
    auto out = ctx.array();
    const auto items = ctx.list("tickets." + std::string{code});
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i]["active"].boolean().value_or(true))
            out.push(ctx.object().set("value", items[i]["code"]).set("label", items[i]["label"]));
    return out;
}

bool offers(Value options, std::string_view value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == value) return true;
    return false;
}

Value public_ones(guichet::Ctx ctx, Value fields) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (is_for_everybody(fields[i]["type"].text().value_or(""))) out.push(fields[i]);
    return out;
}

}  // namespace

RequestForm::RequestForm(guichet::Ctx ctx, const Settings& settings, bool asks_address)
    : ctx_{ctx}, settings_{settings}, asks_address_{asks_address}, problems_{ctx} {
    const auto form = ctx.form(kTicket, GUICHET_AUDIENCE_PUBLIC);
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool shown = form[i]["shown"].boolean().value_or(false) || form[i]["more_info"].boolean().value_or(false);
        if (shown && form[i]["standard"].boolean().value_or(false))
            fields_.push_back({form[i]["code"].text().value_or(""), form[i]["mandatory"].boolean().value_or(false), {}});
    }
}

void RequestForm::read(Request request) {
    for (auto& field : fields_) {
        const auto typed = request.form(field.code).value_or("");
        field.value = field.code == "description" ? guichet::lines(typed) : guichet::one_line(typed);
    }
    email_ = guichet::one_line(request.form("email").value_or(""));
    name_ = guichet::one_line(request.form("name").value_or(""));
    typed_custom_ = request.custom_fields();
}

void RequestForm::check(Request request, const KeptFiles& kept) {
    for (const auto& field : fields_) check_field(field);
    if (asks_address_) check_address();
    check_custom();
    const auto files = settings_.attachments || count_uploads(request) == 0 ? uploads_problem(ctx_, request, kept.count(), kept.bytes())
                                                                            : std::string{ctx_.tr("No files can be sent with this form.")};
    if (!files.empty()) problems_.add("file", files);
}

void RequestForm::check_field(const Field& field) {
    const auto longest = field.code == "subject" ? kLongestSubject : kLongestDescription;
    if (field.mandatory && field.value.empty())
        problems_.add(field.code, ctx_.tr(field.code == "subject"       ? "Say in a few words what it is about."
                                          : field.code == "description" ? "Describe your request."
                                                                        : "Choose one of the list."));
    else if (is_list(field.code) && !field.value.empty() && !offers(options(ctx_, field.code), field.value))
        problems_.add(field.code, ctx_.tr("Choose one of the list."));
    else if (guichet::count_characters(field.value) > longest)
        problems_.add(field.code, guichet::fill(ctx_.tr("Use at most %1 characters."), {std::to_string(longest)}));
}

void RequestForm::check_address() {
    if (email_.empty()) problems_.add("email", ctx_.tr("Enter your e-mail address: the answer is sent there."));
    else if (normalised_email(email_).empty()) problems_.add("email", ctx_.tr("Enter an e-mail address like camille@example.org."));
    else email_ = normalised_email(email_);
    if (guichet::count_characters(name_) > kLongestName)
        problems_.add("name", guichet::fill(ctx_.tr("Use at most %1 characters."), {std::to_string(kLongestName)}));
}

// Only what the form shows is taken.
void RequestForm::check_custom() {
    auto shown = ctx_.object();
    const auto fields = public_ones(ctx_, ctx_.fields(kTicket, GUICHET_AUDIENCE_PUBLIC));
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto code = fields[i]["code"].text().value_or("");
        if (const auto typed = typed_custom_[code]) shown.set(code, typed);
    }
    problems_.merge_fields(kTicket, GUICHET_AUDIENCE_PUBLIC, {}, shown);
    custom_ = shown;
}

Value RequestForm::ticket() const {
    auto out = ctx_.object();
    for (const auto& field : fields_)
        if (!field.value.empty()) out.set(field.code, field.value);
    if (!out["description"]) out.set("description", "");
    if (custom_ && custom_.size() > 0) out.set("custom", custom_);
    if (!name_.empty()) out.set("requester_name", name_);
    return out.set("channel", "web").set("language", ctx_.language());
}

std::string RequestForm::content(Request request) const {
    std::string out;
    const auto add = [&](std::string_view text) { out.append(text).push_back('\0'); };
    add(email_), add(name_);
    for (const auto& field : fields_) add(field.code), add(field.value);
    for (std::size_t i = 0; i < typed_custom_.size(); ++i)
        add(typed_custom_.key(i)), add(typed_custom_[typed_custom_.key(i)].text().value_or(""));
    for (std::size_t i = 0; const auto upload = request.upload(i); ++i) add(upload->filename), add(std::to_string(upload->bytes));
    return out;
}

void RequestForm::add_control(Value control) const {
    const auto code = control["code"].text().value_or("");
    const auto field = std::ranges::find(fields_, code, &Field::code);
    control.set("value", field == fields_.end() ? std::string_view{} : std::string_view{field->value});
    control.set("error", problems_.by_field()[code]);
    if (is_list(code)) control.set("options", options(ctx_, code));
}

Value RequestForm::sections() const {
    const auto custom = guichet::field_controls(ctx_, kTicket, GUICHET_AUDIENCE_PUBLIC, {}, typed_custom_, problems_.by_field());
    auto arranged = guichet::arranged_form(ctx_, kTicket, GUICHET_AUDIENCE_PUBLIC, public_ones(ctx_, custom));
    for (const auto* part : {"fields", "more"})
        for (std::size_t i = 0; i < arranged[part].size(); ++i)
            if (arranged[part][i]["standard"].boolean().value_or(false)) add_control(arranged[part][i]);
    return arranged;
}

void RequestForm::show(Value data) const {
    data.set("form", ctx_.object().set("email", email_).set("name", name_)).set("sections", sections());
    data.set("errors", problems_.by_field()).set("files", settings_.attachments);
    data.set("helps", ctx_.exec("select category, body from category_help where language = $1 order by category", ctx_.language()).value());
    data.set("legal", settings_.text("legal")).set("asks_address", asks_address_);
}

}  // namespace public_form
