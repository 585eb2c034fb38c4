// The directory in the search box of the site: accounts, contacts and contracts the user may see.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::search {

void accounts(guichet::Ctx ctx, std::string_view query, std::size_t limit, guichet::Value hits);
void contacts(guichet::Ctx ctx, std::string_view query, std::size_t limit, guichet::Value hits);
void contracts(guichet::Ctx ctx, std::string_view query, std::size_t limit, guichet::Value hits);

}  // namespace directory::search
