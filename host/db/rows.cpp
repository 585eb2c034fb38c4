#include "db/rows.hpp"

#include "base/json.hpp"
#include "db/error.hpp"
#include "db/timestamp.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>
#include <string>
#include <vector>

namespace host::db {
namespace {

// From pg_type.dat; these never change.
enum : Oid {
    kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kJson = 114, kFloat4 = 700, kFloat8 = 701, kTimestamptz = 1184, kJsonb = 3802
};

[[noreturn]] void not_a(const char* type, std::string_view text) {
    throw Error{"\"" + std::string{text.substr(0, 40)} + "\" is not " + type, "22P02"};
}

template <class Number>
Number parse_number(std::string_view text, const char* type) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec != std::errc{} || parsed.ptr != end) not_a(type, text);
    return value;
}

bool parse_boolean(std::string_view text) {
    if (text == "t") return true;
    if (text == "f") return false;
    not_a("a boolean", text);
}

std::int64_t parse_time(std::string_view text) {
    if (const auto us = parse_timestamp(text)) return *us;
    not_a("a time", text);
}

base::Value* parse_tree(base::Arena& arena, std::string_view text) {
    auto tree = base::parse_json(arena, text);
    if (!tree) throw Error{tree.problems()[0].message, "22P02"};
    return *tree;
}

base::Value* cell_value(base::Arena& arena, Oid type, std::string_view text) {
    switch (type) {
        case kBool: return base::Value::boolean(arena, parse_boolean(text));
        case kInt2:
        case kInt4:
        case kInt8: return base::Value::integer(arena, parse_number<std::int64_t>(text, "an integer"));
        case kFloat4:
        case kFloat8: return base::Value::real(arena, parse_number<double>(text, "a number"));
        case kTimestamptz: return base::Value::time(arena, parse_time(text));
        case kJson:
        case kJsonb: return parse_tree(arena, text);
        default: return base::Value::string(arena, text);
    }
}

std::string_view cell(const PGresult* result, int row, int col) {
    return {PQgetvalue(result, row, col), static_cast<std::size_t>(PQgetlength(result, row, col))};
}

struct Column {
    std::string_view name;  // in the arena
    int index;
    Oid type;
};

// Of columns with the same name the last one counts, as in a JSON object.
std::vector<Column> columns_of(const PGresult* result, base::Arena& arena) {
    std::vector<Column> columns;
    for (int i = 0; i < PQnfields(result); ++i) {
        const std::string_view name = PQfname(result, i);
        std::erase_if(columns, [&](const Column& column) { return column.name == name; });
        columns.push_back({arena.copy(name), i, PQftype(result, i)});
    }
    return columns;
}

base::Value* object_of(const PGresult* result, base::Arena& arena, const std::vector<Column>& columns, int row) {
    base::Value* object = base::Value::object(arena);
    for (const Column& column : columns)
        object->append(column.name, PQgetisnull(result, row, column.index)
                                        ? base::Value::null(arena)
                                        : cell_value(arena, column.type, cell(result, row, column.index)));
    return object;
}

}  // namespace

Rows::Rows(pg_result* result) : result_{result} {}

void Rows::Clear::operator()(pg_result* r) const { PQclear(r); }

std::size_t Rows::size() const { return static_cast<std::size_t>(PQntuples(result_.get())); }
std::size_t Rows::columns() const { return static_cast<std::size_t>(PQnfields(result_.get())); }

std::int64_t Rows::affected() const {
    const std::string_view count = PQcmdTuples(result_.get());
    return count.empty() ? 0 : parse_number<std::int64_t>(count, "a count");
}

int Rows::column(std::string_view name) const {
    for (int i = 0; i < PQnfields(result_.get()); ++i)
        if (name == PQfname(result_.get(), i)) return i;
    return -1;
}

bool Rows::is_null(std::size_t row, std::size_t col) const {
    if (row >= size() || col >= columns()) throw std::out_of_range{"no such row or column"};
    return PQgetisnull(result_.get(), static_cast<int>(row), static_cast<int>(col)) != 0;
}

std::string_view Rows::text(std::size_t row, std::size_t col) const {
    if (row >= size() || col >= columns()) throw std::out_of_range{"no such row or column"};
    return cell(result_.get(), static_cast<int>(row), static_cast<int>(col));
}

std::int64_t Rows::i64(std::size_t row, std::size_t col) const { return parse_number<std::int64_t>(text(row, col), "an integer"); }
double Rows::f64(std::size_t row, std::size_t col) const { return parse_number<double>(text(row, col), "a number"); }
bool Rows::boolean(std::size_t row, std::size_t col) const { return parse_boolean(text(row, col)); }
std::int64_t Rows::time_us(std::size_t row, std::size_t col) const { return parse_time(text(row, col)); }

std::optional<std::int64_t> Rows::maybe_i64(std::size_t row, std::size_t col) const {
    if (is_null(row, col)) return std::nullopt;
    return i64(row, col);
}

std::optional<std::string_view> Rows::maybe_text(std::size_t row, std::size_t col) const {
    if (is_null(row, col)) return std::nullopt;
    return text(row, col);
}

base::Value* Rows::to_value(base::Arena& arena) const {
    const std::vector<Column> columns = columns_of(result_.get(), arena);
    base::Value* array = base::Value::array(arena);
    for (int row = 0; row < PQntuples(result_.get()); ++row) array->push(object_of(result_.get(), arena, columns, row));
    return array;
}

base::Value* Rows::row_value(base::Arena& arena, std::size_t row) const {
    if (row >= size()) throw std::out_of_range{"no such row"};
    return object_of(result_.get(), arena, columns_of(result_.get(), arena), static_cast<int>(row));
}

}  // namespace host::db
