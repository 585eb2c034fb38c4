// Turns what the host throws inside a table function into a status and an error record of the context.
#pragma once

#include "abi/ctx.hpp"
#include "base/log.hpp"

#include <new>
#include <string>
#include <string_view>

namespace host::abi {

inline std::string_view view(guichet_str s) noexcept { return s.len ? std::string_view{s.ptr, s.len} : std::string_view{}; }
inline guichet_str str(std::string_view s) noexcept { return {s.data(), s.size()}; }
inline const base::Value* unwrap(const guichet_value* v) noexcept { return reinterpret_cast<const base::Value*>(v); }
inline base::Value* unwrap(guichet_value* v) noexcept { return reinterpret_cast<base::Value*>(v); }
inline guichet_value* wrap(base::Value* v) noexcept { return reinterpret_cast<guichet_value*>(v); }
inline const guichet_value* wrap(const base::Value* v) noexcept { return reinterpret_cast<const guichet_value*>(v); }

guichet_status record(guichet_ctx& ctx, guichet_status code, std::string_view message, std::string_view field = {},
                      std::string_view sqlstate = {}) noexcept;
// Call inside a catch block.
guichet_status record_current_exception(guichet_ctx& ctx) noexcept;

template <class F>
guichet_status guard(guichet_ctx* ctx, F&& f) noexcept {
    try {
        return f();
    } catch (...) {
        return record_current_exception(*ctx);
    }
}

}  // namespace host::abi
