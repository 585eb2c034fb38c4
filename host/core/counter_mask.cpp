#include "core/counter_mask.hpp"

#include "i18n/zone.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace host::core {
namespace {

using Kind = CounterMask::Kind;

constexpr std::size_t kLongestMask = 80;
constexpr std::size_t kFewestDigits = 3, kMostDigits = 12;
constexpr std::string_view kPunctuation = "-_/.:+*=()[],";

struct DateTag {
    std::string_view text;
    Kind kind;
};
constexpr DateTag kDateTags[] = {{"yyyy", Kind::year}, {"yy", Kind::short_year}, {"mm", Kind::month}, {"dd", Kind::day}};

bool is_literal(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kPunctuation.find(c) != std::string_view::npos;
}

bool is_number(const CounterMask::Part& part) { return part.kind == Kind::number; }

std::optional<std::int64_t> to_number(std::string_view digits) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || digits.front() == '-' || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::string padded(std::int64_t value, int digits) {
    auto text = std::to_string(value);
    const auto width = static_cast<std::size_t>(digits);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

class MaskParser {
public:
    explicit MaskParser(std::string_view text) : rest_{text} {}

    base::Result<CounterMask> run() {
        if (rest_.empty()) fail("counter.empty", "a mask is expected");
        else if (rest_.size() > kLongestMask) fail("counter.long", "a mask has at most 80 characters");
        while (!rest_.empty() && problems_.empty()) rest_.front() == '{' ? tag() : literal();
        if (problems_.empty()) check();
        if (!problems_.empty()) return std::move(problems_);
        return std::move(mask_);
    }

private:
    void fail(std::string code, std::string message, std::string_view what = {}) {
        problems_.push_back({std::move(code), std::move(message), std::string{what}});
    }

    void literal() {
        const char c = rest_.front();
        if (c == '}') return fail("counter.brace", "a brace is closed that was never opened");
        if (!is_literal(c)) return fail("counter.character", "only letters without accents, digits and -_/.:+*=()[], may stand in a mask", rest_.substr(0, 1));
        if (mask_.parts.empty() || mask_.parts.back().kind != Kind::text) mask_.parts.push_back({Kind::text, {}});
        mask_.parts.back().text += c;
        rest_.remove_prefix(1);
    }

    void tag() {
        const auto end = rest_.find('}');
        if (end == std::string_view::npos) return fail("counter.brace", "a brace is never closed");
        const auto content = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        if (content.starts_with('0')) return number(content);
        const auto* known = std::ranges::find(kDateTags, content, &DateTag::text);
        if (known == std::end(kDateTags)) return fail("counter.tag", "there is no such tag", content);
        mask_.parts.push_back({known->kind, {}});
    }

    void number(std::string_view content) {
        const auto zeros = std::min(content.find_first_not_of('0'), content.size());
        if (zeros < kFewestDigits || zeros > kMostDigits) return fail("counter.digits", "the number has 3 to 12 digits", content);
        mask_.parts.push_back({Kind::number, {}});
        mask_.digits = static_cast<int>(zeros);
        content.remove_prefix(zeros);
        bool with_offset = false, with_reset = false;
        while (!content.empty() && problems_.empty()) {
            const char sign = content.front();
            content.remove_prefix(1);
            const auto end = std::min(content.find_first_of("+@"), content.size());
            const auto value = to_number(content.substr(0, end));
            if (sign == '+' && !std::exchange(with_offset, true)) offset(value);
            else if (sign == '@' && !std::exchange(with_reset, true)) reset(value);
            else return fail("counter.tag", "after the zeros stand +offset and @month", content);
            content.remove_prefix(end);
        }
    }

    void offset(std::optional<std::int64_t> value) {
        if (!value || *value >= mask_.highest()) return fail("counter.offset", "the offset is a number that the digits can go on from");
        mask_.offset = *value;
    }

    void reset(std::optional<std::int64_t> month) {
        if (!month || (*month > 12 && *month != 99)) return fail("counter.reset", "the counter starts again @1 to @12, @0 or @99");
        mask_.reset = *month == 99 ? CounterReset::monthly : *month == 0 ? CounterReset::fiscal : CounterReset::yearly;
        if (mask_.reset == CounterReset::yearly) mask_.reset_month = static_cast<int>(*month);
    }

    bool has(Kind kind) const {
        return std::ranges::any_of(mask_.parts, [&](const auto& part) { return part.kind == kind; });
    }

    void check() {
        if (std::ranges::count_if(mask_.parts, is_number) != 1) return fail("counter.number", "a mask has one number, like {0000}");
        if (mask_.reset == CounterReset::never) return;
        const bool year = has(Kind::year) || has(Kind::short_year);
        const bool january = mask_.reset == CounterReset::yearly && mask_.reset_month == 1;
        if (!year || (!january && !has(Kind::month)))
            fail("counter.date", january ? "a counter that starts again every year needs {yyyy} or {yy}"
                                         : "a counter that starts again in other months than January needs the year and {mm}");
    }

    std::string_view rest_;
    CounterMask mask_;
    base::Problems problems_;
};

std::string number_tag(const CounterMask& mask) {
    auto tag = '{' + std::string(static_cast<std::size_t>(mask.digits), '0');
    if (mask.offset > 0) tag += '+' + std::to_string(mask.offset);
    if (mask.reset == CounterReset::yearly) tag += '@' + std::to_string(mask.reset_month);
    if (mask.reset == CounterReset::fiscal) tag += "@0";
    if (mask.reset == CounterReset::monthly) tag += "@99";
    return tag + '}';
}

std::string write(const CounterMask& mask, const CounterDate& date, std::string_view number) {
    std::string out;
    for (const auto& part : mask.parts) switch (part.kind) {
            case Kind::text: out += part.text; break;
            case Kind::year: out += padded(date.year, 4); break;
            case Kind::short_year: out += padded(date.year % 100, 2); break;
            case Kind::month: out += padded(date.month, 2); break;
            case Kind::day: out += padded(date.day, 2); break;
            case Kind::number: out += number; break;
        }
    return out;
}

std::string year_from(const CounterDate& date, int month) {
    return padded(date.month < month ? date.year - 1 : date.year, 4) + '/' + padded(month, 2);
}

}  // namespace

std::int64_t CounterMask::highest() const {
    std::int64_t power = 1;
    for (int i = 0; i < digits; ++i) power *= 10;
    return power - 1;
}

base::Result<CounterMask> parse_counter_mask(std::string_view mask) { return MaskParser{mask}.run(); }

std::string to_text(const CounterMask& mask) {
    std::string out;
    for (const auto& part : mask.parts) {
        const auto* tag = std::ranges::find(kDateTags, part.kind, &DateTag::kind);
        if (part.kind == Kind::text) out += part.text;
        else if (part.kind == Kind::number) out += number_tag(mask);
        else out.append("{").append(tag->text).append("}");
    }
    return out;
}

CounterDate counter_date(std::int64_t at_us, std::string_view zone) {
    using namespace std::chrono;
    const auto* found = i18n::find_zone(zone);
    const i18n::Time utc{microseconds{at_us}};
    const auto local = found ? utc + found->offset(utc) : utc;
    const year_month_day date{floor<days>(local)};
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())), static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::string write_number(const CounterMask& mask, const CounterDate& date, std::int64_t value) { return write(mask, date, padded(value, mask.digits)); }

