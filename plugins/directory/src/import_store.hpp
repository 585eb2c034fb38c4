// Imports as they are stored (sql/directory/0006_import.expand.sql).
#pragma once

#include "import_fields.hpp"
#include "import_file.hpp"

namespace directory {

inline constexpr std::size_t kMostLines = 100'000;

// Whether the user may import: accounts of everybody are added and changed.
bool may_import(guichet::Ctx ctx);
// Throws GUICHET_E_DENIED.
void require_import(guichet::Ctx ctx);

struct Import {
    int64_t id = 0;
    const ImportKind* kind = nullptr;
    std::string state, key, mode, file_name;
    int64_t file_id = 0;  // 0: removed
    CsvFormat format;
    std::vector<std::string> columns;  // the field of each, "" for none
    guichet::Value words;
    FilePlace place;
    int64_t total = 0, checked = 0, created = 0, updated = 0, skipped = 0, problems = 0;
    std::string error;
    std::optional<int64_t> created_by;

    bool creates() const { return mode != "update"; }
    bool updates() const { return mode != "create" && !key.empty(); }
};

// Throws GUICHET_E_NOT_FOUND.
Import get_import(guichet::Ctx ctx, int64_t id);
// The latest ones: [{id, kind, state, file_name, total, created_at, created_name}].
guichet::Value recent_imports(guichet::Ctx ctx);

// What is wrong with columns, key and mode: fields "columns", "key", "mode".
void check_choice(guichet::Ctx ctx, const Import& wanted, const std::vector<ImportField>& fields, guichet::Problems& problems);
// The first key that a column goes to; "" for none.
std::string likely_key(const Import& import);

// Stores the uploaded file and looks into it; the columns are guessed. GUICHET_E_INVALID with field "file" when it cannot be used.
int64_t add_import(guichet::Ctx ctx, guichet::Request request, const ImportKind& kind);
// Another format: the columns are guessed anew.
void reread_import(guichet::Ctx ctx, const Import& import, const CsvFormat& format);
// What goes where; the check begins anew.
void start_check(guichet::Ctx ctx, const Import& import, const std::vector<std::string>& columns, std::string_view key,
                 std::string_view mode);
// Back to the choice of columns.
void change_import(guichet::Ctx ctx, const Import& import);
// False when it was not checked without a problem.
bool start_run(guichet::Ctx ctx, const Import& import);
// With its file; false while it is under way.
bool delete_import(guichet::Ctx ctx, const Import& import);
// Those that nobody has gone on with for a week.
void delete_forgotten_imports(guichet::Ctx ctx);

// Why it failed: a msgid.
void fail_import(guichet::Ctx ctx, int64_t id, std::string_view why);

// The head and at most so many rows of the file.
std::vector<std::vector<std::string>> first_rows(guichet::Ctx ctx, const Import& import, std::size_t most);
// [{line, field, value, message}] after that id, by line.
guichet::Rows import_problems(guichet::Ctx ctx, int64_t id, int most);

}  // namespace directory
