#include "db/param_texts.hpp"

#include "base/json.hpp"
#include "base/strings.hpp"
#include "db/error.hpp"

#include <charconv>
#include <limits>

namespace host::db {
namespace {

std::string time_text(std::int64_t us) {
    if (us == std::numeric_limits<std::int64_t>::max()) return "infinity";
    if (us == std::numeric_limits<std::int64_t>::min()) return "-infinity";
    constexpr std::int64_t kFirst = -62135596800'000'000, kLast = 253402300799'999'999;
    if (us < kFirst || us > kLast) throw Error{"a time is outside the years 1 to 9999", "22008"};
    return base::rfc3339(us);
}

template <class Number>
void append_number(std::string& buffer, Number number) {
    char digits[32];
    buffer.append(digits, std::to_chars(digits, std::end(digits), number).ptr);
}

}  // namespace

void ParamTexts::append(const Param& param) {
    switch (param.type) {
        case Param::Type::null: break;
        case Param::Type::boolean: buffer_ += param.integer ? 't' : 'f'; break;
        case Param::Type::integer: append_number(buffer_, param.integer); break;
        case Param::Type::real: append_number(buffer_, param.real); break;
        case Param::Type::text:
            if (base::contains_nul(param.text)) throw Error{"text contains NUL", "22021"};
            buffer_ += param.text;
            break;
        case Param::Type::time: buffer_ += time_text(param.integer); break;
    }
    buffer_ += '\0';
}

void ParamTexts::assign(std::span<const Param> params) {
    buffer_.clear();
    for (const Param& param : params) append(param);
    values_.clear();
    const char* at = buffer_.c_str();
    for (const Param& param : params) {
        values_.push_back(param.type == Param::Type::null ? nullptr : at);
        at += std::char_traits<char>::length(at) + 1;
    }
}

}  // namespace host::db
