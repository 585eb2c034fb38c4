// What is typed about a pack of hours.
#pragma once

#include "pack_store.hpp"

namespace timesheet {

struct TypedPack {
    std::string hours, starts_on, ends_on, note;
};
TypedPack typed_pack(guichet::Request request);
TypedPack show_pack(guichet::Ctx ctx, guichet::Value row);
// Into pack. Fields: hours, starts_on, ends_on, note.
void read_pack(guichet::Ctx ctx, const TypedPack& typed, Pack& pack, guichet::Problems& problems);
// Members of a body; those that are left out stay as they are in pack. others: members that are somebody else's.
void read_pack(guichet::Ctx ctx, guichet::Value body, std::initializer_list<std::string_view> others, Pack& pack,
               guichet::Problems& problems);

}  // namespace timesheet
