#include "abi/guard.hpp"
#include "abi/mail_templates.hpp"
#include "abi/tables.hpp"
#include "base/clock.hpp"
#include "base/strings.hpp"
#include "file/files.hpp"
#include "i18n/catalogs.hpp"
#include "i18n/format.hpp"
#include "mail/layout.hpp"
#include "mail/queue.hpp"

#include <algorithm>
#include <stdexcept>

namespace host::abi {
namespace {

using base::Value;

// What the caller has to change: member, message.
struct Wrong {
    std::string member, message;
};

constexpr std::string_view kMembers[] = {"to",          "to_name",    "language", "sender",  "reply_to",    "message_id",
                                         "in_reply_to", "references", "subject",  "headers", "attachments", "return_path"};

std::string text_member(const Value& envelope, std::string_view name) {
    const auto* value = envelope.get(name);
    if (!value || value->is(Value::Type::null)) return {};
    if (!value->is(Value::Type::string)) throw Wrong{std::string{name}, "this must be text"};
    return std::string{value->as_string()};
}

const Value* member(const Value& envelope, std::string_view name, Value::Type type) {
    const auto* value = envelope.get(name);
    if (!value || value->is(Value::Type::null)) return nullptr;
    if (!value->is(type)) throw Wrong{std::string{name}, type == Value::Type::array ? "this must be an array" : "this must be an object"};
    return value;
}

std::string shown(const guichet_ctx& ctx, const Value& value, std::string_view language) {
    switch (value.type()) {
        case Value::Type::string:
        case Value::Type::html: return std::string{value.as_string()};
        case Value::Type::integer: return i18n::format_integer(value.as_integer(), language);
        case Value::Type::time: return i18n::format_time(value.as_integer(), i18n::DateStyle::datetime, language, ctx.principal.zone, base::now_us());
        case Value::Type::null: return {};
        default: throw Wrong{"data", "a placeholder is given text, an integer or a time"};
    }
}

mail::Values values_of(const guichet_ctx& ctx, const Value* data, std::string_view language) {
    mail::Values values;
    for (std::size_t i = 0; data && i < data->size(); ++i) {
        auto text = shown(ctx, *data->at(i), language);
        if (mail::names_address(data->key(i)) && text.starts_with('/') && !text.starts_with("//")) text.insert(0, ctx.services.site_url);
        values.emplace(data->key(i), std::move(text));
    }
    return values;
}

mail::NewMail read_envelope(const guichet_ctx& ctx, const Value& envelope) {
    if (!envelope.is(Value::Type::object)) throw Wrong{"envelope", "this must be an object"};
    for (std::size_t i = 0; i < envelope.size(); ++i)
        if (std::ranges::find(kMembers, envelope.key(i)) == std::end(kMembers)) throw Wrong{std::string{envelope.key(i)}, "there is no such member"};
    mail::NewMail out;
    out.plugin_id = ctx.generation->id();
    out.language = text_member(envelope, "language");
    if (out.language.empty()) out.language = ctx.language;
    if (std::ranges::find(i18n::kLanguages, out.language) == std::end(i18n::kLanguages)) throw Wrong{"language", "there is no such language"};
    out.to_address = text_member(envelope, "to");
    out.to_name = text_member(envelope, "to_name");
    out.sender = text_member(envelope, "sender");
    out.reply_to = text_member(envelope, "reply_to");
    out.message_id = text_member(envelope, "message_id");
    out.in_reply_to = text_member(envelope, "in_reply_to");
    out.subject = text_member(envelope, "subject");
    out.return_path = text_member(envelope, "return_path");
    if (const auto* ids = member(envelope, "references", Value::Type::array))
        for (std::size_t i = 0; i < ids->size(); ++i) out.references.emplace_back(ids->at(i)->as_string());
    if (const auto* headers = member(envelope, "headers", Value::Type::object))
        for (std::size_t i = 0; i < headers->size(); ++i) out.headers.emplace_back(headers->key(i), headers->at(i)->as_string());
    out.request_id = ctx.request_id;
    out.created_by = ctx.principal.user_id;
    return out;
}

// RFC 3834: machines must not answer what a machine wrote. Who sends a person's words says "Auto-Submitted: no".
void mark_automatic(mail::NewMail& mail) {
    for (const auto& [name, value] : mail.headers)
        if (base::lower_ascii(name) == "auto-submitted") return;
    mail.headers.emplace_back("Auto-Submitted", "auto-generated");
    mail.headers.emplace_back("X-Auto-Response-Suppress", "All");
}

void attach(guichet_ctx& ctx, const Value& envelope, mail::NewMail& mail) {
    const auto* ids = member(envelope, "attachments", Value::Type::array);
    for (std::size_t i = 0; ids && i < ids->size(); ++i) {
        if (!ids->at(i)->is(Value::Type::integer)) throw Wrong{"attachments", "these must be ids of files"};
        const auto copy = ctx.services.files->share(ctx.connection(), ctx.generation->id(), ids->at(i)->as_integer(), "core");
        if (!copy) throw Wrong{"attachments", "one of these files does not exist"};
        mail.files.push_back(*copy);
    }
}

// Without one nothing can be sent, and once there is one, nobody wants to read what happened before.
bool any_sender(guichet_ctx& ctx) { return ctx.connection().exec("select exists (select from core.mail_sender)", {}).boolean(0, 0); }

void check_sender(guichet_ctx& ctx, const mail::NewMail& mail) {
    if (!mail.sender.empty() && ctx.connection().exec("select 1 from core.mail_sender where code = $1", {mail.sender}).empty())
        throw Wrong{"sender", "there is no such sender"};
}

guichet_status queue(guichet_ctx& ctx, std::string_view template_id, const Value& envelope, const Value* data, int64_t* mail_id) {
    const auto& declared = ctx.generation->manifest().mail_templates;
    const auto it = std::ranges::find(declared, template_id, &plugin::Manifest::MailTemplate::id);
    if (it == declared.end()) throw Wrong{"template", "plugin.json declares no mail template of this id"};
    auto mail = read_envelope(ctx, envelope);
    mail.template_id = template_id;
    const auto text = mail::text_in_force(ctx.connection(), mail_template(*ctx.generation, *it), mail.language);
    auto rendered = mail::render(text, values_of(ctx, data, mail.language));
    if (mail.subject.empty()) mail.subject = std::move(rendered.subject);
    mail.text = std::move(rendered.text);
    mail.html = mail::lay_out(rendered.html, mail.subject, mail.language);
    mark_automatic(mail);
    if (const auto problems = mail::check(mail); !problems.empty()) throw Wrong{problems.front().path, problems.front().message};
    *mail_id = 0;
    if (!any_sender(ctx)) return GUICHET_OK;
    check_sender(ctx, mail);
    attach(ctx, envelope, mail);
    *mail_id = mail::enqueue(ctx.connection(), mail);
    return GUICHET_OK;
}

guichet_status send(guichet_ctx* ctx, guichet_str template_id, const guichet_value* envelope, const guichet_value* data, int64_t* mail_id) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->depth() == 0) return record(*ctx, GUICHET_E_STATE, "a mail is written inside a transaction");
        try {
            return queue(*ctx, view(template_id), *unwrap(envelope), unwrap(data), mail_id);
        } catch (const Wrong& wrong) {
            return record(*ctx, GUICHET_E_INVALID, wrong.message, wrong.member);
        }
    });
}

