// The mail templates of a plugin's package.
#pragma once

#include "mail/templates.hpp"
#include "plugin/generation.hpp"

namespace host::abi {

std::vector<mail::Template> mail_templates(const plugin::Generation& generation);
mail::Template mail_template(const plugin::Generation& generation, const plugin::Manifest::MailTemplate& declared);

}  // namespace host::abi
