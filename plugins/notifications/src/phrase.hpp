// A notice in words. Mails are read in the language of their reader, whereas a job has one language for all of them: so the
// language is said, and the words stand here instead of in the catalogue.
#pragma once

#include "notices.hpp"

namespace notifications {

// Labels of the statuses by their code, in one language.
using StatusLabels = std::map<std::string, std::string, std::less<>>;
StatusLabels status_labels(guichet::Ctx ctx, std::string_view language);

// Who caused a notice (a row with actor_id, actor_name and data).
std::string actor_of(guichet::Value notice, std::string_view language);
// What another module has to tell.
std::string alert_text(guichet::Value texts, std::string_view language);
// "Camille has assigned the ticket to you". notice: a row of read_feed(); statuses in the same language.
std::string phrase(guichet::Value notice, const StatusLabels& statuses, std::string_view language);

}  // namespace notifications
