// The dry run of an import: each line is read, what is wrong is kept, and what is right waits to be carried out.
#pragma once

#include "import_store.hpp"

namespace directory {

// One job's worth of lines; false when there are more. After the last one the import is checked.
bool check_import(guichet::Ctx ctx, guichet::Job job, const Import& import);

// What a cell of a spreadsheet means for a field: "31/12/2026" is a date, "oui" is true, the label of a choice its code.
// words: of the import. Nothing when the cell says nothing; wrong is a msgid when it is not usable.
std::optional<std::string> read_cell(const ImportField& field, guichet::Value words, std::string_view cell, std::string_view& wrong);

}  // namespace directory
