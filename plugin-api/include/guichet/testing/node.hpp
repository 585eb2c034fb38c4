// SPDX-License-Identifier: Apache-2.0
// guichet/testing/node.hpp - the values of the fake host, and their JSON. Needs Boost.JSON.
#pragma once

#include <guichet/abi/plugin.h>

#include <boost/json.hpp>

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct guichet_value {
    uint32_t type = GUICHET_V_NULL;
    int64_t integer = 0;  // BOOL, I64, TIME
    double real = 0;
    std::string text;     // STR, HTML
    std::vector<std::pair<std::string, const guichet_value*>> members;  // OBJECT; ARRAY with empty names
};

namespace guichet::testing {

using Nodes = std::deque<guichet_value>;  // owns; addresses stay

inline const guichet_value* member(const guichet_value* object, std::string_view key) {
    for (const auto& [name, value] : object->members)
        if (name == key && object->type == GUICHET_V_OBJECT) return value;
    return nullptr;
}

inline guichet_value* node(Nodes& nodes, uint32_t type) {
    auto& made = nodes.emplace_back();
    made.type = type;
    return &made;
}

inline guichet_value* from_json(Nodes& nodes, const boost::json::value& json) {
    auto* made = node(nodes, GUICHET_V_NULL);
    switch (json.kind()) {
        case boost::json::kind::null: break;
        case boost::json::kind::bool_: made->type = GUICHET_V_BOOL, made->integer = json.get_bool(); break;
        case boost::json::kind::int64: made->type = GUICHET_V_I64, made->integer = json.get_int64(); break;
        case boost::json::kind::uint64: made->type = GUICHET_V_F64, made->real = static_cast<double>(json.get_uint64()); break;
        case boost::json::kind::double_: made->type = GUICHET_V_F64, made->real = json.get_double(); break;
        case boost::json::kind::string: made->type = GUICHET_V_STR, made->text = json.get_string().c_str(); break;
        case boost::json::kind::array:
            made->type = GUICHET_V_ARRAY;
            for (const auto& element : json.get_array()) made->members.emplace_back(std::string{}, from_json(nodes, element));
            break;
        case boost::json::kind::object:
            made->type = GUICHET_V_OBJECT;
            for (const auto& [key, value] : json.get_object()) made->members.emplace_back(key, from_json(nodes, value));
            break;
    }
    return made;
}

// Times become {"time_us": n}, safe HTML its text.
inline boost::json::value to_json(const guichet_value* value) {
    if (!value) return nullptr;
    switch (value->type) {
        case GUICHET_V_BOOL: return value->integer != 0;
        case GUICHET_V_I64: return value->integer;
        case GUICHET_V_F64: return value->real;
        case GUICHET_V_STR:
        case GUICHET_V_HTML: return boost::json::string{value->text};
        case GUICHET_V_TIME: return boost::json::object{{"time_us", value->integer}};
        case GUICHET_V_ARRAY: {
            boost::json::array array;
            for (const auto& [name, element] : value->members) array.push_back(to_json(element));
            return array;
        }
        case GUICHET_V_OBJECT: {
            boost::json::object object;
            for (const auto& [name, element] : value->members) object[name] = to_json(element);
            return object;
        }
        default: return nullptr;
    }
}

}  // namespace guichet::testing
