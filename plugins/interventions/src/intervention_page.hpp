// Interventions: list, page, form, steps, files, and their card on a ticket.
#pragma once

#include "form.hpp"

namespace interventions::intervention_page {

void list(guichet::Ctx ctx, guichet::Request request);
void show(guichet::Ctx ctx, guichet::Request request);
void create_from_ticket(guichet::Ctx ctx, guichet::Request request);
void new_form(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void edit_form(guichet::Ctx ctx, guichet::Request request);
void update(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);
void step(guichet::Ctx ctx, guichet::Request request);
void add_files(guichet::Ctx ctx, guichet::Request request);
void open_file(guichet::Ctx ctx, guichet::Request request);
void delete_file(guichet::Ctx ctx, guichet::Request request);
void unsign(guichet::Ctx ctx, guichet::Request request);
void open_signature(guichet::Ctx ctx, guichet::Request request);
void send_mail(guichet::Ctx ctx, guichet::Request request);
void open_document(guichet::Ctx ctx, guichet::Request request);

// The button at the head of a ticket (S2-20), its tab, and the card on an account.
void ticket_button(guichet::Ctx ctx, guichet::Value data, guichet::Html out);
void ticket_tab(guichet::Ctx ctx, guichet::Value data, guichet::Html out);
void account_widget(guichet::Ctx ctx, guichet::Value data, guichet::Html out);
void search(guichet::Ctx ctx, std::string_view query, std::size_t limit, guichet::Value hits);

std::string path_of(int64_t id);
// The one of the path, that the user may change.
guichet::Value row_to_change(guichet::Ctx ctx, guichet::Request request);

}  // namespace interventions::intervention_page
