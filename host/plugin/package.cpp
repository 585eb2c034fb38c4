#include "plugin/package.hpp"

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "base/strings.hpp"
#include "core/settings_schema.hpp"
#include "mail/template.hpp"

#include <algorithm>
#include <set>

namespace host::plugin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 5000;
constexpr std::size_t kMaxFileBytes = 128u << 20;
constexpr std::size_t kMaxAssetBytes = 8u << 20;

constexpr std::pair<std::string_view, std::string_view> kContentTypes[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".txt", "text/plain; charset=utf-8"},
};

std::string_view content_type(const fs::path& file) {
    const auto extension = file.extension().string();
    const auto* found =
        std::find_if(std::begin(kContentTypes), std::end(kContentTypes), [&](const auto& type) { return type.first == extension; });
    return found == std::end(kContentTypes) ? std::string_view{} : found->second;
}

bool is_sums(std::string_view name) { return name == "SHA256SUMS" || name == "SHA256SUMS.sig"; }

class Inspector {
public:
    explicit Inspector(const fs::path& folder) : folder_{folder} { result_.package.folder = folder; }

    Inspection run() {
        find_files();
        for (const auto& name : names_) read(name);
        if (!hashes_.contains("plugin.json")) add("package.manifest", "there is no plugin.json", "plugin.json");
        hash_all();
        check_sums();
        take(db::read_migrations(folder_ / "sql"), package().migrations);
        package().catalog = i18n::read_domain(package().manifest.id, folder_ / "i18n");
        if (manifest_read_) check_manifest();
        return std::move(result_);
    }

private:
    Package& package() { return result_.package; }
    void add(std::string code, std::string message, std::string path) {
        result_.problems.push_back({std::move(code), std::move(message), std::move(path)});
    }
    void add_all(const base::Problems& problems) { result_.problems.insert(result_.problems.end(), problems.begin(), problems.end()); }
    template <class T>
    bool take(base::Result<T> result, T& into) {
        if (!result) add_all(result.problems());
        else into = std::move(*std::move(result));
        return result.ok();
    }

    // A package is what its folder holds: a link would let it change, or read what is not its own.
    void find_files() {
        std::error_code error;
        fs::recursive_directory_iterator entry{folder_, error};
        if (error) return add("package.folder", "cannot be read: " + error.message(), folder_.string());
        for (; entry != fs::recursive_directory_iterator{}; entry.increment(error)) {
            const auto name = entry->path().lexically_relative(folder_).generic_string();
            const auto status = entry->symlink_status();
            if (fs::is_regular_file(status)) names_.push_back(name);
            else if (!fs::is_directory(status)) add("package.file", "is neither a file nor a folder", name);
            if (names_.size() > kMaxFiles) return add("package.file", "has more than " + std::to_string(kMaxFiles) + " files", "");
        }
        std::sort(names_.begin(), names_.end());
    }

    void read(const std::string& name) {
        std::string bytes;
        if (!take(base::read_file(folder_ / name, kMaxFileBytes), bytes)) return;
        if (name == "SHA256SUMS") sums_ = bytes;
        if (is_sums(name)) return;
        hashes_[name] = base::sha256_hex(bytes);
        if (name == "plugin.json") manifest_read_ = take(parse_manifest(bytes), package().manifest);
        else if (name.starts_with("demo/") && name.ends_with(".sql")) package().demo_sql[name.substr(5)] = std::move(bytes);
        else if (name.starts_with("templates/") && name.ends_with(".html")) package().template_sources[name.substr(10)] = std::move(bytes);
        else if (name.starts_with("events/")) read_event_schema(name, bytes);
        else if (name.starts_with("mail/")) package().mail_sources[name.substr(5)] = std::move(bytes);
        else if (name.starts_with("bin/")) check_program(name);
        else if (name.starts_with("assets/")) read_asset(name.substr(7), std::move(bytes), hashes_[name]);
    }

    void read_event_schema(const std::string& name, std::string_view text) {
        auto schema = base::JsonSchema::parse(text);
        if (schema) package().event_schemas.emplace(name.substr(7), *std::move(schema));
        else
            for (const auto& problem : schema.problems()) add("package.event", problem.message, name + '#' + problem.path);
    }

