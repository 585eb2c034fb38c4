// The register of equipment: list, page, form, photos.
#pragma once

#include "form.hpp"

namespace interventions::equipment_page {

void list(guichet::Ctx ctx, guichet::Request request);
void show(guichet::Ctx ctx, guichet::Request request);
void new_form(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void edit_form(guichet::Ctx ctx, guichet::Request request);
void update(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);
void add_files(guichet::Ctx ctx, guichet::Request request);
void open_file(guichet::Ctx ctx, guichet::Request request);
void delete_file(guichet::Ctx ctx, guichet::Request request);

// On the page of an account.
void account_widget(guichet::Ctx ctx, guichet::Value data, guichet::Html out);
// In the search of the site.
void search(guichet::Ctx ctx, std::string_view query, std::size_t limit, guichet::Value hits);

}  // namespace interventions::equipment_page
