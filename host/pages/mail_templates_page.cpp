#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "abi/mail_templates.hpp"
#include "base/strings.hpp"
#include "mail/address.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/mail/templates";
constexpr std::size_t kLongestSubject = 400;
constexpr std::size_t kLongestBody = 50'000;

std::vector<mail::Template> all_templates(const Call& call) {
    auto all = mail::host_templates();
    for (const auto& generation : call.ctx.snapshot->generations())
        for (auto& declared : abi::mail_templates(*generation)) all.push_back(std::move(declared));
    return all;
}

std::string_view label_of(const Call& call, const mail::Template& t, std::string_view msgid) {
    return call.ctx.snapshot->catalogs().text(t.plugin_id, call.ctx.language, msgid);
}

std::string language_of(const Call& call) {
    auto wanted = std::string{call.request.query_value("lang").value_or(call.ctx.language)};
    return std::ranges::find(i18n::kLanguages, wanted) == std::end(i18n::kLanguages) ? std::string{i18n::kDefaultLanguage} : wanted;
}

std::string path_of(const mail::Template& t, std::string_view language) {
    return std::string{kPath} + "/" + http::percent_encode(t.id) + "?lang=" + std::string{language};
}

http::Response get_list(Call& call) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Mail templates")});
    const auto changed = call.site.pool.exec("select template_id, string_agg(language, ',' order by language) from core.mail_template_text group by template_id");
    auto* templates = data->add_array("templates");
    for (const auto& t : all_templates(call)) {
        auto* entry = templates->add_object({});
        entry->set("id", std::string_view{t.id});
        entry->set("label", label_of(call, t, t.label));
        entry->set("path", std::string_view{path_of(t, call.ctx.language)});
        for (std::size_t i = 0; i < changed.size(); ++i)
            if (changed.text(i, 0) == t.id) entry->set("changed", changed.text(i, 1));
    }
    return web::page(call, "mail_templates.html", *data);
}

// What a placeholder is shown as in a preview: what it stands for, in words.
mail::Values samples(const Call& call, const mail::Template& t) {
    mail::Values values;
    for (const auto& [name, label] : t.placeholders) {
        values[name] = mail::names_address(name) ? "https://example.org/" + http::percent_encode(name) : std::string{label_of(call, t, label)};
    }
    return values;
}

struct Edit {
    const mail::Template& source;
    std::string language;
    mail::TemplateText text;
    bool stored = false, preview = false;
    const Value* errors = nullptr;
    std::string message;
};

void add_placeholders(Call& call, Value& data, const mail::Template& t) {
    auto* placeholders = data.add_array("placeholders");
    for (const auto& [name, label] : t.placeholders) {
        auto* entry = placeholders->add_object({});
        entry->set("code", std::string_view{"{{" + name + "}}"});
        entry->set("label", label_of(call, t, label));
    }
}

void add_languages(Value& data, const Edit& edit) {
    auto* languages = data.add_array("languages");
    for (const auto language : i18n::kLanguages) {
        auto* entry = languages->add_object({});
        entry->set("code", language);
        entry->set("path", std::string_view{path_of(edit.source, language)});
        entry->set("current", language == edit.language);
    }
}

http::Response show(Call& call, const Edit& edit, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", label_of(call, edit.source, edit.source.label));
    data->set("id", std::string_view{edit.source.id});
    data->set("path", std::string_view{path_of(edit.source, edit.language)});
    data->set("original_path", std::string_view{std::string{kPath} + "/" + http::percent_encode(edit.source.id) + "/original?lang=" + edit.language});
    data->set("subject", std::string_view{edit.text.subject});
    data->set("body", std::string_view{edit.text.body});
    data->set("stored", edit.stored);
    data->set("message", std::string_view{edit.message});
    data->set("errors", edit.errors ? edit.errors : Value::object(call.ctx.arena));
    add_languages(*data, edit);
    add_placeholders(call, *data, edit.source);
    if (edit.preview) {
        const auto rendered = mail::render(edit.text, samples(call, edit.source));
        auto* preview = data->add_object("preview");
        preview->set("subject", std::string_view{rendered.subject});
        preview->set("text", std::string_view{rendered.text});
        preview->set("html", Value::html(call.ctx.arena, rendered.html));
    }
    return web::page(call, "mail_template.html", *data, status);
}

