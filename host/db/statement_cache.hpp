// Which statements a connection has prepared: the 500 used last. A text is prepared once per search path,
// because the same names mean other tables there. Used inside host/db only.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace host::db {

class StatementCache {
public:
    explicit StatementCache(std::size_t capacity) : capacity_{capacity} {}

    // Name on the server; null when it is not prepared. Valid until the next insert or erase.
    const char* find(std::string_view search_path, std::string_view sql);
    std::string next_name() { return "s" + std::to_string(++count_); }
    // Makes room first: returns the name to deallocate, if any.
    std::optional<std::string> evict();
    void insert(std::string_view search_path, std::string_view sql, std::string name);
    std::optional<std::string> erase(std::string_view search_path, std::string_view sql);

private:
    struct Entry {
        std::string search_path, sql, name;
    };
    struct Key {
        std::string_view search_path, sql;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const noexcept {
            const std::hash<std::string_view> hash;
            return hash(key.sql) * 31 + hash(key.search_path);
        }
    };
    using Entries = std::list<Entry>;
    std::string remove(Entries::iterator entry);

    std::size_t capacity_;
    std::size_t count_ = 0;
    Entries entries_;  // the one used last comes first
    std::unordered_map<Key, Entries::iterator, Hash> by_text_;  // keys point into entries_
};

}  // namespace host::db
