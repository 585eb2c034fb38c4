#include "ui/template/render.hpp"

#include "base/json.hpp"
#include "i18n/format.hpp"
#include "ui/markdown.hpp"
#include "ui/template/escape.hpp"
#include "ui/template/functions.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace host::ui {
namespace {

using Type = Operand::Type;

constexpr int kMaxDepth = 64;

Operand sum(const Operand& a, const Operand& b, bool (*operation)(std::int64_t, std::int64_t, std::int64_t*)) {
    std::int64_t result = 0;
    if (a.type != Type::integer || b.type != Type::integer || operation(a.scalar.integer, b.scalar.integer, &result)) return {};
    return Operand::of(result);
}

bool add(std::int64_t a, std::int64_t b, std::int64_t* result) { return __builtin_add_overflow(a, b, result); }
bool subtract(std::int64_t a, std::int64_t b, std::int64_t* result) { return __builtin_sub_overflow(a, b, result); }

}  // namespace

void Renderer::render(const Program& program, const base::Value& data) {
    cells_.reserve(64);
    run(program, {&data, nullptr, 0, Operand::of(data.get("site"))});
}

void Renderer::run(const Program& program, const Scope& scope) {
    if (++depth_ > kMaxDepth) throw std::runtime_error{"more than 64 nested includes"};
    const std::size_t base = top_;
    const std::size_t stack = base + program.slots;
    enter(program, scope, base);
    Operand* sp = &cells_[stack];  // the first free operand
    const auto text = [&](std::uint32_t index) { return std::string_view{program.strings[index]}; };
    // An include may move cells_.
    const auto used = [&] { return static_cast<std::size_t>(sp - cells_.data()); };

    const Instruction* const code = program.code.data();
    const std::size_t size = program.code.size();
    for (std::size_t at = 0; at < size;) {
        const Instruction& i = code[at++];
        // clang-format off
        switch (i.op) {
            case Op::literal: out_.append(program.markup, i.b, i.a); break;

            case Op::push_null: *sp++ = {}; break;
            case Op::push_true: *sp++ = Operand::of(true); break;
            case Op::push_false: *sp++ = Operand::of(false); break;
            case Op::push_integer: *sp++ = Operand::of(program.integers[i.a]); break;
            case Op::push_string: *sp++ = Operand::string(text(i.a)); break;
            case Op::variable: *sp++ = lookup(scope, text(i.a)); break;
            case Op::local: *sp++ = cells_[base + i.a]; break;
            case Op::loop_index: *sp++ = Operand::of(static_cast<std::int64_t>(loops_.back().index + 1)); break;
            case Op::loop_first: *sp++ = Operand::of(loops_.back().index == 0); break;
            case Op::loop_last: *sp++ = Operand::of(loops_.back().index + 1 == loops_.back().items->size()); break;
            case Op::member: sp[-1] = member(sp[-1], text(i.a)); break;

            case Op::logical_not: sp[-1] = Operand::of(!sp[-1].truthy()); break;
            case Op::negate: sp[-1] = sum(Operand::of(std::int64_t{0}), sp[-1], subtract); break;
            case Op::equal: --sp; sp[-1] = Operand::of(equal(sp[-1], *sp)); break;
            case Op::not_equal: --sp; sp[-1] = Operand::of(!equal(sp[-1], *sp)); break;
            case Op::less: --sp; sp[-1] = Operand::of(less(sp[-1], *sp)); break;
            case Op::less_equal: --sp; sp[-1] = Operand::of(less_or_equal(sp[-1], *sp)); break;
            case Op::greater: --sp; sp[-1] = Operand::of(less(*sp, sp[-1])); break;
            case Op::greater_equal: --sp; sp[-1] = Operand::of(less_or_equal(*sp, sp[-1])); break;
            case Op::add: --sp; sp[-1] = sum(sp[-1], *sp, add); break;
            case Op::subtract: --sp; sp[-1] = sum(sp[-1], *sp, subtract); break;

            case Op::jump: at = i.a; break;
            case Op::jump_unless: if (!(--sp)->truthy()) at = i.a; break;
            case Op::jump_if_keep: if (sp[-1].truthy()) at = i.a; else --sp; break;
            case Op::jump_unless_keep: if (!sp[-1].truthy()) at = i.a; else --sp; break;

            case Op::translate: sp -= i.a; sp[-1] = translated(program, {sp - 1, i.a + 1}); break;
            case Op::plural: sp -= i.a + 2; sp[-1] = plural(program, {sp - 1, i.a + 3}); break;
            case Op::time: sp[-1] = time(sp[-1], i.a); break;
            case Op::number: sp[-1] = number(sp[-1]); break;
            case Op::bytes: sp[-1] = bytes(sp[-1]); break;
            case Op::lines: sp[-1] = lines(sp[-1]); break;
            case Op::markdown: sp[-1] = markdown(sp[-1]); break;

            case Op::url: { sp -= i.a; const Operand made = url(text(i.b), {sp, i.a}); *sp++ = made; break; }
            case Op::query: { sp -= i.a; const Operand made = query({sp, i.a}); *sp++ = made; break; }
            case Op::icon: sp[-1] = icon(sp[-1]); break;
            case Op::csrf: *sp++ = hidden_input(kCsrfField, environment_.csrf_token()); break;
            case Op::idempotency: *sp++ = hidden_input(kIdempotencyField, environment_.idempotency_key()); break;
            case Op::can: sp[-1] = Operand::of(sp[-1].is_text() && environment_.can(sp[-1].text)); break;
            case Op::asset: *sp++ = Operand::string(arena_.copy(environment_.asset_url(text(i.a), text(i.b)))); break;

            case Op::emit_markup: emit_markup(*--sp); break;
            case Op::emit_text: emit_text(*--sp); break;
            case Op::emit_url: emit_link(*--sp, is_safe_link); break;
            case Op::emit_script_url: emit_link(*--sp, is_safe_path); break;
            case Op::emit_json: emit_json(*--sp); break;

            case Op::store: cells_[base + i.a] = *--sp; break;
            case Op::loop_begin: if (!begin_loop(program.loops[i.a], *--sp, base)) at = program.loops[i.a].after; break;
            case Op::loop_next: at = next_loop(program.loops[i.a], base) ? program.loops[i.a].body : program.loops[i.a].end; break;

            case Op::include: {
                const Program::Call& call = program.calls[i.a];
                const std::size_t first = used() - call.variables.size();
                include(call, scope, first);
                sp = cells_.data() + first;
                break;
            }
            case Op::slot: {
                const Program::Call& call = program.calls[i.a];
                sp -= call.variables.size();
                fill_slot(call, used());
                break;
            }
        }
        // clang-format on
    }
    top_ = base;
    --depth_;
}

