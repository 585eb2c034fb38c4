// A package directory, read and checked: plugin.json, library, sql/, demo/, templates/, i18n/, assets/.
#pragma once

#include "base/json_schema.hpp"
#include "db/migrator.hpp"
#include "i18n/catalogs.hpp"
#include "plugin/manifest.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace host::plugin {

struct Asset {
    std::string content_type;
    std::string bytes;
    std::string hash;   // first 12 hex digits of SHA-256; part of the URL
};

struct Package {
    Manifest manifest;
    std::filesystem::path folder;
    std::string sha256;                                  // over every file name and content: two packages of one version can be told apart
    std::vector<db::Migration> migrations;
    std::map<std::string, std::string> demo_sql;         // demo/NNNN_name.sql in order, run by "guichet demo"
    std::map<std::string, std::string> template_sources; // "list.html" -> text
    std::map<std::string, base::JsonSchema> event_schemas;  // "created.v1.json" -> what it says
    std::map<std::string, std::string> mail_sources;     // "welcome.fr.txt" -> text
    i18n::Catalogs::Domain catalog;
    std::map<std::string, Asset, std::less<>> assets;    // file name -> content
    std::filesystem::path library() const { return manifest.library.empty() ? std::filesystem::path{} : folder / manifest.library; }
};

base::Result<Package> read_package(const std::filesystem::path& folder);

// The same for "check": what could be read, and everything that is wrong with it.
struct Inspection {
    Package package;
    base::Problems problems;
};
Inspection inspect_package(const std::filesystem::path& folder);

}  // namespace host::plugin
