// A notice in words.
#pragma once

#include "notices.hpp"

namespace notifications {

// Labels of the statuses by their code, in one language.
using StatusLabels = std::map<std::string, std::string, std::less<>>;
StatusLabels status_labels(guichet::Ctx ctx, std::string_view language);

// Who caused a notice (a row with actor_id, actor_name and data), in the language of ctx.
std::string actor_of(guichet::Ctx ctx, guichet::Value notice);
// "Camille has assigned the ticket to you", in the language of ctx. notice: a row of read_feed().
std::string phrase(guichet::Ctx ctx, guichet::Value notice, const StatusLabels& statuses);
// "Camille · New → Open": the same without words of any language, but for the labels of statuses.
std::string summary(guichet::Value notice, const StatusLabels& statuses);

}  // namespace notifications
