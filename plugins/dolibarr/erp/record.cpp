#include "record.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <vector>

namespace dolibarr::erp {

namespace {

constexpr std::string_view kNames[] = {"user",     "group",        "choice", "account", "contact", "contract", "equipment",
                                       "proposal", "intervention", "event",  "ticket",  "message", "file"};

// JSON with sorted members: two readers may have set them in another order.
void write_sorted(const boost::json::value& value, std::string& out) {
    if (const auto* object = value.if_object()) {
        std::vector<const boost::json::key_value_pair*> members;
        for (const auto& member : *object) members.push_back(&member);
        std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
        out += '{';
        for (const auto* member : members) {
            out += boost::json::serialize(boost::json::string{member->key()}) + ':';
            write_sorted(member->value(), out);
            out += ',';
        }
        out += '}';
    } else if (const auto* array = value.if_array()) {
        out += '[';
        for (const auto& element : *array) {
            write_sorted(element, out);
            out += ',';
        }
        out += ']';
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

std::string_view name_of(Kind kind) {
    return kNames[static_cast<std::size_t>(kind)];
}

bool kind_named(std::string_view name, Kind& kind) {
    const auto* found = std::find(std::begin(kNames), std::end(kNames), name);
    if (found == std::end(kNames)) return false;
    kind = static_cast<Kind>(found - kNames);
    return true;
}

std::string digest_of(const boost::json::object& data) {
    std::string text;
    write_sorted(data, text);
    std::array<unsigned char, 16> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
    std::string hex(digest.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

}  // namespace dolibarr::erp
