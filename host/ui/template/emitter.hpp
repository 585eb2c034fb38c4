// Writes the instructions of a program and knows its local variables.
#pragma once

#include "ui/template/program.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::ui {

class Emitter {
public:
    explicit Emitter(Program& program) : program_{program} {}

    void markup(std::string_view text);
    std::uint32_t emit(Op op, std::uint32_t a = 0, std::uint32_t b = 0);  // returns where it is
    void push_integer(std::int64_t n);
    std::uint32_t string(std::string_view text);  // its index
    void call(Op op, Program::Call call);
    std::uint32_t here() const { return static_cast<std::uint32_t>(program_.code.size()); }
    void land(std::uint32_t jump);          // the jump goes here
    void land_here() { landed_ = here(); }  // so does the end of a loop
    // One branch of a conditional leaves an operand that the other leaves as well.
    void forget_operand() { --depth_; }
    // The text pushed last, when the last instruction pushed one.
    std::optional<std::string> literal() const;

    void push_variable(std::string_view name);
    std::uint32_t assignable(std::string_view name);     // slot for {% set %}, seen until the end of the template
    std::uint32_t open_variable(std::string_view name);  // slot of a loop variable
    void close_variables(std::size_t count) { loop_variables_.resize(loop_variables_.size() - count); }

    std::uint32_t add_loop();
    Program::Loop& loop(std::uint32_t index) { return program_.loops[index]; }

private:
    int effect(const Instruction& instruction) const;
    void move(int effect);
    std::optional<std::uint32_t> slot_of(std::string_view name) const;

    Program& program_;
    int depth_ = 0;
    std::uint32_t landed_ = 0;  // last jump target: markup behind it is not joined to the markup before
    std::map<std::string, std::uint32_t, std::less<>> strings_;
    std::vector<std::pair<std::string, std::uint32_t>> loop_variables_;
    std::map<std::string, std::uint32_t, std::less<>> set_variables_;
};

}  // namespace host::ui
