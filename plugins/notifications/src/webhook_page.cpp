#include "webhook_page.hpp"

#include "webhook_store.hpp"

#include <guichet/sdk/outgoing_url.hpp>

namespace notifications {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/admin/webhooks";
constexpr int kPerPage = 25;

std::string path_of(int64_t id) { return std::string{kPath} + "/" + std::to_string(id); }

Value breadcrumb(guichet::Ctx ctx, std::string_view title) {
    return ctx.array().push(ctx.object().set("label", ctx.tr("Webhooks")).set("url", kPath)).push(ctx.object().set("label", title));
}

Value events(guichet::Ctx ctx, const Webhook& webhook) {
    auto out = ctx.array();
    for (const auto& event : kWebhookEvents)
        out.push(ctx.object()
                     .set("value", event.id)
                     .set("label", ctx.tr(event.label))
                     .set("checked", std::ranges::find(webhook.events, event.id) != webhook.events.end()));
    return out;
}

std::string_view label_of(guichet::Ctx ctx, std::string_view event) {
    const auto* it = std::ranges::find(kWebhookEvents, event, &WebhookEvent::id);
    return ctx.tr(it == kWebhookEvents.end() ? "A trial" : it->label);
}

void add_log(guichet::Ctx ctx, Request request, const Webhook& webhook, Value& data) {
    const auto before = guichet::to_integer(request.query("before").value_or(""));
    const auto rows = read_log(ctx, webhook.id, before, kPerPage + 1);
    auto log = ctx.array();
    for (std::size_t i = 0; i < rows.size() && i < std::size_t{kPerPage}; ++i) {
        auto row = rows[i];
        for (std::size_t k = 0; k < row["attempts"].size(); ++k) {
            auto attempt = row["attempts"][k];
            attempt.set("error", ctx.tr(attempt["error"].text().value_or("")));
        }
        log.push(row.set("label", label_of(ctx, row["event"].text().value_or(""))));
    }
    data.set("log", log).set("before", before);
    data.set("next", rows.size() > std::size_t{kPerPage} ? rows[std::size_t{kPerPage - 1}]["id"].integer() : std::nullopt);
}

void send_form(guichet::Ctx ctx, Request request, const Webhook& webhook, Value errors) {
    const auto title = webhook.id ? std::string_view{webhook.name} : ctx.tr("Add a webhook");
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, title)).set("errors", errors);
    data.set("id", webhook.id)
        .set("version", webhook.version)
        .set("name", webhook.name)
        .set("target", webhook.url)
        .set("active", webhook.active);
    data.set("switched_off", ctx.tr(webhook.switched_off)).set("secret_shown", webhook.secret_shown).set("events", events(ctx, webhook));
    if (webhook.id) add_log(ctx, request, webhook, data);
    request.page("webhooks/form.html", data);
}

Webhook read_form(guichet::Ctx ctx, Request request, guichet::Problems& problems) {
    Webhook out;
    out.name = guichet::one_line(request.form("name").value_or(""));
    out.url = guichet::trim(request.form("url").value_or(""));
    out.active = request.form("active") == "1";
    out.version = guichet::to_integer(request.form("version").value_or("")).value_or(0);
    for (std::size_t i = 0; auto event = request.form("events", i); ++i) {
        if (std::ranges::find(kWebhookEvents, *event, &WebhookEvent::id) == kWebhookEvents.end())
            problems.add("events", ctx.tr("Choose among what is offered."));
        else if (std::ranges::find(out.events, *event) == out.events.end()) out.events.emplace_back(*event);
    }
    if (out.name.empty()) problems.add("name", ctx.tr("Enter a name."));
    if (guichet::count_characters(out.name) > 100) problems.add("name", ctx.tr("Use at most 100 characters."));
    if (!guichet::parse_outgoing_url(out.url)) problems.add("url", ctx.tr("Enter an address such as https://example.com/hook."));
    if (out.events.empty()) problems.add("events", ctx.tr("Choose at least one event."));
    return out;
}

}  // namespace

void show_webhooks(guichet::Ctx ctx, Request request) {
    auto webhooks = ctx.array();
    for (const auto& w : read_webhooks(ctx)) {
        const auto url = guichet::parse_outgoing_url(w.url);
        webhooks.push(ctx.object()
                          .set("id", w.id)
                          .set("name", w.name)
                          .set("host", url ? url->authority() : w.url)
                          .set("count", w.events.size())
                          .set("active", w.active)
                          .set("switched_off", w.switched_off));
    }
    request.page("webhooks/list.html", ctx.object().set("title", ctx.tr("Webhooks")).set("webhooks", webhooks));
}

void show_webhook_form(guichet::Ctx ctx, Request request) {
    send_form(ctx, request, request.param("id") ? read_webhook(ctx, request.id()) : Webhook{}, ctx.object());
}

void save_webhook(guichet::Ctx ctx, Request request) {
    const auto stored = request.param("id") ? read_webhook(ctx, request.id()) : Webhook{};
    guichet::Problems problems{ctx};
    auto webhook = read_form(ctx, request, problems);
    webhook.id = stored.id;
    try {
        if (!problems && webhook.id) change_webhook(ctx, webhook);
        else if (!problems) webhook.id = add_webhook(ctx, webhook);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        problems.add("name", error.what());
        webhook.version = stored.version;
    }
    if (!problems) return request.redirect(path_of(webhook.id));
    webhook.secret_shown = stored.secret_shown;
    request.status(422);
    send_form(ctx, request, webhook, problems.by_field());
}

void delete_webhook(guichet::Ctx ctx, Request request) {
    const auto webhook = read_webhook(ctx, request.id());
    if (request.form("confirmed") != "1")
        return request.page("webhooks/delete.html",
                            ctx.object().set("title", ctx.tr("Delete this webhook?")).set("id", webhook.id).set("name", webhook.name));
    remove_webhook(ctx, webhook.id);
    request.redirect(kPath);
}

void show_webhook_secret(guichet::Ctx ctx, Request request) {
    const auto webhook = read_webhook(ctx, request.id());
    if (webhook.secret_shown && request.form("confirmed") != "1")
        return request.page("webhooks/renew.html",
                            ctx.object().set("title", ctx.tr("Make a new secret?")).set("id", webhook.id).set("name", webhook.name));
    request.page("webhooks/secret.html", ctx.object()
                                             .set("title", ctx.tr("Secret of the webhook"))
                                             .set("breadcrumb", breadcrumb(ctx, ctx.tr("Secret of the webhook")))
                                             .set("id", webhook.id)
                                             .set("name", webhook.name)
                                             .set("secret", show_secret(ctx, webhook.id)));
}

void try_webhook(guichet::Ctx ctx, Request request) {
    queue_trial(ctx, read_webhook(ctx, request.id()).id);
    request.redirect(path_of(request.id()) + "#h-log");
}

void replay_delivery(guichet::Ctx ctx, Request request) {
    replay(ctx, request.id(), request.id("delivery_id"));
    request.redirect(path_of(request.id()) + "#d-" + std::to_string(request.id("delivery_id")));
}

}  // namespace notifications
