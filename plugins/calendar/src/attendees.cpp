#include "attendees.hpp"

#include "invitation.hpp"
#include "linked.hpp"

#include <algorithm>

namespace calendar {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::size_t kMostAttendees = 100;

std::string lower(std::string_view ascii) {
    std::string out{ascii};
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

std::optional<Attendee> user_attendee(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec("select name, coalesce(email, '') from core.user_v1 where id = $1 and active", id);
    if (rows.empty() || !guichet::is_email(rows.text(0, 1))) return std::nullopt;
    return Attendee{0, id, {}, std::string{rows.text(0, 0)}, std::string{rows.text(0, 1)}, "needs-action"};
}

std::optional<Attendee> contact_attendee(Ctx ctx, int64_t id) {
    const auto contact = linked::contact(ctx, id);
    const auto email = contact["email"].text().value_or("");
    if (!contact || !guichet::is_email(email)) return std::nullopt;
    return Attendee{0, {}, id, std::string{contact["name"].text().value_or("")}, std::string{email}, "needs-action"};
}

// "Claire Petit <claire@example.org>" or the address alone.
std::optional<Attendee> address_attendee(std::string_view text) {
    const auto angle = text.find('<');
    const auto email = angle == text.npos ? guichet::trim(text) : guichet::trim(text.substr(angle + 1, text.find('>') - angle - 1));
    auto name = angle == text.npos ? std::string{} : guichet::one_line(text.substr(0, angle));
    std::erase(name, '"');
    if (!guichet::is_email(email) || guichet::count_characters(name) > 200) return std::nullopt;
    return Attendee{0, {}, {}, std::move(name), std::string{email}, "needs-action"};
}

class Collector {
public:
    Collector(Ctx ctx, guichet::Problems& problems) : ctx_{ctx}, problems_{problems} {}
    void add(std::optional<Attendee> attendee, std::string_view typed) {
        if (!attendee) {
            problems_.add("attendees", guichet::fill(ctx_.tr("%1 cannot be invited: there is no address for mail."), {typed}));
            return;
        }
        const auto email = lower(attendee->email);
        if (std::ranges::none_of(found_, [&](const Attendee& other) { return lower(other.email) == email; }))
            found_.push_back(std::move(*attendee));
    }
    std::vector<Attendee> take() {
        if (found_.size() > kMostAttendees)
            problems_.add("attendees", guichet::fill(ctx_.tr("At most %1 people can be invited."), {std::to_string(kMostAttendees)}));
        return std::move(found_);
    }

private:
    Ctx ctx_;
    guichet::Problems& problems_;
    std::vector<Attendee> found_;
};

std::vector<std::string> all_of(guichet::Request request, std::string_view name) {
    std::vector<std::string> out;
    for (std::size_t i = 0; const auto value = request.form(name, i); ++i)
        if (!value->empty()) out.emplace_back(*value);
    return out;
}

}  // namespace

std::vector<Attendee> load_attendees(Ctx ctx, const Event& event, std::optional<guichet::Time> recurs_at) {
    const auto rows = ctx.exec(
        "select a.id, a.user_id, a.contact_id, a.name, a.email, coalesce(o.answer, a.answer) from attendee a"
        " left join occurrence_answer o on o.attendee_id = a.id and o.recurs_at = $2::timestamptz where a.event_id = $1 order by a.id",
        event.series_id.value_or(event.id), event.recurs_at ? event.recurs_at : recurs_at);
    std::vector<Attendee> out;
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.push_back({rows.i64(i, 0), rows.maybe_i64(i, 1), rows.maybe_i64(i, 2), std::string{rows.text(i, 3)},
                       std::string{rows.text(i, 4)}, std::string{rows.text(i, 5)}});
    return out;
}

TypedAttendees typed_attendees(guichet::Request request) {
    return {all_of(request, "attendee_user"), all_of(request, "attendee_contact"), guichet::lines(request.form("attendees").value_or(""))};
}

TypedAttendees form_of(const std::vector<Attendee>& attendees) {
    TypedAttendees out;
    for (const auto& each : attendees) {
        if (each.user_id) out.users.push_back(std::to_string(*each.user_id));
        else if (each.contact_id) out.contacts.push_back(std::to_string(*each.contact_id));
        else out.addresses += (out.addresses.empty() ? "" : "\n") + (each.name.empty() ? each.email : each.name + " <" + each.email + ">");
    }
    return out;
}

std::vector<Attendee> attendees_of(Ctx ctx, const TypedAttendees& typed, guichet::Problems& problems) {
    Collector collector{ctx, problems};
    for (const auto& id : typed.users) collector.add(user_attendee(ctx, guichet::to_integer(id).value_or(0)), id);
    for (const auto& id : typed.contacts) collector.add(contact_attendee(ctx, guichet::to_integer(id).value_or(0)), id);
    for (std::string_view rest = typed.addresses; !rest.empty();) {
        const auto end = std::min(rest.find_first_of(",;\n"), rest.size());
        if (const auto one = guichet::trim(rest.substr(0, end)); !one.empty()) collector.add(address_attendee(one), one);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return collector.take();
}

std::vector<Attendee> attendees_of_json(Ctx ctx, Value list, guichet::Problems& problems) {
    Collector collector{ctx, problems};
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto one = list[i];
        if (const auto user = one["user_id"].integer()) collector.add(user_attendee(ctx, *user), std::to_string(*user));
        else if (const auto contact = one["contact_id"].integer()) collector.add(contact_attendee(ctx, *contact), std::to_string(*contact));
        else {
            auto attendee = address_attendee(one["email"].text().value_or(""));
            if (attendee) attendee->name = guichet::one_line(one["name"].text().value_or(""));
            collector.add(std::move(attendee), one["email"].text().value_or(""));
        }
    }
    if (!list.is_array()) problems.add("attendees", ctx.tr("This must be a list."));
    return collector.take();
}

Value attendees_value(Ctx ctx, const std::vector<Attendee>& attendees) {
    auto out = ctx.array();
    for (const auto& each : attendees)
        out.push(ctx.object()
                     .set("user_id", each.user_id)
                     .set("contact_id", each.contact_id)
                     .set("name", each.name)
                     .set("email", each.email)
                     .set("answer", each.answer));
    return out;
}

void save_attendees(Ctx ctx, const Event& series, const std::vector<Attendee>& wanted) {
    for (const auto& old : load_attendees(ctx, series)) {
        if (std::ranges::any_of(wanted, [&](const Attendee& each) { return lower(each.email) == lower(old.email); })) continue;
        cancel_for(ctx, series, old);
        ctx.exec("delete from attendee where id = $1", old.id);
    }
    for (const auto& each : wanted)
        ctx.exec(
            "insert into attendee (event_id, user_id, contact_id, name, email) values ($1, $2, $3, $4, $5) on conflict (event_id, "
            "lower(email))"
            " do update set user_id = excluded.user_id, contact_id = excluded.contact_id, name = excluded.name",
            series.id, each.user_id, each.contact_id, each.name, each.email);
    expect_invitations(ctx, series.id);
}

std::string_view answer_label(Ctx ctx, std::string_view answer) {
    if (answer == "accepted") return ctx.tr("Accepted");
    if (answer == "declined") return ctx.tr("Declined");
    if (answer == "tentative") return ctx.tr("Maybe");
    return ctx.tr("No answer yet");
}

}  // namespace calendar