void Renderer::enter(const Program& program, const Scope& scope, std::size_t base) {
    top_ = base + program.slots + program.max_stack;
    if (cells_.size() <= top_) cells_.resize(top_ + 1);
    for (std::size_t i = 0; i < program.slots; ++i) cells_[base + i] = {};
    for (const auto& preset : program.presets) cells_[base + preset.slot] = lookup(scope, program.strings[preset.name]);
}

Operand Renderer::lookup(const Scope& scope, std::string_view name) const {
    if (!scope.call) return Operand::of(scope.data->get(name));
    const auto& names = scope.call->variables;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return cells_[scope.first_value + i];
    return name == "site" ? scope.site : Operand{};
}

Operand Renderer::member(const Operand& object, std::string_view name) const {
    return object.type == Type::object ? Operand::of(object.scalar.node->get(name)) : Operand{};
}

bool Renderer::begin_loop(const Program::Loop& loop, const Operand& items, std::size_t base) {
    if ((items.type != Type::array && items.type != Type::object) || items.scalar.node->size() == 0) return false;
    loops_.push_back({items.scalar.node, 0});
    set_loop_variables(loop, base);
    return true;
}

bool Renderer::next_loop(const Program::Loop& loop, std::size_t base) {
    Loop& current = loops_.back();
    if (++current.index == current.items->size()) {
        loops_.pop_back();
        return false;
    }
    set_loop_variables(loop, base);
    return true;
}

void Renderer::set_loop_variables(const Program::Loop& loop, std::size_t base) {
    const Loop& current = loops_.back();
    cells_[base + loop.value_slot] = Operand::of(current.items->at(current.index));
    if (!loop.has_key) return;
    const bool is_object = current.items->is(Type::object);
    cells_[base + loop.key_slot] =
        is_object ? Operand::string(current.items->key(current.index)) : Operand::of(static_cast<std::int64_t>(current.index));
}

void Renderer::include(const Program::Call& call, const Scope& scope, std::size_t first_value) {
    if (call.shares_data) return run(*call.target, scope);
    run(*call.target, {nullptr, &call, first_value, scope.site});
}

