// "guichet mail explain FILE…": what each file would be taken for, one JSON object on a line. Writes nothing and needs no database.
#pragma once

#include "parse.hpp"

#include <guichet/sdk/plugin.hpp>

#include <cstdint>
#include <string>

namespace mailbox {

// The line of one file: file, class, why, thread, sender, recipients, subject, text, quote, attachments, warnings and more.
std::string explain_file(Parser& parser, const std::string& file, bool& readable);

// 0: every file was read; 1: one of them was not.
std::int32_t explain(guichet::Ctx ctx, guichet::Value files);

}  // namespace mailbox
