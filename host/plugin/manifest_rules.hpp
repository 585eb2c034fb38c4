// What the texts of a manifest must look like. The same patterns are in manifests/schema/plugin.schema.json.
#pragma once

#include "plugin/manifest_reader.hpp"

namespace host::plugin {

extern const TextRule kId;
extern const TextRule kPluginId;
extern const TextRule kHandler;
extern const TextRule kVersion;
extern const TextRule kRange;
extern const TextRule kServiceVersion;
extern const TextRule kInterface;
extern const TextRule kLabel;
extern const TextRule kText;
extern const TextRule kVerb;
extern const TextRule kLevel;
extern const TextRule kProfile;
extern const TextRule kMethod;
extern const TextRule kBody;
extern const TextRule kActsAs;
extern const TextRule kLayout;
extern const TextRule kSlotKind;
extern const TextRule kListCode;
extern const TextRule kColor;
extern const TextRule kIcon;
extern const TextRule kLocale;
extern const TextRule kLibrary;
extern const TextRule kCss;
extern const TextRule kJs;
extern const TextRule kView;
extern const TextRule kPath;
extern const TextRule kMenuPath;
extern const TextRule kWord;
extern const TextRule kCron;
extern const TextRule kCommand;
extern const TextRule kEventKind;
extern const TextRule kJsonFile;
extern const TextRule kFile;
extern const TextRule kColumnFilter;
extern const TextRule kFieldType;
extern const TextRule kFieldCode;
extern const TextRule kMask;
extern const TextRule kAudience;
extern const TextRule kPagePattern;

Order read_order(ManifestReader& owner);  // "order": {"after": [], "before": []}
void read_extensions(ManifestReader& root, Manifest& manifest);  // events, jobs, commands, settings, fields, counters, mail_templates

}  // namespace host::plugin
