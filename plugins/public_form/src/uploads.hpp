// How much a form may bring (security.md R60).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

inline constexpr std::size_t kMostFiles = 10;
inline constexpr int64_t kMostBytesOfFile = 10 << 20;
inline constexpr int64_t kMostBytes = 25 << 20;

std::size_t count_uploads(guichet::Request request);
int64_t upload_bytes(guichet::Request request);
// What is wrong with what was uploaded, beside what the form has brought before; "" when it may be stored.
std::string uploads_problem(guichet::Ctx ctx, guichet::Request request, std::size_t files_before, int64_t bytes_before);

}  // namespace public_form
