#include "customer_service.hpp"

#include "attachment_store.hpp"
#include "link_store.hpp"
#include "message_input.hpp"
#include "ticket_input.hpp"
#include "transitions.hpp"

namespace tickets::customers {

using guichet::Value;

namespace {

constexpr Field kFields[] = {Field::subject,  Field::description, Field::channel, Field::requester_email,
                             Field::account,  Field::contact,     Field::type,    Field::category,
                             Field::severity, Field::priority,    Field::team,    Field::visible_to_client};
constexpr std::string_view kMessageMembers[] = {"body", "author_email", "author_name", "channel", "automatic"};
constexpr std::size_t kLongestName = 200;

std::string name_in(const Call& call, Value input, std::string_view member, guichet::Problems& problems) {
    auto name = guichet::one_line(input[member].text().value_or(""));
    if (guichet::count_characters(name) > kLongestName)
        problems.add(member, guichet::fill(call.tr("Use at most %1 characters."), {std::to_string(kLongestName)}));
    return name;
}

bool is_true(Value input, std::string_view member) { return input[member].boolean().value_or(false); }

void check_channel(const Call& call, Value input, guichet::Problems& problems) {
    const auto channel = input["channel"].text().value_or("");
    if (channel != "web" && channel != "email") problems.add("channel", call.tr("Choose one of the list."));
}

// Said once for the ticket: nobody changes it afterwards.
void note_requester(const Call& call, int64_t ticket, std::string_view name, Value input) {
    const auto language = input["language"].text().value_or("");
    call.ctx.exec("update ticket set requester_name = $2, language = $3, automatic = $4 where id = $1", ticket, name,
                  language == "fr" || language == "en" ? language : "", is_true(input, "automatic"));
}

NewMessage checked(const Call& call, Value input) {
    guichet::Problems problems{call.ctx};
    for (std::size_t i = 0; i < input.size(); ++i)
        if (std::ranges::find(kMessageMembers, input.key(i)) == std::end(kMessageMembers))
            problems.add(input.key(i), call.tr("There is no such member here."));
    NewMessage out{guichet::lines(input["body"].text().value_or("")), "public", std::nullopt};
    out.author_email = guichet::one_line(input["author_email"].text().value_or(""));
    out.author_name = name_in(call, input, "author_name", problems);
    out.automatic = is_true(input, "automatic");
    check_body(call, out.body, problems);
    if (!guichet::is_email(out.author_email)) problems.add("author_email", call.tr("Enter an e-mail address such as name@example.com."));
    check_channel(call, input, problems);
    problems.throw_if_any();
    return out;
}

void require_answerable(const Call& call, const Ticket& ticket) {
    if (answerable(call, ticket)) return;
    throw guichet::Error{GUICHET_E_CONFLICT, std::string{call.tr("This request is closed. Please send a new one.")}};
}

}  // namespace

void require_system(guichet::Ctx ctx) {
    if (ctx.user_id() >= 0) throw guichet::Error{GUICHET_E_DENIED, "only the system speaks for customers"};
}

bool answerable(const Call& call, const Ticket& ticket) {
    const auto phase = phase_of(call, ticket.values);
    const auto days = call.ctx.settings()["reopen_within_days"].integer().value_or(0);
    const auto closed_at = ticket.row["closed_at"].time();
    const bool in_time = closed_at && call.ctx.now().us - closed_at->us <= days * 86'400'000'000;
    return ticket.locked.empty() && phase != "deleted" && (phase != "closed" || in_time);
}

int64_t living(const Call& call, int64_t ticket) {
    const auto rows = call.ctx.exec(
        "with recursive onward (id, merged_into, depth) as (select id, merged_into, 0 from ticket where id = $1"
        " union all select t.id, t.merged_into, o.depth + 1 from onward o join ticket t on t.id = o.merged_into where o.depth < 50)"
        " select id from onward order by depth desc limit 1",
        ticket);
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    return rows.i64(0, 0);
}

Value create(const Call& call, Value body) {
    guichet::Tx tx{call.ctx};
    auto values = empty_values(call);
    values[Field::visible_to_client] = "true";
    TicketInput input{call, std::move(values), GUICHET_AUDIENCE_PUBLIC};
    input.read_json(body, kFields, {"requester_name", "language", "automatic", "related_to"});
    const auto name = name_in(call, body, "requester_name", input.problems());
    check_channel(call, body, input.problems());
    input.check();
    input.problems().throw_if_any();
    const auto id = add(call, input.values());
    note_requester(call, id, name, body);
    if (const auto other = body["related_to"].integer()) relate(call, id, living(call, *other));
    const auto rows = call.ctx.exec(
        "select t.id, t.ref, t.tracking_id, s.code as status, s.phase from ticket t join status s on s.id = t.status_id where t.id = $1",
        id);
    tx.commit();
    return rows.row(0);
}

Value add_message(const Call& call, int64_t id, Value input) {
    const auto message = checked(call, input);
    guichet::Tx tx{call.ctx};
    const auto ticket = load_for_update(call, living(call, id));
    require_answerable(call, ticket);
    const auto stored = tickets::add_message(call, ticket.id, message);
    const bool reopened = !message.automatic && change(call, ticket, answered(call, ticket.values));
    tx.commit();
    return call.ctx.object().set("id", stored).set("ticket_id", ticket.id).set("reopened", reopened);
}

Value attach(const Call& call, int64_t ticket, int64_t message, std::span<const tickets_new_file> files, guichet_http* http) {
    guichet::Tx tx{call.ctx};
    const auto owner = message > 0 ? std::optional{message} : std::nullopt;
    if (owner && call.ctx.exec("select from message where id = $1 and ticket_id = $2 and visibility = 'public'", message, ticket).empty())
        throw guichet::Error{GUICHET_E_NOT_FOUND, "no such message"};
    std::vector<Content> contents;
    for (const auto& file : files) contents.push_back({guichet::view(file.name), {static_cast<const char*>(file.data), file.bytes}});
    auto ids = add_attachments(call, contents, ticket, owner);
    if (http)
        for (const auto uploaded : add_attachments(call, guichet::Request{call.ctx.raw(), http}, ticket, owner)) ids.push_back(uploaded);
    const auto rows =
        call.ctx.exec("select file_id as id, name, type, bytes from attachment where file_id = any($1::bigint[]) order by file_id",
                      guichet::array_literal(ids));
    tx.commit();
    return rows.value();
}

void step(const Call& call, int64_t id, std::string_view name) {
    const auto* step = name == "close" || name == "reopen" ? find_step(name) : nullptr;
    if (!step) throw guichet::Error{GUICHET_E_INVALID, "customers close and reopen", "step"};
    guichet::Tx tx{call.ctx};
    const auto ticket = load_for_update(call, living(call, id));
    require_update(ticket);
    if (name == "reopen") require_answerable(call, ticket);
    change(call, ticket, after_step(call, *step, ticket.values));
    tx.commit();
}

}  // namespace tickets::customers
