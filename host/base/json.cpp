#include "base/json.hpp"

#include "base/strings.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <stdexcept>

namespace host::base {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxDepth = 64;
constexpr int kMaxWrittenDepth = 256;  // a tree made by a plugin may be deeper than the stack

// Builds the tree while Boost.JSON reads; refuses what the standard leaves open but we do not accept.
class Builder {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    explicit Builder(Arena& arena) : arena_{&arena} {}
    Value* root() const { return root_; }
    const char* refusal() const { return refusal_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }

    bool on_array_begin(json::error_code&) { return open(Value::array(*arena_)); }
    bool on_array_end(std::size_t, json::error_code&) { return close(); }
    bool on_object_begin(json::error_code&) { return open(Value::object(*arena_)); }
    bool on_object_end(std::size_t, json::error_code& ec) {
        return duplicate_keys() ? refuse(ec, "a member appears twice") : close();
    }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return keep(part); }
    bool on_key(json::string_view part, std::size_t, json::error_code& ec) {
        const std::string_view text = whole(part);
        if (contains_nul(text)) return refuse(ec, "NUL in a name");
        open_.back().key = arena_->copy(text);
        parts_.clear();
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return keep(part); }
    bool on_string(json::string_view part, std::size_t, json::error_code& ec) {
        const std::string_view text = whole(part);
        if (contains_nul(text)) return refuse(ec, "NUL in a string");
        add(Value::string(*arena_, text));
        parts_.clear();
        return true;
    }

    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t v, json::string_view, json::error_code&) { return add(Value::integer(*arena_, v)); }
    bool on_uint64(std::uint64_t v, json::string_view, json::error_code&) {
        return add(Value::real(*arena_, static_cast<double>(v)));
    }
    bool on_double(double approximate, json::string_view digits, json::error_code& ec) {
        // Boost.JSON 1.81 may be one unit in the last place off.
        double exact = approximate;
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), exact);
        if (parsed.ec == std::errc::result_out_of_range) exact = approximate;
        if (!std::isfinite(exact)) return refuse(ec, "a number is too large");
        return add(Value::real(*arena_, exact));
    }
    bool on_bool(bool v, json::error_code&) { return add(Value::boolean(*arena_, v)); }
    bool on_null(json::error_code&) { return add(Value::null(*arena_)); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    struct Open {
        Value* container;
        std::string_view key;  // of the member that comes next
    };

    bool keep(json::string_view part) {
        parts_.append(part.data(), part.size());
        return true;
    }
    std::string_view whole(json::string_view last) {
        if (parts_.empty()) return {last.data(), last.size()};
        keep(last);
        return parts_;
    }
    bool refuse(json::error_code& ec, const char* why) {
        refusal_ = why;
        ec = json::error::syntax;
        return false;
    }
    bool add(Value* value) {
        if (open_.empty()) root_ = value;
        else if (open_.back().container->is(Value::Type::array)) open_.back().container->push(value);
        else open_.back().container->append(open_.back().key, value);
        return true;
    }
    bool open(Value* container) {
        add(container);
        open_.push_back({container, {}});
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    // Sorted, because comparing each with each would let one large object keep a worker busy for minutes.
    bool duplicate_keys() {
        const Value& object = *open_.back().container;
        keys_.clear();
        for (std::size_t i = 0; i < object.size(); ++i) keys_.push_back(object.key(i));
        std::sort(keys_.begin(), keys_.end());
        return std::adjacent_find(keys_.begin(), keys_.end()) != keys_.end();
    }

    Arena* arena_;
    Value* root_ = nullptr;
    const char* refusal_ = nullptr;
    std::vector<Open> open_;
    std::string parts_;  // of a string with escapes
    std::vector<std::string_view> keys_;
};

void write_string(std::string_view text, std::string& out) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') (out += '\\') += c;
        else if (c == '\n') out += "\\n";
        else if (c == '\t') out += "\\t";
        else if (byte >= 0x20) out += c;
        else ((out += "\\u00") += kDigits[byte >> 4]) += kDigits[byte & 0x0f];
    }
    out += '"';
}

template <class Number>
void write_number(Number number, std::string& out) {
    char buffer[32];
    out.append(buffer, std::to_chars(buffer, std::end(buffer), number).ptr);
}

void write_value(const Value& value, std::string& out, int depth);

void write_container(const Value& value, std::string& out, int depth) {
    if (depth == kMaxWrittenDepth) throw std::length_error{"the value is nested too deeply for JSON"};
    const bool object = value.is(Value::Type::object);
    out += object ? '{' : '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (i != 0) out += ',';
        if (object) {
            write_string(value.key(i), out);
            out += ':';
        }
        write_value(*value.at(i), out, depth + 1);
    }
    out += object ? '}' : ']';
}

void write_value(const Value& value, std::string& out, int depth) {
    switch (value.type()) {
        case Value::Type::null: out += "null"; break;
        case Value::Type::boolean: out += value.as_bool() ? "true" : "false"; break;
        case Value::Type::integer: write_number(value.as_integer(), out); break;
        case Value::Type::real:
            if (std::isfinite(value.as_real())) write_number(value.as_real(), out);
            else out += "null";
            break;
        case Value::Type::string:
        case Value::Type::html: write_string(value.as_string(), out); break;
        case Value::Type::array:
        case Value::Type::object: write_container(value, out, depth); break;
        case Value::Type::time: write_string(rfc3339(value.as_integer()), out); break;
    }
}

}  // namespace

Result<Value*> parse_json(Arena& arena, std::string_view text) {
    json::parse_options options;
    options.max_depth = kMaxDepth;
    json::basic_parser<Builder> parser{options, arena};
    json::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (!error && used != text.size()) error = json::error::extra_data;
    if (!error) return parser.handler().root();
    const char* refusal = parser.handler().refusal();
    return Problem{"json.invalid", "not valid JSON: " + (refusal ? refusal : error.message()), std::to_string(used)};
}

void write_json(const Value& value, std::string& out) { write_value(value, out, 0); }

std::string to_json(const Value& value) {
    std::string out;
    write_json(value, out);
    return out;
}

std::string rfc3339(std::int64_t us_since_1970_utc) {
    using namespace std::chrono;
    // RFC 3339 has four digits for the year; PostgreSQL's infinity ends here too.
    constexpr auto kFirst = sys_time<microseconds>{sys_days{year{0} / January / 1}};
    constexpr auto kLast = sys_time<microseconds>{sys_days{year{10000} / January / 1}} - 1us;
    const auto time = std::clamp(sys_time<microseconds>{microseconds{us_since_1970_utc}}, kFirst, kLast);
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};

    std::string text = "0000-00-00T00:00:00";
    const auto put = [&](std::size_t at, std::size_t width, std::int64_t number) {
        for (; width-- > 0; number /= 10) text[at + width] = static_cast<char>('0' + number % 10);
    };
    put(0, 4, int{date.year()});
    put(5, 2, unsigned{date.month()});
    put(8, 2, unsigned{date.day()});
    put(11, 2, clock.hours().count());
    put(14, 2, clock.minutes().count());
    put(17, 2, clock.seconds().count());
    if (clock.subseconds().count() != 0) {
        text += ".000000";
        put(20, 6, clock.subseconds().count());
    }
    return text += 'Z';
}

}  // namespace host::base
