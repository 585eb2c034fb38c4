#include "tags.hpp"

#include "fields.hpp"
#include "ticket_access.hpp"

#include <algorithm>

namespace tickets {

using guichet::Value;

namespace {

constexpr int64_t kLatest = 1000;  // tagged tickets that suggestions come from
constexpr int64_t kSuggestions = 50;

std::vector<std::string> split(std::string_view tags) {
    std::vector<std::string> out;
    while (!tags.empty()) {
        const auto end = std::min(tags.find(','), tags.size());
        if (auto tag = guichet::one_line(tags.substr(0, end)); !tag.empty()) out.push_back(std::move(tag));
        tags.remove_prefix(std::min(end + 1, tags.size()));
    }
    return out;
}

std::string join(const std::vector<std::string>& tags) {
    std::string out;
    for (const auto& tag : tags) out.append(out.empty() ? "" : ",").append(tag);
    return out;
}

// ASCII is enough here: two spellings of an accented word are two tags until somebody removes one.
bool same(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, [](char x, char y) { return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y)); });
}

}  // namespace

std::string normalised_tags(std::string_view typed) {
    std::vector<std::string> out;
    for (auto& tag : split(typed))
        if (std::ranges::none_of(out, [&](const std::string& other) { return same(tag, other); })) out.push_back(std::move(tag));
    return join(out);
}

std::string with_tag(std::string_view tags, std::string_view tag) { return normalised_tags(std::string{tags}.append(",").append(tag)); }

std::string without_tag(std::string_view tags, std::string_view tag) {
    auto all = split(tags);
    std::erase_if(all, [&](const std::string& other) { return same(other, guichet::one_line(tag)); });
    return join(all);
}

std::string joined_tags(std::string_view tags, std::string_view more) {
    auto all = split(with_tag(tags, more));
    if (all.size() > kMostTags) all.resize(kMostTags);
    return join(all);
}

std::string tags_problem(const Call& call, std::string_view tags) {
    const auto all = split(tags);
    if (all.size() > kMostTags) return guichet::fill(call.tr("Use at most %1 tags."), {std::to_string(kMostTags)});
    for (const auto& tag : all)
        if (guichet::count_characters(tag) > kLongestTag)
            return guichet::fill(call.tr("A tag has at most %1 characters."), {std::to_string(kLongestTag)});
    return {};
}

Value tags_value(const Call& call, std::string_view tags) {
    auto out = call.ctx.array();
    for (const auto& tag : split(tags)) out.push(tag);
    return out;
}

Value suggested_tags(const Call& call, std::string_view begin) {
    guichet::Query query{call.ctx};
    query.sql("select tag from (select unnest(tags) as tag from (select t.tags from ticket t where t.tags <> '{}' and ");
    Access{call.ctx, kRead}.add_any(query);
    query.sql(" order by t.id desc limit ").arg(kLatest).sql(") latest) used where fold(tag) like fold(").arg(guichet::like_literal(begin));
    query.sql("::text) || '%' group by tag order by count(*) desc, tag limit ").arg(kSuggestions);
    const auto rows = query.run();
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) out.push(rows.text(i, 0));
    return out;
}

void suggest_tags(const Call& call, guichet::Request request) {
    const auto begin = guichet::one_line(request.query("add_tag").value_or(""));
    request.page("ticket/tag_options.html", call.ctx.object().set("tags", suggested_tags(call, begin)));
}

void api::list_tags(const Call& call, guichet::Request request) {
    const auto begin = guichet::one_line(request.query("q").value_or(""));
    request.json(call.ctx.object().set("items", suggested_tags(call, begin)));
}

}  // namespace tickets
