#include "cursor.hpp"

#include <guichet/sdk/text.hpp>

namespace tickets {

std::string encode(const Cursor& cursor) {
    return cursor.sort + '.' + std::to_string(cursor.key) + '.' + std::to_string(cursor.id) + '.' + cursor.group;
}

std::optional<Cursor> decode(std::string_view text, std::string_view sort) {
    if (!text.starts_with(sort) || text.size() == sort.size() || text[sort.size()] != '.') return std::nullopt;
    text.remove_prefix(sort.size() + 1);
    const auto first = text.find('.');
    const auto second = first == text.npos ? first : text.find('.', first + 1);
    if (second == text.npos) return std::nullopt;
    const auto key = guichet::to_integer(text.substr(0, first)), id = guichet::to_integer(text.substr(first + 1, second - first - 1));
    if (!key || !id || *key < 0 || *id <= 0) return std::nullopt;
    return Cursor{std::string{sort}, *key, *id, std::string{text.substr(second + 1)}};
}

}  // namespace tickets
