#include "mail/templates.hpp"

#include <stdexcept>

namespace host::mail {

const TemplateText* Template::first_text(std::string_view language) const {
    if (texts.empty()) return nullptr;
    const auto it = texts.find(language);
    return it == texts.end() ? &texts.begin()->second : &it->second;
}

const std::vector<Template>& host_templates() {
    static const std::vector<Template> templates{
        {"core.test",
         "core",
         "Test of a sender",
         {{"sender", "Name of the sender"}, {"user", "Name of who asked for the test"}},
         {{"en", {"Test of {{sender}}", "Hello,\n\nthis mail was sent by **Guichet** to test the sender *{{sender}}*, as {{user}} asked.\n\nIf you can read it, everything works.\n"}},
          {"fr",
           {"Essai de {{sender}}",
            "Bonjour,\n\nce courriel a été envoyé par **Guichet** pour essayer l’expéditeur *{{sender}}*, à la demande de {{user}}.\n\n"
            "Si vous le lisez, tout fonctionne.\n"}}}},
    };
    return templates;
}

std::optional<TemplateText> stored_text(db::Connection& connection, std::string_view template_id, std::string_view language) {
    const auto row = connection.exec("select subject, body from core.mail_template_text where template_id = $1 and language = $2", {template_id, language});
    if (row.empty()) return std::nullopt;
    return TemplateText{std::string{row.text(0, 0)}, std::string{row.text(0, 1)}};
}

TemplateText text_in_force(db::Connection& connection, const Template& source, std::string_view language) {
    if (auto stored = stored_text(connection, source.id, language)) return *stored;
    if (const auto* first = source.first_text(language)) return *first;
    throw std::out_of_range{"the mail template " + source.id + " has no text"};
}

}  // namespace host::mail
