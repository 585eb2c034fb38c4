#include "pages/routes.hpp"

#include "abi/audit.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/strings.hpp"
#include "core/settings.hpp"
#include "mail/address.hpp"
#include "mail/layout.hpp"
#include "mail/message.hpp"
#include "mail/senders.hpp"
#include "mail/templates.hpp"

#include <charconv>

namespace host::pages {
namespace {

using base::Value;
using web::Call;

constexpr std::string_view kPath = "/admin/mail/senders";
const mail::SmtpTimes kTestTimes{std::chrono::seconds{8}, std::chrono::seconds{20}};  // somebody waits for it

mail::Senders senders_of(Call& call) { return {call.site.pool, call.site.services.settings->secrets()}; }

Value* choice(Call& call, std::string_view value, std::string_view label) {
    auto* option = Value::object(call.ctx.arena);
    option->set("value", value);
    option->set("label", std::string_view{call.tr(label)});
    return option;
}

// --- list ---

struct Test {
    std::string code, to, answer, error;
    bool sent = false;
};

http::Response show_list(Call& call, std::string_view message, const Test& test, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{call.tr("Senders")});
    const auto rows = call.site.pool.exec(
        "select code, name, address, host, port, security, failures, last_error, case when paused_until > clock_timestamp() then paused_until end as paused_until"
        " from core.mail_sender order by position, code");
    data->set("senders", rows.to_value(call.ctx.arena));
    data->set("message", message);
    auto* shown = data->add_object("test");
    shown->set("code", std::string_view{test.code});
    shown->set("to", std::string_view{test.to.empty() ? call.ctx.principal.email : test.to});
    shown->set("answer", std::string_view{test.answer});
    shown->set("error", std::string_view{test.error});
    shown->set("sent", test.sent);
    return web::page(call, "mail_senders.html", *data, status);
}

http::Response get_list(Call& call) {
    const auto done = call.request.query_value("done").value_or("");
    std::string message;
    if (done == "saved") message = call.tr("The sender is saved.");
    if (done == "deleted") message = call.tr("The sender is deleted.");
    if (done == "default") message = call.tr("This sender is now the default one.");
    return show_list(call, message, {}, 200);
}

// --- form ---

struct Form {
    std::string code, name, address, reply_to, host, port = "587", security = "starttls", username, password, ca_file;
    bool is_new = true, has_password = false, forget_password = false;
};

Form to_form(const mail::Sender& s) {
    return {s.code, s.name, s.address, s.reply_to, s.server.host, std::to_string(s.server.port), std::string{mail::to_text(s.server.security)},
            s.server.username, {}, s.server.ca_file, false, s.has_password, false};
}

http::Response show_form(Call& call, const Form& form, const Value* errors, int status) {
    auto* data = Value::object(call.ctx.arena);
    data->set("title", std::string_view{form.is_new ? call.tr("Add a sender") : form.code});
    auto* shown = data->add_object("form");
    for (const auto& [name, value] : {std::pair{"code", &form.code}, {"name", &form.name}, {"address", &form.address}, {"reply_to", &form.reply_to},
                                      {"host", &form.host}, {"port", &form.port}, {"security", &form.security}, {"username", &form.username}, {"ca_file", &form.ca_file}})
        shown->set(name, std::string_view{*value});
    shown->set("is_new", form.is_new);
    shown->set("has_password", form.has_password);
    auto* securities = data->add_array("securities");
    securities->push(choice(call, "starttls", "STARTTLS (usually port 587)"));
    securities->push(choice(call, "tls", "TLS from the start (usually port 465)"));
    securities->push(choice(call, "none", "None (a server on this machine only)"));
    data->set("errors", errors ? errors : Value::object(call.ctx.arena));
    return web::page(call, "mail_sender.html", *data, status);
}

Form read_form(Call& call) {
    const auto get = [&](std::string_view name) { return std::string{base::trim(call.form_value(name))}; };
    Form form{get("code"), get("name"), get("address"), get("reply_to"), get("host"), get("port"), get("security"), get("username"), {}, get("ca_file")};
    form.password = call.form_value("password");
    form.forget_password = !call.form_value("forget_password").empty();
    return form;
}

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 40 && text[0] >= 'a' && text[0] <= 'z' &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
    });
}

