// What the columns of a file can go to, and how people call it.
#pragma once

#include "resource.hpp"

#include <map>

namespace directory {

struct ImportKind {
    std::string_view name;  // "account"
    const Resource& resource;
    std::span<const std::string_view> keys;  // fields by which a line finds what it changes
};
extern const std::span<const ImportKind> kImportKinds;
const ImportKind* find_import_kind(std::string_view name);

// The account of a contact or a contract, by customer number or by name.
inline constexpr std::string_view kAccountColumn = "account";

struct ImportField {
    std::string name;              // of the field; "account"; "custom.<code>"
    std::string label;             // in the user's language
    const Field* field = nullptr;  // null for the other two
    std::string type = {};         // of a custom field
    bool needed = false;           // for something new
};
std::vector<ImportField> import_fields(guichet::Ctx ctx, const ImportKind& kind);

// The field of each column by the words of the head, "" where none is known. No field is given twice.
std::vector<std::string> guess_columns(guichet::Ctx ctx, const std::vector<ImportField>& fields, const std::vector<std::string>& heads);

// {field: {what people write: code}} of the choices, in the user's language; both as folded() gives it.
guichet::Value import_words(guichet::Ctx ctx, const ImportKind& kind, const std::vector<ImportField>& fields);

// Small letters without accents and digits only: "N° de client" is "ndeclient".
std::string folded(std::string_view text);

}  // namespace directory
