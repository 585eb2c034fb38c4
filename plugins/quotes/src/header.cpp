#include "header.hpp"

#include <chrono>

namespace quotes {

using guichet::Ctx;
using guichet::Problems;
using guichet::Value;

namespace {

struct TextMember {
    std::string_view name;
    std::string Header::*text;
    std::size_t most;
    bool lines = false;
};
constexpr TextMember kTexts[] = {
    {"subject", &Header::subject, 200},
    {"customer", &Header::customer, 200},
    {"address", &Header::address, 1000, true},
    {"email", &Header::email, 254},
    {"language", &Header::language, 2},
    {"introduction", &Header::introduction, 5000, true},
    {"conditions", &Header::conditions, 10'000, true},
    {"valid_until", &Header::valid_until, 10},
};

struct IdMember {
    std::string_view name;
    std::optional<int64_t> Header::*id;
    bool link = false;  // to what it is about: said once, when it is added
};
constexpr IdMember kIds[] = {
    {"account_id", &Header::account_id, true},
    {"contact_id", &Header::contact_id, true},
    {"ticket_id", &Header::ticket_id, true},
    {"owner_id", &Header::owner_id},
    {"team_id", &Header::team_id},
};

std::string as_text(const std::optional<int64_t>& id) { return id ? std::to_string(*id) : std::string{}; }

bool contains(Value rows, int64_t id) {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i]["id"].integer() == id) return true;
    return false;
}

void read_text(Ctx ctx, Header& header, std::string_view name, Value value, Problems& problems) {
    const auto& member = *std::ranges::find(kTexts, name, &TextMember::name);
    if (value.is_null()) header.*member.text = "";
    else if (const auto text = value.text()) header.*member.text = *text;
    else problems.add(name, ctx.tr("This must be text."));
}

void read_id(Ctx ctx, Header& header, const IdMember& member, Value value, Problems& problems) {
    if (!value.is_null() && !value.integer()) return problems.add(member.name, ctx.tr("This must be a whole number."));
    header.*member.id = value.integer();
}

}  // namespace

Header header_of(Value row) {
    Header out;
    for (const auto& member : kTexts) out.*member.text = row[member.name].text().value_or("");
    for (const auto& member : kIds) out.*member.id = row[member.name].integer();
    return out;
}

void read_form(Header& header, guichet::Request request) {
    for (const auto& member : kTexts)
        if (const auto text = request.form(member.name)) header.*member.text = *text;
    for (const auto& member : kIds)
        if (const auto text = request.form(member.name)) header.*member.id = guichet::to_integer(guichet::trim(*text));
}

void read_json(Ctx ctx, Header& header, Value body, bool is_new, Problems& problems) {
    for (std::size_t i = 0; i < body.size(); ++i) {
        const auto name = body.key(i);
        if (name == "lines" || name == "version") continue;
        const auto* id = std::ranges::find(kIds, name, &IdMember::name);
        if (std::ranges::find(kTexts, name, &TextMember::name) != std::end(kTexts)) read_text(ctx, header, name, body[name], problems);
        else if (id != std::end(kIds) && (is_new || !id->link)) read_id(ctx, header, *id, body[name], problems);
        else problems.add(name, ctx.tr("There is no such member, or it cannot be changed."));
    }
}

void check(Ctx ctx, Header& header, const Header& was, Problems& problems) {
    for (const auto& member : kTexts) {
        auto& text = header.*member.text;
        text = member.lines ? guichet::lines(text) : guichet::one_line(text);
        if (guichet::count_characters(text) > member.most)
            problems.add(member.name, guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(member.most)}));
    }
    if (header.subject.empty()) problems.add("subject", ctx.tr("Say what the quote is about."));
    if (!header.email.empty() && !guichet::is_email(header.email)) problems.add("email", ctx.tr("This is not an e-mail address."));
    if (header.language != "fr" && header.language != "en") problems.add("language", ctx.tr("Choose French or English."));
    if (!is_date(header.valid_until)) problems.add("valid_until", ctx.tr("Enter a date."));
    if (header.owner_id && header.owner_id != was.owner_id && !contains(ctx.users(), *header.owner_id))
        problems.add("owner_id", ctx.tr("Choose one of the list."));
    if (header.team_id && header.team_id != was.team_id && !contains(ctx.teams(), *header.team_id))
        problems.add("team_id", ctx.tr("Choose one of the list."));
}

std::vector<Difference> differences(const Header& from, const Header& to) {
    std::vector<Difference> out;
    for (const auto& member : kTexts)
        if (from.*member.text != to.*member.text) out.push_back({member.name, from.*member.text, to.*member.text});
    for (const auto& member : kIds)
        if (from.*member.id != to.*member.id) out.push_back({member.name, as_text(from.*member.id), as_text(to.*member.id)});
    return out;
}

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto y = guichet::to_integer(text.substr(0, 4)), m = guichet::to_integer(text.substr(5, 2)),
               d = guichet::to_integer(text.substr(8, 2));
    if (!y || !m || !d || *y < 1 || *m < 1 || *d < 1) return false;
    using namespace std::chrono;
    return year_month_day{year{static_cast<int>(*y)}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}}.ok();
}

}  // namespace quotes
