#include "mailbox_page.hpp"

#include "fetch.hpp"
#include "mailbox_input.hpp"
#include "validation.hpp"
#include "warnings.hpp"

namespace mailbox {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/admin/mailboxes";
constexpr int kTestTimeoutS = 8;  // somebody waits for it

std::string path_of(int64_t id) { return std::string{kPath} + "/" + std::to_string(id); }

Value choice(Ctx ctx, std::string_view value, std::string_view label) { return ctx.object().set("value", value).set("label", label); }

Value breadcrumb(Ctx ctx, std::string_view title) {
    return ctx.array().push(ctx.object().set("label", ctx.tr("Mailboxes")).set("url", kPath)).push(ctx.object().set("label", title));
}

void add_choices(Ctx ctx, Value& data) {
    data.set("protocols", ctx.array()
                              .push(choice(ctx, "imap", "IMAP"))
                              .push(choice(ctx, "pop3", "POP3"))
                              .push(choice(ctx, "none", ctx.tr("None: a mail server on this machine hands mails over"))));
    data.set("securities", ctx.array()
                               .push(choice(ctx, "tls", ctx.tr("TLS from the start (usually port 993 for IMAP, 995 for POP3)")))
                               .push(choice(ctx, "starttls", ctx.tr("STARTTLS (usually port 143 for IMAP, 110 for POP3)")))
                               .push(choice(ctx, "none", ctx.tr("None (a server on this machine only)"))));
    data.set("afterwards", ctx.array()
                               .push(choice(ctx, "seen", ctx.tr("Stays there, marked as read")))
                               .push(choice(ctx, "move", ctx.tr("Is moved to another folder")))
                               .push(choice(ctx, "delete", ctx.tr("Is deleted there"))));
    data.set("languages", ctx.array().push(choice(ctx, "fr", "Français")).push(choice(ctx, "en", "English")));
    auto senders = ctx.array();
    const auto rows = ctx.exec("select code, name, address from core.mail_sender_v1 order by is_default desc, code");
    for (std::size_t i = 0; i < rows.size(); ++i)
        senders.push(choice(ctx, rows.text(i, 0), std::string{rows.text(i, 1)} + " <" + std::string{rows.text(i, 2)} + ">"));
    auto types = ctx.array();
    const auto items = ctx.list("tickets.type");
    for (std::size_t i = 0; i < items.size(); ++i) types.push(ctx.object().set("value", items[i]["code"]).set("label", items[i]["label"]));
    auto teams = ctx.array();
    const auto known = ctx.teams();
    for (std::size_t i = 0; i < known.size(); ++i)
        teams.push(choice(ctx, std::to_string(known[i]["id"].integer().value_or(0)), known[i]["name"].text().value_or("")));
    data.set("senders", senders).set("types", types).set("teams", teams);
}

struct Form {
    std::optional<int64_t> id;
    MailboxInput input;
    int64_t version = 0;
    bool has_password = false;
    Value errors{};
};

std::optional<int64_t> id_of(Request request) { return request.param("id") ? std::optional{request.id()} : std::nullopt; }

void send_form(Ctx ctx, Request request, const Form& form) {
    const auto title = ctx.tr(form.id ? "Edit a mailbox" : "Add a mailbox");
    auto shown =
        ctx.object().set("active", form.input.active).set("from_start", form.input.from_start).set("has_password", form.has_password);
    for (const auto& [name, text] : form.input.texts) shown.set(name, text);
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, title)).set("id", form.id).set("version", form.version);
    add_choices(ctx, data);
    request.page("mailbox/form.html", data.set("form", shown).set("errors", form.errors));
}

void enqueue_fetch(Ctx ctx, int64_t mailbox) {
    ctx.enqueue("mailbox.fetch_one", ctx.object().set("id", mailbox), "fetch-" + std::to_string(mailbox));
}

struct Tested {
    std::optional<ServerError::Step> failed;
    std::string why;
    uint32_t mails = 0;
};

Tested try_connection(Server server) {
    server.timeout_s = kTestTimeoutS;
    try {
        return {std::nullopt, {}, open_inbox(server)->count()};
    } catch (const ServerError& error) {
        return {error.step(), error.what(), 0};
    }
}

