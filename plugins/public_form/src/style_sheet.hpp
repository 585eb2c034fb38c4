// The colours that an administrator has chosen, as a style sheet: pages have no inline styles.
#pragma once

#include "settings.hpp"

namespace public_form {

// Its address, another one whenever it says something else.
std::string style_path(guichet::Ctx ctx, const Settings& settings);
void show_style(guichet::Ctx ctx, guichet::Request request);  // GET /public/style.css

}  // namespace public_form
