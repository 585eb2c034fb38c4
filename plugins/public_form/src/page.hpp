// The frame of the public pages: whose service it is, its look, the languages.
#pragma once

#include "settings.hpp"

namespace public_form {

// {name, style, logo} (public_form/look_v1.h)
guichet::Value look_of(guichet::Ctx ctx, const Settings& settings);
// Templates see data.site {name, language, languages: [{code, label, query}], style, logo, embedded, open}.
void send_page(guichet::Ctx ctx, guichet::Request request, const Settings& settings, std::string_view tpl, guichet::Value data);
// 404, and how to get a link that works.
void send_no_such_link(guichet::Ctx ctx, guichet::Request request, const Settings& settings);

}  // namespace public_form
