#include "search.hpp"

#include "account_store.hpp"
#include "contact_store.hpp"
#include "contract_store.hpp"
#include "present.hpp"

namespace directory::search {

using guichet::Ctx;
using guichet::Value;

namespace {

PageRequest first(std::span<const Sort> sorts, std::size_t limit) { return {.sort = &sorts[0], .limit = static_cast<int>(limit), .after = {}}; }

std::string_view text(Value row, std::string_view member) { return row[member].text().value_or(""); }

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const auto part : parts)
        if (!part.empty()) out.append(out.empty() ? "" : " · ").append(part);
    return out;
}

void add(Ctx ctx, Value hits, std::string_view title, const std::string& path, const std::string& detail) {
    hits.push(ctx.object().set("title", title).set("path", path).set("detail", detail));
}

}  // namespace

void accounts(Ctx ctx, std::string_view query, std::size_t limit, Value hits) {
    const auto page = list_accounts(ctx, {.words = query}, first(kAccountSorts, limit));
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        const auto row = page.items[i];
        add(ctx, hits, text(row, "name"), account_path(*row["id"].integer()), joined({text(row, "code"), text(row, "town")}));
    }
}

void contacts(Ctx ctx, std::string_view query, std::size_t limit, Value hits) {
    const auto page = list_contacts(ctx, {.words = query}, first(kContactSorts, limit));
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        const auto row = page.items[i];
        add(ctx, hits, text(row, "name"), contact_path(*row["id"].integer()), joined({text(row, "account_name"), text(row, "email")}));
    }
}

void contracts(Ctx ctx, std::string_view query, std::size_t limit, Value hits) {
    const auto page = list_contracts(ctx, {.words = query}, first(kContractSorts, limit));
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        const auto row = page.items[i];
        add(ctx, hits, joined({text(row, "ref"), text(row, "label")}), "/contracts/" + std::to_string(*row["id"].integer()),
            std::string{text(row, "account_name")});
    }
}

}  // namespace directory::search
