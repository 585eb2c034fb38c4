#include "plugin/manifest.hpp"
#include "plugin/manifest_rules.hpp"

namespace host::plugin {
namespace {

constexpr int kHookMs = 1000;
constexpr int kDeliveryAttempts = 12;  // about two days with the back-off of reliability.md 4.2
constexpr int kJobSeconds = 300;
constexpr int kJobAttempts = 5;

int integer_or(ManifestReader& r, std::string_view key, std::int64_t low, std::int64_t high, int fallback) {
    return static_cast<int>(r.integer(key, low, high).value_or(fallback));
}

void read_events(ManifestReader& root, Manifest& m) {
    root.child("events", [&](ManifestReader& events) {
        events.each("publishes", [&](ManifestReader& e) {
            e.require({"id", "version", "kind", "schema"});
            m.publishes.push_back({e.text("id", kId), integer_or(e, "version", 1, 1000, 1), e.text("kind", kEventKind),
                                   e.text("schema", kJsonFile), e.texts("editable", kWord), e.text("deprecated", kText)});
            if (m.publishes.back().kind == "after" && !m.publishes.back().editable.empty())
                e.problem("manifest.value", "only before hooks may edit", "editable");
        });
        events.each("hooks", [&](ManifestReader& h) {
            h.require({"event", "handler"});
            m.hooks.push_back({h.text("event", kId), integer_or(h, "version", 1, 1000, 1), h.text("handler", kHandler),
                               integer_or(h, "timeout_ms", 10, 5000, kHookMs), read_order(h)});
        });
        events.each("subscriptions", [&](ManifestReader& s) {
            s.require({"event", "handler"});
            m.subscriptions.push_back({s.text("event", kId), integer_or(s, "version", 1, 1000, 1), s.text("handler", kHandler),
                                       integer_or(s, "max_attempts", 1, 100, kDeliveryAttempts)});
        });
    });
}

Manifest::Job read_job(ManifestReader& j) {
    j.require({"id", "label", "handler"});
    Manifest::Job job{j.text("id", kId), j.text("label", kLabel), j.text("handler", kHandler), j.text("cron", kCron),
                      integer_or(j, "every_s", 1, 86'400, 0), j.boolean("singleton", false),
                      integer_or(j, "timeout_s", 1, 86'400, kJobSeconds), integer_or(j, "max_attempts", 1, 100, kJobAttempts)};
    if (!job.cron.empty() && job.every_s > 0) j.problem("manifest.value", "a job has \"cron\" or \"every_s\", not both", "every_s");
    return job;
}

Manifest::Field read_field(ManifestReader& f) {
    f.require({"object", "id", "label", "type"});
    Manifest::Field field{f.text("object", kId), f.text("id", kId), f.text("label", kLabel), f.text("type", kFieldType),
                          f.text("group", kLabel), f.text("audience", kAudience, "internal"), f.boolean("mandatory", false),
                          f.boolean("in_form", true), f.boolean("more_info", false), f.boolean("searchable", false),
                          f.boolean("filterable", false), {}};
    f.each("options", [&](ManifestReader& o) {
        o.require({"value", "labels"});
        field.options.push_back({o.text("value", kListCode), o.text_map("labels", kLocale, kLabel)});
    });
    if ((field.type == "list") == field.options.empty())
        f.problem("manifest.value", "a field of type list has \"options\", others have none", "options");
    return field;
}

}  // namespace

Order read_order(ManifestReader& owner) {
    Order order;
    owner.child("order", [&](ManifestReader& r) {
        order.after = r.texts("after", kId);
        order.before = r.texts("before", kId);
    });
    return order;
}

void read_extensions(ManifestReader& root, Manifest& m) {
    read_events(root, m);
    root.each("jobs", [&](ManifestReader& j) { m.jobs.push_back(read_job(j)); });
    root.each("commands", [&](ManifestReader& c) {
        c.require({"name", "handler", "summary"});
        m.commands.push_back({c.text("name", kCommand), c.text("handler", kHandler), c.text("summary", kLabel), c.text("usage", kText),
                              c.boolean("database", true)});
    });
    root.each("fields", [&](ManifestReader& f) { m.fields.push_back(read_field(f)); });
    root.each("counters", [&](ManifestReader& c) {
        c.require({"id", "label", "mask"});
        m.counters.push_back({c.text("id", kId), c.text("label", kLabel), c.text("mask", kMask)});
    });
    m.settings_json = root.json_object("settings");
    root.each("mail_templates", [&](ManifestReader& t) {
        t.require({"id", "label", "file"});
        m.mail_templates.push_back({t.text("id", kId), t.text("label", kLabel), t.text("file", kFile), t.text_map("placeholders", kWord, kLabel)});
    });
}

}  // namespace host::plugin