bool is_loopback(std::string_view host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

int to_port(std::string_view text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port > 0 && port <= 65535 ? port : 0;
}

const Value* check(Call& call, const Form& form) {
    auto* errors = Value::object(call.ctx.arena);
    const auto require = [&](bool holds, std::string_view field, std::string_view message) {
        if (!holds && !errors->get(field)) errors->set(field, std::string_view{call.tr(message)});
    };
    require(is_code(form.code), "code", "Use small letters, digits and _, a letter first.");
    require(mail::is_header_text(form.name) && form.name.size() <= 120, "name", "Use at most 120 characters on one line.");
    require(mail::is_address(form.address), "address", "This is no e-mail address.");
    require(form.reply_to.empty() || mail::is_address(form.reply_to), "reply_to", "This is no e-mail address.");
    require(is_host(form.host), "host", "Enter the name of a server.");
    require(to_port(form.port) != 0, "port", "A port is a number from 1 to 65535.");
    require(mail::to_security(form.security).has_value(), "security", "Choose one of these.");
    require(form.security != "none" || is_loopback(form.host), "security", "Only a server on this machine may be spoken to without encryption.");
    require(form.username.size() <= 200 && mail::is_header_text(form.username), "username", "Use at most 200 characters on one line.");
    require(form.password.size() <= 500 && mail::is_header_text(form.password), "password", "Use at most 500 characters on one line.");
    require(form.ca_file.size() <= 500 && (form.ca_file.empty() || form.ca_file.starts_with('/')), "ca_file", "Enter the whole path of the file.");
    return errors->size() > 0 ? errors : nullptr;
}

mail::Sender to_sender(const Form& form) {
    mail::Sender s;
    s.code = form.code;
    s.name = form.name;
    s.address = form.address;
    s.reply_to = form.reply_to;
    s.server = {form.host, static_cast<std::uint16_t>(to_port(form.port)), *mail::to_security(form.security), form.username, {}, form.ca_file};
    return s;
}

http::Response save(Call& call, const Form& form) {
    if (const auto* errors = check(call, form)) return show_form(call, form, errors, 422);
    std::optional<std::string> password;
    if (!form.password.empty() || form.forget_password) password = form.password;
    db::Transaction transaction{call.site.pool};
    if (form.is_new && !transaction.exec("select 1 from core.mail_sender where code = $1", {form.code}).empty()) {
        auto* errors = Value::object(call.ctx.arena);
        errors->set("code", std::string_view{call.tr("There is a sender of this code already.")});
        return show_form(call, form, errors, 422);
    }
    senders_of(call).save(transaction.connection(), to_sender(form), password);
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.mail_sender_saved", "mail_sender/" + form.code));
    transaction.commit();
    return web::redirect(std::string{kPath} + "?done=saved");
}

http::Response get_new(Call& call) { return show_form(call, {}, nullptr, 200); }
http::Response post_new(Call& call) { return save(call, read_form(call)); }

http::Response get_edit(Call& call) {
    const auto sender = senders_of(call).find(call.param("code"));
    return sender ? show_form(call, to_form(*sender), nullptr, 200) : web::not_found(call);
}

http::Response post_edit(Call& call) {
    const auto stored = senders_of(call).find(call.param("code"));
    if (!stored) return web::not_found(call);
    auto form = read_form(call);
    form.code = stored->code;
    form.is_new = false;
    form.has_password = stored->has_password;
    return save(call, form);
}

template <void (mail::Senders::*Change)(db::Connection&, std::string_view) const>
http::Response change(Call& call, std::string_view action, std::string_view done) {
    db::Transaction transaction{call.site.pool};
    (senders_of(call).*Change)(transaction.connection(), call.param("code"));
    core::audit(transaction.connection(), abi::audit_line(call.ctx, action, "mail_sender/" + call.param("code")));
    transaction.commit();
    return web::redirect(std::string{kPath} + "?done=" + std::string{done});
}

http::Response post_delete(Call& call) { return change<&mail::Senders::remove>(call, "core.mail_sender_deleted", "deleted"); }
http::Response post_default(Call& call) { return change<&mail::Senders::make_default>(call, "core.mail_sender_default", "default"); }

// --- test ---

mail::Message test_message(Call& call, const mail::Sender& sender, const std::string& to) {
    const auto text = mail::text_in_force(*call.site.pool.acquire(), mail::host_templates().front(), call.ctx.language);
    const auto rendered = mail::render(text, {{"sender", sender.name.empty() ? sender.code : sender.name}, {"user", call.ctx.principal.name}});
    mail::Message m;
    m.from_name = sender.name;
    m.from_address = sender.address;
    m.to_address = to;
    m.reply_to = sender.reply_to;
    m.message_id = base::random_token(18) + "@" + std::string{mail::domain_of(sender.address)};
    m.subject = rendered.subject;
    m.text = rendered.text;
    m.html = mail::lay_out(rendered.html, rendered.subject, call.ctx.language);
    m.date_us = base::now_us();
    m.headers = {{"Auto-Submitted", "auto-generated"}};
    return m;
}

http::Response post_test(Call& call) {
    const auto sender = senders_of(call).find(call.param("code"));
    if (!sender) return web::not_found(call);
    Test test{sender->code, std::string{base::trim(call.form_value("to"))}, {}, {}};
    if (!mail::is_address(test.to)) {
        test.error = call.tr("This is no e-mail address.");
        return show_list(call, {}, test, 422);
    }
    const auto outcome = mail::send(sender->server, sender->address, test.to, mail::to_mime(test_message(call, *sender, test.to)), kTestTimes, [] {});
    test.sent = outcome.kind == mail::Outcome::Kind::sent;
    test.answer = outcome.answer;
    core::audit(call.site.pool, abi::audit_line(call.ctx, "core.mail_sender_tested", "mail_sender/" + sender->code));
    return show_list(call, {}, test, 200);
}

}  // namespace

std::vector<web::HostRoute> mail_senders_routes() {
    const std::string permission = "core.mail";
    return {
        {"GET", std::string{kPath}, permission, false, get_list},
        {"GET", "/admin/mail/senders/new", permission, false, get_new},
        {"POST", "/admin/mail/senders/new", permission, false, post_new},
        {"GET", "/admin/mail/senders/{code}", permission, false, get_edit},
        {"POST", "/admin/mail/senders/{code}", permission, false, post_edit},
        {"POST", "/admin/mail/senders/{code}/delete", permission, false, post_delete},
        {"POST", "/admin/mail/senders/{code}/default", permission, false, post_default},
        {"POST", "/admin/mail/senders/{code}/test", permission, false, post_test},
    };
}

}  // namespace host::pages
