// /imports: a CSV file is sent, its columns are given a meaning, it is checked, and carried out.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::import_pages {

void list(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void show(guichet::Ctx ctx, guichet::Request request);
void format(guichet::Ctx ctx, guichet::Request request);
void check(guichet::Ctx ctx, guichet::Request request);
void change(guichet::Ctx ctx, guichet::Request request);
void run(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);
void problems(guichet::Ctx ctx, guichet::Request request);  // as CSV

}  // namespace directory::import_pages