std::optional<mail::Template> wanted_template(const Call& call) {
    for (auto& t : all_templates(call))
        if (t.id == call.param("id")) return std::move(t);
    return std::nullopt;
}

http::Response get_template(Call& call) {
    const auto t = wanted_template(call);
    if (!t || t->texts.empty()) return web::not_found(call);
    const auto language = language_of(call);
    auto lease = call.site.pool.acquire();
    const auto stored = mail::stored_text(*lease, t->id, language);
    lease.release();
    const auto done = call.request.query_value("done").value_or("");
    std::string message;
    if (done == "saved") message = call.tr("The template is saved.");
    if (done == "original") message = call.tr("The original text is back.");
    return show(call, {*t, language, stored ? *stored : *t->first_text(language), stored.has_value(), true, nullptr, message}, 200);
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

const Value* check(Call& call, const mail::Template& t, const mail::TemplateText& text) {
    auto* errors = Value::object(call.ctx.arena);
    if (text.subject.empty()) errors->set("subject", std::string_view{call.tr("Enter a subject.")});
    else if (text.subject.size() > kLongestSubject || !mail::is_header_text(text.subject))
        errors->set("subject", std::string_view{call.tr("A subject has one line and at most 400 characters.")});
    if (base::trim(text.body).empty()) errors->set("body", std::string_view{call.tr("Enter a text.")});
    else if (text.body.size() > kLongestBody) errors->set("body", std::string_view{call.tr("The text is too long.")});
    for (const auto& [field, content] : {std::pair{"subject", &text.subject}, {"body", &text.body}})
        if (const auto unknown = mail::unknown_placeholders(*content, t.placeholders); !unknown.empty())
            errors->set(field, std::string_view{call.tr("There is no such placeholder:") + " " + joined(unknown)});
    return errors->size() > 0 ? errors : nullptr;
}

std::string with_unix_lines(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != '\r') out += c;
    return out;
}

http::Response post_template(Call& call) {
    const auto t = wanted_template(call);
    if (!t || t->texts.empty()) return web::not_found(call);
    const auto language = language_of(call);
    const mail::TemplateText text{std::string{base::trim(call.form_value("subject"))}, with_unix_lines(call.form_value("body"))};
    const auto* errors = check(call, *t, text);
    const bool preview = call.form_value("do") == "preview";
    if (errors || preview) return show(call, {*t, language, text, true, !errors, errors, {}}, errors ? 422 : 200);
    db::Transaction transaction{call.site.pool};
    transaction.exec("insert into core.mail_template_text (template_id, language, subject, body, updated_by) values ($1, $2, $3, $4, $5)"
                     " on conflict (template_id, language) do update set subject = excluded.subject, body = excluded.body, updated_at = now(),"
                     " updated_by = excluded.updated_by",
                     {t->id, language, text.subject, text.body, call.ctx.principal.user_id});
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.mail_template_saved", "mail_template/" + t->id + "/" + language));
    transaction.commit();
    return web::redirect(path_of(*t, language) + "&done=saved");
}

http::Response post_original(Call& call) {
    const auto t = wanted_template(call);
    if (!t) return web::not_found(call);
    const auto language = language_of(call);
    db::Transaction transaction{call.site.pool};
    transaction.exec("delete from core.mail_template_text where template_id = $1 and language = $2", {t->id, language});
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.mail_template_original", "mail_template/" + t->id + "/" + language));
    transaction.commit();
    return web::redirect(path_of(*t, language) + "&done=original");
}

}  // namespace

std::vector<web::HostRoute> mail_templates_routes() {
    const std::string permission = "core.mail";
    return {
        {"GET", std::string{kPath}, permission, false, get_list},
        {"GET", "/admin/mail/templates/{id}", permission, false, get_template},
        {"POST", "/admin/mail/templates/{id}", permission, false, post_template},
        {"POST", "/admin/mail/templates/{id}/original", permission, false, post_original},
    };
}

}  // namespace host::pages