    void check_program(const std::string& name) {
        std::error_code error;
        const auto allowed = fs::status(folder_ / name, error).permissions();
        if (error || (allowed & fs::perms::owner_exec) == fs::perms::none) add("package.program", "cannot be executed", name);
    }

    void read_asset(const std::string& name, std::string bytes, const std::string& hash) {
        const auto type = content_type(name);
        if (type.empty()) return add("package.asset", "files of this kind are not served", "assets/" + name);
        if (bytes.size() > kMaxAssetBytes) return add("package.asset", "is larger than 8 MiB", "assets/" + name);
        package().assets[name] = {std::string{type}, std::move(bytes), hash.substr(0, 12)};
    }

    void hash_all() {
        std::string listing;
        for (const auto& [name, hash] : hashes_) listing += hash + "  " + name + '\n';
        package().sha256 = base::sha256_hex(listing);
    }

    // Lines of sha256sum(1): "<hex>  <name>".
    void check_sums() {
        if (!sums_) return;
        std::set<std::string> listed;
        for (const auto line : base::split(base::trim(*sums_), '\n')) {
            if (line.size() < 67) {
                add("package.sums", "a line is not \"<sha256>  <file>\"", "SHA256SUMS");
                continue;
            }
            const std::string name{line.substr(66)};
            const auto found = hashes_.find(name);
            if (found == hashes_.end()) add("package.sums", "is listed in SHA256SUMS but missing", name);
            else if (found->second != line.substr(0, 64)) add("package.sums", "differs from SHA256SUMS: the package was changed", name);
            listed.insert(name);
        }
        for (const auto& [name, hash] : hashes_)
            if (!listed.contains(name)) add("package.sums", "is not listed in SHA256SUMS", name);
    }

    void check_mail(const Manifest::MailTemplate& declared, const std::string& file) {
        const auto source = package().mail_sources.find(file);
        if (source == package().mail_sources.end()) return add("package.mail", "is named in plugin.json but missing", "mail/" + file);
        const auto text = mail::parse_template(source->second);
        if (!text) return add("package.mail", text.problems().front().message, "mail/" + file);
        for (const auto* part : {&text->subject, &text->body})
            for (const auto& unknown : mail::unknown_placeholders(*part, declared.placeholders))
                add("package.mail", "plugin.json declares no placeholder " + unknown, "mail/" + file);
    }

    void check_settings(std::string_view schema_json) {
        base::Arena arena;
        for (const auto& problem : core::check_settings_schema(core::parse_settings_schema(arena, schema_json)))
            add("package.settings", problem.message, "plugin.json#/settings" + problem.path);
    }

    void check_manifest() {
        const auto& manifest = package().manifest;
        if (!manifest.library.empty() && !hashes_.contains(manifest.library))
            add("package.library", "is named in plugin.json but missing", manifest.library);
        for (const auto* files : {&manifest.css, &manifest.js})
            for (const auto& file : *files)
                if (!package().assets.contains(file)) add("package.asset", "is named in plugin.json but missing", "assets/" + file);
        for (const auto& event : manifest.publishes)
            if (!hashes_.contains("events/" + event.schema))
                add("package.event", "is named in plugin.json but missing", "events/" + event.schema);
        for (const auto& mail : manifest.mail_templates)
            for (const char* language : {"fr", "en"}) check_mail(mail, mail.file + '.' + language + ".txt");
        for (const auto& locale : manifest.locales)
            if (locale != "en" && !package().catalog.mo_bytes.contains(locale))
                add("package.locale", "is named in plugin.json but missing", "i18n/" + locale + ".mo");
        if (!manifest.settings_json.empty()) check_settings(manifest.settings_json);
        const bool has_sql = !package().migrations.empty() || !package().demo_sql.empty();
        if (has_sql && manifest.database.schema.empty())
            add("package.sql", "SQL files need \"database\": {\"schema\": …} in plugin.json", "sql");
    }

    fs::path folder_;
    Inspection result_;
    std::vector<std::string> names_;
    std::map<std::string, std::string> hashes_;
    std::optional<std::string> sums_;
    bool manifest_read_ = false;
};

}  // namespace

Inspection inspect_package(const fs::path& folder) { return Inspector{folder}.run(); }

base::Result<Package> read_package(const fs::path& folder) {
    auto inspection = inspect_package(folder);
    if (!inspection.problems.empty()) return std::move(inspection.problems);
    return std::move(inspection.package);
}

}  // namespace host::plugin
