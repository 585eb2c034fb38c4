// Runs a program.
#pragma once

#include "base/arena.hpp"
#include "ui/template/operand.hpp"
#include "ui/template/program.hpp"
#include "ui/template/template.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace host::ui {

// One render: scratch memory and what stays the same during it.
class Renderer {
public:
    Renderer(const Environment& environment, std::string& out) : environment_{environment}, out_{out} {}

    // data is an object. Throws std::runtime_error past 64 nested includes.
    void render(const Program& program, const base::Value& data);

private:
    // What the names of a template that are not its own variables mean.
    struct Scope {
        const base::Value* data = nullptr;    // of the whole render
        const Program::Call* call = nullptr;  // or what an include was given: names here,
        std::size_t first_value = 0;          // values in cells_ from here on
        Operand site;
    };
    struct Loop {
        const base::Value* items;
        std::size_t index;
    };

    void run(const Program& program, const Scope& scope);
    void enter(const Program& program, const Scope& scope, std::size_t base);
    Operand lookup(const Scope& scope, std::string_view name) const;
    bool begin_loop(const Program::Loop& loop, const Operand& items, std::size_t base);
    bool next_loop(const Program::Loop& loop, std::size_t base);
    void set_loop_variables(const Program::Loop& loop, std::size_t base);
    void include(const Program::Call& call, const Scope& scope, std::size_t first_value);
    void fill_slot(const Program::Call& call, std::size_t first_value);

    void emit_text(const Operand& value);
    void emit_markup(const Operand& value);
    void emit_link(const Operand& value, bool (*is_safe)(std::string_view));
    void emit_json(const Operand& value);

    Operand member(const Operand& object, std::string_view name) const;
    Operand translated(const Program& program, std::span<const Operand> operands);
    Operand plural(const Program& program, std::span<const Operand> operands);
    Operand time(const Operand& value, std::uint32_t style);
    Operand number(const Operand& value);
    Operand bytes(const Operand& value);
    Operand lines(const Operand& value);
    Operand markdown(const Operand& value);
    Operand query(std::span<const Operand> names_and_values);
    Operand url(std::string_view path, std::span<const Operand> values);
    Operand icon(const Operand& name);
    Operand hidden_input(std::string_view name, std::string_view value);
    Operand keep(Operand::Type type);  // what was written to scratch_

    const Environment& environment_;
    std::string& out_;
    base::Arena arena_;
    std::vector<Operand> cells_;  // variables and stack of each running program, one after the other
    std::vector<Loop> loops_;
    std::string scratch_;
    std::string sprite_url_;
    bool has_sprite_url_ = false;
    std::int64_t now_us_ = 0;  // read once
    std::size_t top_ = 0;      // first free cell
    int depth_ = 0;
};

}  // namespace host::ui
