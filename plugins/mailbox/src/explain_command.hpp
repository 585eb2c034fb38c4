// "guichet mail explain FILE…"; writes nothing, and needs no database.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <cstdint>

namespace mailbox {

// 0: every file was read; 1: one of them was not; 2: no file was named.
std::int32_t explain(guichet::Ctx ctx, guichet::Value files);

}  // namespace mailbox
