// The templates of mails: what packages and the host bring, and what administrators made of it. Any thread.
#pragma once

#include "db/pool.hpp"
#include "mail/template.hpp"

#include <optional>

namespace host::mail {

struct Template {
    std::string id, plugin_id, label;                  // label: msgid in the plugin's domain
    std::map<std::string, std::string> placeholders;   // name -> label, likewise
    std::map<std::string, TemplateText, std::less<>> texts;  // the first ones, by language

    // The first text in a language, or in another when there is none. Null without any.
    const TemplateText* first_text(std::string_view language) const;
};

const std::vector<Template>& host_templates();

// What an administrator wrote instead; nullopt when he wrote nothing.
std::optional<TemplateText> stored_text(db::Connection& connection, std::string_view template_id, std::string_view language);
// What is sent: the stored text, else the first one. Throws std::out_of_range when there is neither.
TemplateText text_in_force(db::Connection& connection, const Template& source, std::string_view language);

}  // namespace host::mail
