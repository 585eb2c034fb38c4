#include "admin_input.hpp"

#include "contrast.hpp"

namespace public_form {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::pair<std::string_view, std::string_view> kLanguages[] = {{"fr", "Français"}, {"en", "English"}};
constexpr std::string_view kTexts[] = {"welcome", "thanks", "legal", "closed"};
constexpr std::string_view kFlags[] = {"open", "attachments", "customers_may_close", "customers_may_reopen"};
constexpr std::string_view kNumbers[] = {"link_days", "fastest_s"};
constexpr std::size_t kLongestText = 5000, kLongestHelp = 2000, kLongestName = 80;
constexpr int64_t kLargestLogo = 1 << 20;

std::string name_of(std::string_view part, std::string_view language) { return std::string{part}.append("_").append(language); }

// text(name of the field): what is in it.
template <class Text>
Value texts(guichet::Ctx ctx, Text text) {
    auto out = ctx.array();
    for (const auto& [language, label] : kLanguages) {
        auto of_language = ctx.object().set("language", language).set("label", label);
        for (const auto part : kTexts) of_language.set(part, text(part, language));
        out.push(of_language);
    }
    return out;
}

template <class Text>
Value helps(guichet::Ctx ctx, Text text) {
    auto out = ctx.array();
    const auto categories = ctx.list("tickets.category");
    for (std::size_t i = 0; i < categories.size(); ++i) {
        if (!categories[i]["active"].boolean().value_or(true)) continue;
        const auto code = categories[i]["code"].text().value_or("");
        auto of_category = ctx.array();
        for (const auto& [language, label] : kLanguages)
            of_category.push(ctx.object().set("language", language).set("label", label).set("body", text(code, language)));
        out.push(ctx.object().set("category", code).set("label", categories[i]["label"]).set("texts", of_category));
    }
    return out;
}

std::string lines_of(Value list) {
    std::string out;
    for (std::size_t i = 0; i < list.size(); ++i) out.append(out.empty() ? "" : "\n").append(list[i].text().value_or(""));
    return out;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(" \n\t,"), text.size());
        if (end > 0) out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// What a browser calls an origin (RFC 6454): no path.
bool is_origin(std::string_view text) {
    const auto host = text.starts_with("https://") ? text.substr(8) : text.starts_with("http://") ? text.substr(7) : std::string_view{};
    return !host.empty() && text.size() <= 255 && std::ranges::all_of(host, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == ':';
    });
}

void check_number(guichet::Ctx ctx, Value form, std::string_view name, int64_t most, guichet::Problems& problems) {
    const auto n = guichet::to_integer(form[name].text().value_or(""));
    if (!n || *n < 0 || *n > most) problems.add(name, guichet::fill(ctx.tr("Enter a number from 0 to %1."), {std::to_string(most)}));
}

void check_longest(guichet::Ctx ctx, std::string_view name, Value text, std::size_t longest, guichet::Problems& problems) {
    if (guichet::count_characters(text.text().value_or("")) > longest)
        problems.add(name, guichet::fill(ctx.tr("Use at most %1 characters."), {std::to_string(longest)}));
}

void check_logo(guichet::Ctx ctx, Request request, guichet::Problems& problems) {
    if (const auto upload = request.upload(0); upload && upload->bytes > kLargestLogo)
        problems.add("logo", guichet::fill(ctx.tr("%1 is larger than %2 MB."), {upload->filename, "1"}));
}

void store_helps(guichet::Ctx ctx, Value helps) {
    ctx.exec("delete from category_help");
    for (std::size_t i = 0; i < helps.size(); ++i)
        for (std::size_t t = 0; t < helps[i]["texts"].size(); ++t) {
            const auto text = helps[i]["texts"][t];
            if (const auto body = text["body"].text().value_or(""); !body.empty())
                ctx.exec("insert into category_help (category, language, body) values ($1, $2, $3)",
                         helps[i]["category"].text().value_or(""), text["language"].text().value_or(""), body);
        }
}

// Only pictures that are shown as such: what else it may be, the content says.
void store_logo(guichet::Ctx ctx, Request request) {
    if (!request.upload(0)) return;
    const auto file = request.store_upload(0);
    if (file.type != "image/png" && file.type != "image/jpeg" && file.type != "image/webp" && file.type != "image/gif")
        throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("Choose a PNG, JPEG, WebP or GIF picture.")}, "logo"};
    const auto old = ctx.exec("delete from logo returning file_id");
    for (std::size_t i = 0; i < old.size(); ++i) ctx.remove_file(old.i64(i, 0));
    ctx.exec("insert into logo (file_id) values ($1)", file.id);
}

}  // namespace

