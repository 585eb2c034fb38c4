#include "abi/mail_templates.hpp"

#include "base/log.hpp"
#include "i18n/catalogs.hpp"

namespace host::abi {

mail::Template mail_template(const plugin::Generation& generation, const plugin::Manifest::MailTemplate& declared) {
    mail::Template out{declared.id, generation.id(), declared.label, declared.placeholders, {}};
    const auto& sources = generation.package().mail_sources;
    for (const auto language : i18n::kLanguages) {
        const auto source = sources.find(declared.file + "." + std::string{language} + ".txt");
        if (source == sources.end()) continue;
        if (auto text = mail::parse_template(source->second)) out.texts.emplace(language, *text);
        else base::log(base::Level::error, "a mail template cannot be read", {{"file", std::string_view{source->first}}, {"reason", std::string_view{base::to_text(text.problems())}}});
    }
    return out;
}

std::vector<mail::Template> mail_templates(const plugin::Generation& generation) {
    std::vector<mail::Template> out;
    for (const auto& declared : generation.manifest().mail_templates) out.push_back(mail_template(generation, declared));
    return out;
}

}  // namespace host::abi