guichet_value* status(guichet_ctx* ctx, int64_t mail_id) noexcept {
    try {
        constexpr std::string_view kSql = "select id, state, attempts, last_error, message_id, sent_at from core.mail_v1 where id = $1 and plugin_id = $2";
        const auto& plugin = ctx->generation->id();
        const auto row = ctx->depth() > 0 ? ctx->connection().exec(kSql, {mail_id, plugin}) : ctx->services.pool->exec(kSql, {mail_id, plugin});
        return row.empty() ? nullptr : wrap(row.row_value(ctx->arena, 0));
    } catch (...) {
        record_current_exception(*ctx);
        return nullptr;
    }
}

guichet_status bounced(guichet_ctx* ctx, int64_t mail_id, guichet_str message_id, guichet_str diagnostic) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->depth() == 0) return record(*ctx, GUICHET_E_STATE, "a mail comes back inside a transaction");
        if (mail::note_bounce(ctx->connection(), mail_id, view(message_id), view(diagnostic))) return GUICHET_OK;
        return record(*ctx, GUICHET_E_NOT_FOUND, "no such mail was sent");
    });
}

}  // namespace

const guichet_mail_v1 kMailTable = {{sizeof(guichet_mail_v1), 1, 0}, send, status, bounced};

}  // namespace host::abi
