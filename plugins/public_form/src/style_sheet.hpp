// The colours that an administrator has chosen, as a style sheet: pages have no inline styles.
#pragma once

#include "settings.hpp"

namespace public_form {

// Its address, another one whenever it says something else.
std::string style_path(guichet::Ctx ctx, const Settings& settings);
// Of a colour that is not saved, for the part of a page with the class public-preview.
std::string preview_style_path(std::string_view accent);
void show_style(guichet::Ctx ctx, guichet::Request request);  // GET /public/style.css

}  // namespace public_form
