#include "ui/template/emitter.hpp"

#include <algorithm>
#include <string>

namespace host::ui {

void Emitter::markup(std::string_view text) {
    auto& code = program_.code;
    const auto at = static_cast<std::uint32_t>(program_.markup.size());
    const auto length = static_cast<std::uint32_t>(text.size());
    program_.markup += text;
    const bool joins = !code.empty() && landed_ != here() && code.back().op == Op::literal && code.back().a + code.back().b == at;
    if (joins) code.back().a += length;
    else emit(Op::literal, length, at);
}

std::uint32_t Emitter::emit(Op op, std::uint32_t a, std::uint32_t b) {
    const std::uint32_t at = here();
    program_.code.push_back({op, a, b});
    move(effect(program_.code.back()));
    return at;
}

void Emitter::move(int effect) {
    depth_ += effect;
    program_.max_stack = std::max(program_.max_stack, static_cast<std::uint32_t>(std::max(depth_, 0)));
}

int Emitter::effect(const Instruction& instruction) const {
    const int a = static_cast<int>(instruction.a);
    // clang-format off
    switch (instruction.op) {
        case Op::push_null: case Op::push_true: case Op::push_false: case Op::push_integer: case Op::push_string:
        case Op::variable: case Op::local: case Op::loop_index: case Op::loop_first: case Op::loop_last:
        case Op::csrf: case Op::idempotency: case Op::asset:
            return 1;
        case Op::literal: case Op::member: case Op::logical_not: case Op::negate: case Op::jump: case Op::time: case Op::number:
        case Op::bytes: case Op::lines: case Op::markdown: case Op::icon: case Op::can: case Op::loop_next:
            return 0;
        case Op::equal: case Op::not_equal: case Op::less: case Op::less_equal: case Op::greater: case Op::greater_equal:
        case Op::add: case Op::subtract: case Op::jump_unless: case Op::jump_if_keep: case Op::jump_unless_keep:
        case Op::emit_markup: case Op::emit_text: case Op::emit_url: case Op::emit_script_url: case Op::emit_json:
        case Op::store: case Op::loop_begin:
            return -1;
        case Op::translate: return -a;
        case Op::plural: return -2 - a;
        case Op::url: case Op::query: return 1 - a;
        case Op::include: case Op::slot: return -static_cast<int>(program_.calls[instruction.a].variables.size());
    }
    // clang-format on
    return 0;
}

void Emitter::push_integer(std::int64_t n) {
    program_.integers.push_back(n);
    emit(Op::push_integer, static_cast<std::uint32_t>(program_.integers.size() - 1));
}

std::uint32_t Emitter::string(std::string_view text) {
    if (const auto known = strings_.find(text); known != strings_.end()) return known->second;
    const auto index = static_cast<std::uint32_t>(program_.strings.size());
    program_.strings.emplace_back(text);
    strings_.emplace(text, index);
    return index;
}

void Emitter::call(Op op, Program::Call call) {
    program_.calls.push_back(std::move(call));
    emit(op, static_cast<std::uint32_t>(program_.calls.size() - 1));
}

void Emitter::land(std::uint32_t jump) {
    program_.code[jump].a = here();
    landed_ = here();
}

std::optional<std::string> Emitter::literal() const {
    if (program_.code.empty() || program_.code.back().op != Op::push_string) return std::nullopt;
    return program_.strings[program_.code.back().a];
}

std::optional<std::uint32_t> Emitter::slot_of(std::string_view name) const {
    const auto of_loop = std::find_if(loop_variables_.rbegin(), loop_variables_.rend(), [&](const auto& v) { return v.first == name; });
    if (of_loop != loop_variables_.rend()) return of_loop->second;
    const auto set = set_variables_.find(name);
    return set == set_variables_.end() ? std::nullopt : std::optional{set->second};
}

void Emitter::push_variable(std::string_view name) {
    if (const auto slot = slot_of(name)) emit(Op::local, *slot);
    else emit(Op::variable, string(name));
}

std::uint32_t Emitter::assignable(std::string_view name) {
    if (const auto slot = slot_of(name)) return *slot;
    const std::uint32_t slot = program_.slots++;
    program_.presets.push_back({slot, string(name)});
    set_variables_.emplace(name, slot);
    return slot;
}

std::uint32_t Emitter::open_variable(std::string_view name) {
    loop_variables_.emplace_back(name, program_.slots);
    return program_.slots++;
}

std::uint32_t Emitter::add_loop() {
    program_.loops.emplace_back();
    return static_cast<std::uint32_t>(program_.loops.size() - 1);
}

}  // namespace host::ui