Value stored_form(guichet::Ctx ctx) {
    const auto all = ctx.settings();
    auto form = ctx.object().set("name", all["name"].text().value_or("")).set("accent", all["accent"].text().value_or(""));
    form.set("origins", lines_of(all["origins"]));
    for (const auto flag : kFlags) form.set(flag, all[flag].boolean().value_or(true));
    for (const auto number : kNumbers) form.set(number, std::to_string(all[number].integer().value_or(0)));
    form.set("texts", texts(ctx, [&](std::string_view part, std::string_view language) {
                 return all[name_of("texts", language)][part].text().value_or("");
             }));
    const auto stored = ctx.exec("select category, language, body from category_help");
    form.set("helps", helps(ctx, [&](std::string_view category, std::string_view language) -> std::string_view {
                 for (std::size_t i = 0; i < stored.size(); ++i)
                     if (stored.text(i, 0) == category && stored.text(i, 1) == language) return stored.text(i, 2);
                 return {};
             }));
    return form;
}

Value typed_form(guichet::Ctx ctx, Request request) {
    const auto line = [&](std::string_view name) { return guichet::one_line(request.form(name).value_or("")); };
    const auto lines = [&](std::string_view name) { return guichet::lines(request.form(name).value_or("")); };
    auto form = ctx.object().set("name", line("name")).set("accent", line("accent")).set("origins", lines("origins"));
    for (const auto flag : kFlags) form.set(flag, request.form(flag) == "1");
    for (const auto number : kNumbers) form.set(number, line(number));
    form.set("texts", texts(ctx, [&](std::string_view part, std::string_view language) { return lines(name_of(part, language)); }));
    form.set("helps", helps(ctx, [&](std::string_view category, std::string_view language) {
                 return lines(name_of("help_" + std::string{category}, language));
             }));
    return form;
}

void check_form(guichet::Ctx ctx, Request request, Value form, guichet::Problems& problems) {
    check_longest(ctx, "name", form["name"], kLongestName, problems);
    const auto accent = form["accent"].text().value_or("");
    if (!accent.empty() && !parse_color(accent)) problems.add("accent", ctx.tr("Enter a colour like #1e4fae."));
    const auto origins = words_of(form["origins"].text().value_or(""));
    if (!std::ranges::all_of(origins, is_origin) || origins.size() > 20)
        problems.add("origins", ctx.tr("Enter origins like https://www.example.org, one per line and without a path."));
    check_number(ctx, form, "link_days", 3650, problems);
    check_number(ctx, form, "fastest_s", 60, problems);
    for (std::size_t i = 0; i < form["texts"].size(); ++i)
        for (const auto part : kTexts)
            check_longest(ctx, ctx.dup(name_of(part, form["texts"][i]["language"].text().value_or(""))), form["texts"][i][part],
                          kLongestText, problems);
    for (std::size_t i = 0; i < form["helps"].size(); ++i)
        for (std::size_t t = 0; t < form["helps"][i]["texts"].size(); ++t) {
            const auto text = form["helps"][i]["texts"][t];
            const auto name = "help_" + std::string{form["helps"][i]["category"].text().value_or("")};
            check_longest(ctx, ctx.dup(name_of(name, text["language"].text().value_or(""))), text["body"], kLongestHelp, problems);
        }
    check_logo(ctx, request, problems);
}

void store_form(guichet::Ctx ctx, Request request, Value form) {
    auto values = ctx.object().set("name", form["name"]);
    for (const auto flag : kFlags) values.set(flag, form[flag]);
    for (const auto number : kNumbers) values.set(number, guichet::to_integer(form[number].text().value_or("")).value_or(0));
    const auto accent = form["accent"].text().value_or("");
    if (accent.empty()) values.set("accent", std::nullopt);
    else values.set("accent", accent);
    auto origins = ctx.array();
    for (const auto origin : words_of(form["origins"].text().value_or(""))) origins.push(origin);
    values.set("origins", origins);
    for (std::size_t i = 0; i < form["texts"].size(); ++i) {
        auto of_language = ctx.object();
        for (const auto part : kTexts) of_language.set(part, form["texts"][i][part]);
        values.set(name_of("texts", form["texts"][i]["language"].text().value_or("")), of_language);
    }
    ctx.write_settings(values);
    store_helps(ctx, form["helps"]);
    store_logo(ctx, request);
}

}  // namespace public_form
