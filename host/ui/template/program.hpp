// A parsed template: flat instructions over a small stack of operands. Immutable once its set is parsed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace host::ui {

// clang-format off
enum class Op : std::uint8_t {
    literal,                                        // append a characters of markup, from b on
    push_null, push_true, push_false, push_integer, push_string,  // a = index
    variable, local,                                // a = name, slot
    loop_index, loop_first, loop_last,              // of the innermost loop
    member,                                         // a = name
    logical_not, negate, equal, not_equal, less, less_equal, greater, greater_equal, add, subtract,
    jump, jump_unless,                              // a = target
    jump_if_keep, jump_unless_keep,                 // jump with the operand, go on without it
    translate,                                      // a = arguments after the msgid
    plural,                                         // a = arguments after count, one, many
    time,                                           // a = i18n::DateStyle
    number, bytes, lines, markdown,
    url, query,                                     // a = arguments; b = path of url
    icon, csrf, idempotency, can,
    asset,                                          // a = package, b = file
    emit_markup, emit_text, emit_url, emit_script_url, emit_json,
    store,                                          // a = slot
    loop_begin,                                     // a = index in loops
    loop_next,
    include, slot                                   // a = index in calls
};
// clang-format on

struct Instruction {
    Op op;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
};

struct Program {
    struct Call {  // of an include or a slot
        std::string name;
        const Program* target = nullptr;     // null for a slot
        bool shares_data = false;            // an include without "with" sees what its includer sees
        std::vector<std::string> variables;  // their values are on the stack
        std::size_t offset = 0;              // in the source, for problems found later
    };
    struct Loop {
        std::uint32_t value_slot = 0;
        std::uint32_t key_slot = 0;
        bool has_key = false;
        std::uint32_t after = 0;  // where to go on when there is nothing (more) to do: the else branch, the end
        std::uint32_t body = 0;
        std::uint32_t end = 0;
    };
    struct Preset {  // a variable that {% set %} may change begins with what the data has
        std::uint32_t slot;
        std::uint32_t name;
    };

    std::string domain;
    std::string markup;
    std::vector<Instruction> code;
    std::vector<std::string> strings;
    std::vector<std::int64_t> integers;
    std::vector<Call> calls;
    std::vector<Loop> loops;
    std::vector<Preset> presets;
    std::uint32_t slots = 0;
    std::uint32_t max_stack = 0;
};

}  // namespace host::ui
