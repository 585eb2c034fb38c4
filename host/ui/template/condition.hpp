// An expression of the template language on its own: a manifest's "when", over the data of a slot or object.
#pragma once

#include "base/result.hpp"
#include "base/value.hpp"
#include "ui/template/template.hpp"

#include <memory>
#include <string_view>

namespace host::ui {

struct Program;

// Immutable. Any thread.
class Condition {
public:
    // Problem::path is "<name>:1:column".
    static base::Result<Condition> parse(std::string_view name, std::string_view expression);
    // data is an object, its members are the expression's variables; unknown ones are null.
    bool holds(const base::Value& data, const Environment& environment) const;

private:
    explicit Condition(std::shared_ptr<const Program> program) : program_{std::move(program)} {}
    std::shared_ptr<const Program> program_;
};

}  // namespace host::ui