// Each step up to the one that failed: [{label, ok, why?}].
Value steps_of(Ctx ctx, const Tested& tested, Server::Security security) {
    using Step = ServerError::Step;
    auto out = ctx.array();
    for (const auto& [step, label] : {std::pair{Step::connect, "Connection to the server"},
                                      {Step::certificate, "Encryption and certificate"},
                                      {Step::login, "Login and password"},
                                      {Step::folder, "Folder"}}) {
        if (step == Step::certificate && security == Server::Security::none) continue;
        const bool failed = tested.failed == step;
        out.push(ctx.object()
                     .set("label", ctx.tr(label))
                     .set("ok", !failed)
                     .set("why", failed ? described_reason(ctx, tested.why) : std::string{}));
        if (failed) break;
    }
    return out;
}

void send_page(Ctx ctx, Request request, std::string_view message, const Tested* tested) {
    const auto row = mailbox_row(ctx, request.id());
    const auto name = row["name"].text().value_or("");
    auto data = ctx.object().set("title", name).set("breadcrumb", breadcrumb(ctx, name)).set("mailbox", row).set("message", message);
    if (tested) {
        const auto mailbox = load_mailbox(ctx, request.id());
        data.set("test", ctx.object()
                             .set("steps", steps_of(ctx, *tested, mailbox.server.security))
                             .set("ok", !tested->failed)
                             .set("mails", tested->mails));
    }
    data.set("senders", !ctx.exec("select 1 from core.mail_sender_v1 limit 1").empty());
    request.page("mailbox/show.html", data);
}

}  // namespace

void show_mailboxes(Ctx ctx, Request request) {
    request.page("mailbox/list.html", ctx.object().set("title", ctx.tr("Mailboxes")).set("mailboxes", mailbox_rows(ctx)));
}

void show_mailbox_form(Ctx ctx, Request request) {
    const auto id = id_of(request);
    if (!id) return send_form(ctx, request, {std::nullopt, new_mailbox(ctx), 0, false, {}});
    const auto row = mailbox_row(ctx, *id);
    send_form(ctx, request,
              {id, stored_mailbox(row), row["version"].integer().value_or(0), row["has_password"].boolean().value_or(false), {}});
}

void save_mailbox(Ctx ctx, Request request) {
    auto id = id_of(request);
    auto input = read_form(request);
    const auto version = guichet::to_integer(request.form("version").value_or(""));
    const auto row = id ? mailbox_row(ctx, *id) : Value{};
    guichet::Problems problems{ctx};
    check(ctx, input, problems);
    try {
        if (!problems && id) change_mailbox(ctx, *id, version, input);
        else if (!problems) id = add_mailbox(ctx, input);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        problems.add(error.field() == "address" ? "address" : "name", error.what());
    }
    if (!problems) return request.redirect(path_of(*id));
    request.status(422);
    send_form(ctx, request,
              {id, std::move(input), version.value_or(0), row["has_password"].boolean().value_or(false), problems.by_field()});
}

void delete_mailbox(Ctx ctx, Request request) {
    const auto row = mailbox_row(ctx, request.id());
    if (request.form("confirmed") != "1")
        return request.page("mailbox/delete.html", ctx.object().set("title", ctx.tr("Delete this mailbox?")).set("mailbox", row));
    try {
        remove_mailbox(ctx, request.id());
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        request.status(409);
        return send_page(ctx, request, error.what(), nullptr);
    }
    request.redirect(kPath);
}

void show_mailbox(Ctx ctx, Request request) {
    const auto done = request.query("done").value_or("");
    std::string_view message;
    if (done == "sent")
        message = ctx.tr("Two mails were sent to the address. As soon as one of them has come back, the mailbox is in use.");
    if (done == "fetch") message = ctx.tr("The mailbox is being asked for new mails.");
    send_page(ctx, request, message, nullptr);
}

void test_connection(Ctx ctx, Request request) {
    const auto tested = try_connection(load_mailbox(ctx, request.id()).server);
    send_page(ctx, request, "", &tested);
}

void validate_address(Ctx ctx, Request request) {
    const bool sent = send_code(ctx, request.id());
    if (sent) enqueue_fetch(ctx, request.id());
    request.redirect(path_of(request.id()) + (sent ? "?done=sent" : "?done=no_sender"));
}

void fetch_now(Ctx ctx, Request request) {
    ctx.exec("update mailbox set paused_until = null where id = $1", request.id());
    enqueue_fetch(ctx, request.id());
    request.redirect(path_of(request.id()) + "?done=fetch");
}

int64_t count_troubles(Ctx ctx) {
    return ctx
        .exec(
            "select (select count(*) from mailbox where active and last_error <> '') + (select count(*) from inbound_mail where state = "
            "'quarantine')")
        .i64(0, 0);
}

}  // namespace mailbox
