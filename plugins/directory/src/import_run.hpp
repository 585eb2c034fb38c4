// Carries out an import that was checked: everything or nothing.
#pragma once

#include "import_store.hpp"

namespace directory {

// Throws guichet::Error{GUICHET_E_CONFLICT} with a msgid when what the check has found is no longer so; nothing is stored then.
void run_import(guichet::Ctx ctx, guichet::Job job, const Import& import);

// The job: checks or carries out, as the import's state says.
void go_on_with_import(guichet::Ctx ctx, guichet::Job job);

}  // namespace directory
