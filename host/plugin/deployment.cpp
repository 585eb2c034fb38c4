#include "plugin/deployment.hpp"

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/semver.hpp"

#include <algorithm>
#include <initializer_list>

namespace host::plugin {
namespace {

using base::Value;

class Reader {
public:
    explicit Reader(const Value& root) : root_{root} {}

    base::Result<Deployment> run() {
        if (!root_.is(Value::Type::object)) return base::Problem{"deployment.shape", "one JSON object is expected", ""};
        refuse_unknown();
        text("name", out_.name);
        text("description", out_.description);
        if (out_.name.empty()) add("is missing", "/name");
        each("plugins", [&](const std::string& id, const Value& value, const std::string& at) {
            const auto word = value.is(Value::Type::string) ? value.as_string() : std::string_view{};
            if (word == "enabled") out_.enabled.insert(id);
            else if (word == "disabled") out_.disabled.insert(id);
            else add("must be \"enabled\" or \"disabled\"", at);
        });
        each("pins", [&](const std::string& id, const Value& value, const std::string& at) {
            if (value.is(Value::Type::string) && base::Version::parse(value.as_string())) out_.pins[id] = value.as_string();
            else add("must be a version like 1.4.2", at);
        });
        each("settings", [&](const std::string& id, const Value& value, const std::string& at) {
            if (value.is(Value::Type::object)) out_.settings[id] = base::to_json(value);
            else add("must be an object", at);
        });
        if (!problems_.empty()) return problems_;
        return std::move(out_);
    }

private:
    void add(std::string message, std::string at) { problems_.push_back({"deployment.value", std::move(message), std::move(at)}); }

    void refuse_unknown() {
        for (std::size_t i = 0; i < root_.size(); ++i) {
            const auto known = {"$schema", "name", "description", "plugins", "pins", "settings"};
            if (std::find(known.begin(), known.end(), root_.key(i)) == known.end())
                add("this member does not exist", '/' + std::string{root_.key(i)});
        }
    }

    void text(std::string_view key, std::string& to) {
        const auto* value = root_.get(key);
        if (!value) return;
        if (value->is(Value::Type::string)) to = value->as_string();
        else add("must be a text", '/' + std::string{key});
    }

    template <class F>
    void each(std::string_view key, F&& read) {
        const auto* object = root_.get(key);
        if (!object) return;
        if (!object->is(Value::Type::object)) return add("must be an object", '/' + std::string{key});
        for (std::size_t i = 0; i < object->size(); ++i) {
            const std::string id{object->key(i)};
            read(id, *object->at(i), '/' + std::string{key} + '/' + id);
        }
    }

    const Value& root_;
    Deployment out_;
    base::Problems problems_;
};

}  // namespace

base::Result<Deployment> parse_deployment(std::string_view json) {
    base::Arena arena;
    const auto root = base::parse_json(arena, json);
    if (!root) return root.problems();
    return Reader{**root}.run();
}

base::Result<Deployment> read_deployment(const std::filesystem::path& file) {
    const auto text = base::read_file(file, 1u << 20);
    if (!text) return text.problems();
    return parse_deployment(*text);
}

std::map<std::string, Deployment> read_presets(const std::filesystem::path& folder) {
    std::map<std::string, Deployment> out;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() != ".json") continue;
        if (auto deployment = read_deployment(entry.path())) out[entry.path().stem().string()] = *std::move(deployment);
        else
            base::log(base::Level::error, "a preset cannot be read",
                      {{"file", entry.path().native()}, {"reason", base::to_text(deployment.problems())}});
    }
    return out;
}

}  // namespace host::plugin