void Renderer::fill_slot(const Program::Call& call, std::size_t first_value) {
    base::Value* data = base::Value::object(arena_);
    for (std::size_t i = 0; i < call.variables.size(); ++i) {
        const Operand& value = cells_[first_value + i];
        const bool is_node = value.type == Type::array || value.type == Type::object;
        data->set(call.variables[i], is_node ? value.scalar.node : value.to_value(arena_));
    }
    environment_.slot(call.name, *data, out_);
}

void Renderer::emit_text(const Operand& value) {
    if (value.is_text()) escape_text(value.text, out_);
    else value.append_to(out_);  // numbers, booleans and times have nothing to escape
}

void Renderer::emit_markup(const Operand& value) {
    if (value.type == Type::html) out_ += value.text;
    else emit_text(value);
}

void Renderer::emit_link(const Operand& value, bool (*is_safe)(std::string_view)) {
    if (value.is_text() && is_safe(value.text)) escape_text(value.text, out_);
    else out_ += '#';
}

void Renderer::emit_json(const Operand& value) {
    scratch_.clear();
    const bool is_node = value.type == Type::array || value.type == Type::object;
    base::write_json(is_node ? *value.scalar.node : *value.to_value(arena_), scratch_);
    escape_text(scratch_, out_);
}

Operand Renderer::keep(Operand::Type type) {
    Operand kept = Operand::string(arena_.copy(scratch_));
    kept.type = type;
    scratch_.clear();
    return kept;
}

Operand Renderer::translated(const Program& program, std::span<const Operand> operands) {
    const Operand& msgid = operands.front();
    if (!msgid.is_text()) return msgid;
    const std::string_view text = environment_.translate(program.domain, msgid.text);
    if (operands.size() == 1) return Operand::string(text);
    append_filled(text, operands.subspan(1), scratch_);
    return keep(Type::string);
}

// operands: count, one, many, more values. %1 is the count as people write it.
Operand Renderer::plural(const Program& program, std::span<const Operand> operands) {
    const Operand& count = operands[0];
    if (count.type != Type::integer) return {};
    const std::string_view text = environment_.translate_plural(program.domain, operands[1].text, operands[2].text, count.scalar.integer);
    const std::string digits = i18n::format_integer(count.scalar.integer, environment_.language());
    std::array<Operand, 9> values;
    values[0] = Operand::string(digits);
    const std::size_t more = operands.size() - 3;
    std::ranges::copy(operands.subspan(3), values.begin() + 1);
    append_filled(text, {values.data(), 1 + more}, scratch_);
    return keep(Type::string);
}

Operand Renderer::time(const Operand& value, std::uint32_t style) {
    if (value.type != Type::time) return value;
    if (now_us_ == 0) now_us_ = environment_.now_us();
    return Operand::string(arena_.copy(i18n::format_time(value.scalar.integer, static_cast<i18n::DateStyle>(style), environment_.language(),
                                                         environment_.zone(), now_us_)));
}

Operand Renderer::number(const Operand& value) {
    if (value.type != Type::integer) return value;
    return Operand::string(arena_.copy(i18n::format_integer(value.scalar.integer, environment_.language())));
}

Operand Renderer::bytes(const Operand& value) {
    if (value.type != Type::integer) return value;
    return Operand::string(arena_.copy(i18n::format_bytes(value.scalar.integer, environment_.language())));
}

Operand Renderer::lines(const Operand& value) {
    if (value.type != Type::string) return value;
    escape_lines(value.text, scratch_);
    return keep(Type::html);
}

Operand Renderer::markdown(const Operand& value) {
    if (value.type != Type::string) return value;
    scratch_ = markdown_to_html(value.text);
    return keep(Type::html);
}

Operand Renderer::url(std::string_view path, std::span<const Operand> values) {
    append_url(path, values, scratch_);
    return keep(Type::string);
}

Operand Renderer::query(std::span<const Operand> names_and_values) {
    append_query(environment_.path(), environment_.query_string(), names_and_values, scratch_);
    return keep(Type::string);
}

Operand Renderer::icon(const Operand& name) {
    if (!has_sprite_url_) sprite_url_ = environment_.asset_url("core", "icons.svg");
    has_sprite_url_ = true;
    append_icon(sprite_url_, name.text, scratch_);
    return keep(Type::html);
}

Operand Renderer::hidden_input(std::string_view name, std::string_view value) {
    scratch_ += R"(<input type="hidden" name=")";
    scratch_ += name;
    scratch_ += R"(" value=")";
    escape_text(value, scratch_);
    scratch_ += R"(">)";
    return keep(Type::html);
}

}  // namespace host::ui
