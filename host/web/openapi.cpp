#include "web/openapi.hpp"

#include "base/json.hpp"

namespace host::web {
namespace {

using base::Value;

// Answers any operation may give; an operation that declares one itself keeps its own.
constexpr std::pair<std::string_view, std::string_view> kErrors[] = {
    {"400", "The request cannot be read."},
    {"401", "The API key is missing or wrong."},
    {"403", "The key's user may not do this."},
    {"422", "The request is readable, but some values are not valid: see errors."},
    {"503", "The service is not available for the moment: try again later."},
};
constexpr std::pair<std::string_view, std::string_view> kWriteErrors[] = {
    {"409", "Someone else changed the object first."},
    {"415", "The body is not application/json."},
};

constexpr std::string_view kProblemSchema = R"({
  "type": "object", "required": ["type", "title", "status"],
  "description": "What went wrong (RFC 9457).",
  "properties": {
    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
    "request_id": {"type": "string"},
    "errors": {"type": "array", "items": {"type": "object", "required": ["field", "message"],
      "properties": {"field": {"type": "string"}, "message": {"type": "string"}}}}}})";

constexpr std::string_view kIdempotencyKey = R"({
  "name": "Idempotency-Key", "in": "header", "required": false, "schema": {"type": "string", "maxLength": 255},
  "description": "A repeated request with the same key changes nothing and gets the first answer again."})";

Value* parsed(base::Arena& arena, std::string_view json) {
    auto result = base::parse_json(arena, json);
    return result ? *result : Value::object(arena);
}

Value* problem_response(base::Arena& arena, std::string_view description) {
    auto* response = Value::object(arena);
    response->set("description", description);
    auto* content = response->add_object("content")->add_object("application/problem+json");
    content->add_object("schema")->set("$ref", "#/components/schemas/Problem");
    return response;
}

template <class Table>
void add_missing(base::Arena& arena, Value& responses, const Table& table) {
    for (const auto& [code, description] : table)
        if (!responses.get(code)) responses.set(code, problem_response(arena, description));
}

Value* operation(base::Arena& arena, const plugin::Manifest::Route& route) {
    auto* op = parsed(arena, route.api_json);
    auto* responses = const_cast<Value*>(op->get("responses"));
    if (!responses) responses = op->add_object("responses");
    add_missing(arena, *responses, kErrors);
    if (route.method != "GET") add_missing(arena, *responses, kWriteErrors);
    if (route.path.find('{') != std::string::npos && !responses->get("404"))
        responses->set("404", problem_response(arena, "There is no such object, or it is not visible to this user."));
    if (route.method == "POST") {
        auto* parameters = const_cast<Value*>(op->get("parameters"));
        if (!parameters) parameters = op->add_array("parameters");
        parameters->push(parsed(arena, kIdempotencyKey));
    }
    return op;
}

std::string lower(std::string_view method) {
    std::string out;
    for (const char c : method) out += static_cast<char>(c | 0x20);
    return out;
}

void add_routes(base::Arena& arena, Value& paths, const plugin::Manifest& manifest) {
    for (const auto& route : manifest.routes) {
        if (route.api_json.empty()) continue;
        auto* path = const_cast<Value*>(paths.get(route.path));
        if (!path) path = paths.add_object(route.path);
        auto* op = operation(arena, route);
        if (!op->get("tags")) op->add_array("tags")->push(Value::string(arena, manifest.id));
        path->set(lower(route.method), op);
    }
}

}  // namespace

std::string openapi_document(const plugin::Snapshot& snapshot, std::string_view server_url) {
    base::Arena arena;
    auto* document = Value::object(arena);
    document->set("openapi", "3.1.0");
    auto* info = document->add_object("info");
    info->set("title", "Guichet");
    info->set("version", GUICHET_VERSION);
    info->set("description", "REST API of the active modules. Errors are application/problem+json.");
    info->add_object("license")->set("name", "LGPL-3.0-or-later");
    document->add_array("servers")->add_object({})->set("url", server_url);
    document->add_array("security")->add_object({})->add_array("api_key");
    auto* tags = document->add_array("tags");
    auto* paths = document->add_object("paths");
    auto* components = document->add_object("components");
    auto* schemas = components->add_object("schemas");
    schemas->set("Problem", parsed(arena, kProblemSchema));
    auto* key = components->add_object("securitySchemes")->add_object("api_key");
    key->set("type", "http");
    key->set("scheme", "bearer");
    for (const auto& generation : snapshot.generations()) {
        const auto& manifest = generation->manifest();
        auto* tag = tags->add_object({});
        tag->set("name", std::string_view{manifest.id});
        tag->set("description", std::string_view{manifest.name});
        add_routes(arena, *paths, manifest);
        if (manifest.schemas_json.empty()) continue;
        const auto* own = parsed(arena, manifest.schemas_json);
        for (std::size_t i = 0; i < own->size(); ++i) schemas->set(own->key(i), own->at(i));
    }
    return base::to_json(*document);
}

}  // namespace host::web
