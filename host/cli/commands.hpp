// The command line (architecture.md, "Commands"). Each command prints what it did; the exit status is 0
// when it did it, 1 when it could not, 2 when it was called wrongly.
#pragma once

#include "config.hpp"
#include "db/pool.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace host::cli {

// Words and options of one call: "--name VALUE", and flags "--name".
class Arguments {
public:
    Arguments(std::vector<std::string> words) : words_{std::move(words)} {}
    std::string option(std::string_view name, std::string_view fallback = {}) const;
    bool flag(std::string_view name) const;
    std::string word(std::size_t i) const;  // i-th word that is neither an option nor its value; "" when absent
    std::string unknown(std::initializer_list<std::string_view> options, std::initializer_list<std::string_view> flags) const;

private:
    std::vector<std::string> words_;
};

int run(int argc, char** argv);

// The exit status of a command: 0 and the line, or 1 and the problems.
int report(const base::Result<std::string>& result);
int wrong_call(std::string_view what);  // 2, with the usage
// A line of the audit log; the operating system knows who typed the command.
void remember(db::Pool& pool, std::string_view action, const std::string& subject);

}  // namespace host::cli
