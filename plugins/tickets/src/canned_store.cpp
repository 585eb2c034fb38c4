#include "canned_store.hpp"

#include <functional>

namespace tickets {
namespace {

constexpr std::string_view kSelect =
    "select c.id, c.name, c.body, c.team_id as team, t.name as team_name, c.active, c.version from canned_reply c"
    " left join core.team_v1 t on t.id = c.team_id where ";

void add_offered(guichet::Query& query) {
    query.sql("c.active and (c.team_id is null or c.team_id = any(").arg(query.ctx().teams_literal()).sql("::bigint[]))");
}

void add_words(guichet::Query& query, std::string_view q) {
    for (std::size_t at = 0; at < q.size();) {
        const auto end = std::min(q.find(' ', at), q.size());
        if (end > at) query.sql(" and fold(c.name || ' ' || c.body) like pattern(").arg(q.substr(at, end - at)).sql("::text)");
        at = end + 1;
    }
}

guichet::Value first(const guichet::Rows& rows) {
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such canned reply"};
    return rows.row(0);
}

// Calls on_text and on_placeholder in turn; what is not closed is a placeholder without name.
void walk(std::string_view text, const std::function<void(std::string_view)>& on_text,
          const std::function<void(std::string_view name, std::string_view written)>& on_placeholder) {
    while (!text.empty()) {
        const auto open = std::min(text.find("{{"), text.size());
        on_text(text.substr(0, open));
        if (open == text.size()) return;
        const auto close = text.find("}}", open);
        const auto end = close == text.npos ? text.size() : close + 2;
        const auto written = text.substr(open, end - open);
        on_placeholder(close == text.npos ? std::string_view{} : guichet::trim(written.substr(2, written.size() - 4)), written);
        text.remove_prefix(end);
    }
}

}  // namespace

const std::map<std::string_view, std::string_view> kCannedPlaceholders = {
    {"contact", "Name of the customer"}, {"account", "Account"}, {"ref", "Number"}, {"subject", "Title"}, {"agent", "Who writes"}};

guichet::Rows offered_replies(const Call& call, std::string_view q, int limit) {
    guichet::Query query{call.ctx};
    query.sql(kSelect);
    add_offered(query);
    add_words(query, q);
    return query.sql(" order by c.name_key, c.id limit ").arg(limit).run();
}

guichet::Rows all_replies(const Call& call) {
    guichet::Query query{call.ctx};
    return query.sql(kSelect).sql("true order by c.name_key, c.id limit 1000").run();
}

guichet::Value offered_reply(const Call& call, int64_t id) {
    guichet::Query query{call.ctx};
    query.sql(kSelect);
    add_offered(query);
    return first(query.sql(" and c.id = ").arg(id).run());
}

guichet::Value any_reply(const Call& call, int64_t id) {
    guichet::Query query{call.ctx};
    return first(query.sql(kSelect).sql("c.id = ").arg(id).run());
}

int64_t add_reply(const Call& call, const CannedReply& reply) {
    return call.ctx
        .exec(
            "insert into canned_reply (name, body, team_id, active, created_by, updated_by)"
            " values ($1, $2, $3::bigint, $4, $5::bigint, $5::bigint) returning id",
            reply.name, reply.body, reply.team, reply.active, call.author())
        .i64(0, 0);
}

void change_reply(const Call& call, int64_t id, int64_t version, const CannedReply& reply) {
    const auto rows = call.ctx.exec(
        "update canned_reply set name = $3, body = $4, team_id = $5::bigint, active = $6, updated_at = now(),"
        " updated_by = $7::bigint, version = version + 1 where id = $1 and version = $2 returning id",
        id, version, reply.name, reply.body, reply.team, reply.active, call.author());
    if (rows.empty())
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{call.tr("Somebody has changed this canned reply meanwhile.")}, "version"};
}

void remove_reply(const Call& call, int64_t id) {
    if (call.ctx.exec("delete from canned_reply where id = $1 returning id", id).empty())
        throw guichet::Error{GUICHET_E_NOT_FOUND, "no such canned reply"};
}

std::vector<std::string> unknown_placeholders(std::string_view body) {
    std::vector<std::string> out;
    walk(
        body, [](auto) {},
        [&](auto name, auto written) {
            if (!kCannedPlaceholders.contains(name)) out.emplace_back(written.substr(0, 60));
        });
    return out;
}

std::string fill_placeholders(std::string_view body, const std::map<std::string_view, std::string>& values) {
    std::string out;
    walk(
        body, [&](auto text) { out += text; },
        [&](auto name, auto) {
            if (const auto it = values.find(name); it != values.end()) out += it->second;
        });
    return out;
}

}  // namespace tickets
