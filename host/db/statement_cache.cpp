#include "db/statement_cache.hpp"

#include <iterator>

namespace host::db {

const char* StatementCache::find(std::string_view search_path, std::string_view sql) {
    const auto found = by_text_.find({search_path, sql});
    if (found == by_text_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->name.c_str();
}

std::optional<std::string> StatementCache::evict() {
    if (entries_.size() < capacity_) return std::nullopt;
    return remove(std::prev(entries_.end()));
}

void StatementCache::insert(std::string_view search_path, std::string_view sql, std::string name) {
    entries_.push_front({std::string{search_path}, std::string{sql}, std::move(name)});
    const Entry& entry = entries_.front();
    by_text_.emplace(Key{entry.search_path, entry.sql}, entries_.begin());
}

std::optional<std::string> StatementCache::erase(std::string_view search_path, std::string_view sql) {
    const auto found = by_text_.find({search_path, sql});
    if (found == by_text_.end()) return std::nullopt;
    return remove(found->second);
}

std::string StatementCache::remove(Entries::iterator entry) {
    std::string name = std::move(entry->name);
    by_text_.erase({entry->search_path, entry->sql});
    entries_.erase(entry);
    return name;
}

}  // namespace host::db
