// GET /quotes
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

void show_list(guichet::Ctx ctx, guichet::Request request);
void search_quotes(guichet::Ctx ctx, std::string_view words, std::size_t limit, guichet::Value hits);

}  // namespace quotes
