#include "db/timestamp.hpp"

#include <chrono>
#include <limits>

namespace host::db {
namespace {

// Takes what it understands off the front of the text; failed() once something was not as expected.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_{text} {}
    bool failed() const { return failed_; }
    bool at_end() const { return rest_.empty(); }

    bool accept(std::string_view expected) {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }
    void expect(std::string_view expected) { failed_ |= !accept(expected); }

    int number(std::size_t min_digits, std::size_t max_digits) {
        int value = 0;
        std::size_t digits = 0;
        for (; digits < max_digits && digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits)
            value = value * 10 + (rest_[digits] - '0');
        failed_ |= digits < min_digits;
        rest_.remove_prefix(digits);
        return value;
    }
    int fraction_us() {
        const std::size_t before = rest_.size();
        int value = number(1, 6);
        for (std::size_t digits = before - rest_.size(); digits < 6; ++digits) value *= 10;
        return value;
    }

private:
    std::string_view rest_;
    bool failed_ = false;
};

std::chrono::microseconds read_clock(Reader& reader) {
    using namespace std::chrono;
    const hours h{reader.number(2, 2)};
    reader.expect(":");
    const minutes m{reader.number(2, 2)};
    reader.expect(":");
    const seconds s{reader.number(2, 2)};
    const microseconds us{reader.accept(".") ? reader.fraction_us() : 0};
    return h + m + s + us;
}

std::chrono::seconds read_offset(Reader& reader) {
    using namespace std::chrono;
    const bool west = reader.accept("-");
    if (!west && !reader.accept("+")) return {};
    seconds offset = hours{reader.number(2, 2)};
    if (reader.accept(":")) offset += minutes{reader.number(2, 2)};
    if (reader.accept(":")) offset += seconds{reader.number(2, 2)};
    return west ? -offset : offset;
}

}  // namespace

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
    using namespace std::chrono;
    if (text == "infinity") return std::numeric_limits<std::int64_t>::max();
    if (text == "-infinity") return std::numeric_limits<std::int64_t>::min();
    Reader reader{text};
    int y = reader.number(4, 6);
    reader.expect("-");
    const auto m = static_cast<unsigned>(reader.number(2, 2));
    reader.expect("-");
    const auto d = static_cast<unsigned>(reader.number(2, 2));
    microseconds clock{};
    if (text.find(':') != std::string_view::npos) {
        reader.expect(" ");
        clock = read_clock(reader);
        clock -= read_offset(reader);
    }
    if (reader.accept(" BC")) y = 1 - y;
    const year_month_day date{year{y}, month{m}, day{d}};
    if (reader.failed() || !reader.at_end() || y > int{year::max()} || !date.ok()) return std::nullopt;
    return (sys_days{date} + clock).time_since_epoch().count();
}

}  // namespace host::db