std::string number_shape(const CounterMask& mask, const CounterDate& date) { return write(mask, date, "#"); }

std::string counter_period(const CounterMask& mask, const CounterDate& date, int fiscal_month) {
    switch (mask.reset) {
        case CounterReset::never: return {};
        case CounterReset::yearly: return year_from(date, mask.reset_month);
        case CounterReset::fiscal: return year_from(date, fiscal_month);
        case CounterReset::monthly: break;
    }
    return padded(date.year, 4) + '-' + padded(date.month, 2);
}

std::string to_mask(const CounterZones& zones) {
    std::string out = zones.prefix;
    if (zones.year_digits) out += zones.year_digits == 4 ? "{yyyy}" : "{yy}";
    if (zones.month) out += "{mm}";
    if (zones.day) out += "{dd}";
    CounterMask number;
    number.digits = zones.digits;
    number.offset = zones.offset;
    number.reset = zones.reset;
    number.reset_month = zones.reset_month;
    return out + zones.separator + number_tag(number) + zones.suffix;
}

std::optional<CounterZones> zones_of(const CounterMask& mask) {
    CounterZones zones;
    auto part = mask.parts.begin();
    const auto take = [&](Kind kind) {
        if (part == mask.parts.end() || part->kind != kind) return false;
        ++part;
        return true;
    };
    if (take(Kind::text)) zones.prefix = std::prev(part)->text;
    zones.year_digits = take(Kind::year) ? 4 : take(Kind::short_year) ? 2 : 0;
    zones.month = take(Kind::month);
    zones.day = take(Kind::day);
    if (take(Kind::text)) zones.separator = std::prev(part)->text;
    if (!take(Kind::number)) return std::nullopt;
    if (take(Kind::text)) zones.suffix = std::prev(part)->text;
    if (part != mask.parts.end()) return std::nullopt;
    zones.digits = mask.digits;
    zones.offset = mask.offset;
    zones.reset = mask.reset;
    zones.reset_month = mask.reset_month;
    return zones;
}

}  // namespace host::core
