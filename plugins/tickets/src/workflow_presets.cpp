#include "workflow_presets.hpp"

#include <algorithm>

namespace tickets {
namespace {

constexpr PresetStatus kGuichet[] = {
    {"NEW", "new", "blue", "New", "Nouveau"},
    {"READ", "new", "azure", "Read", "Lu"},
    {"ASSIGNED", "open", "indigo", "Assigned", "Attribué"},
    {"IN_PROGRESS", "open", "purple", "In progress", "En cours"},
    {"CUSTOMER", "waiting", "orange", "Waiting for the customer", "En attente du client"},
    {"ON_HOLD", "waiting", "yellow", "Waiting for a third party", "En attente d’un tiers"},
    {"RESOLVED", "resolved", "teal", "Resolved", "Résolu"},
    {"CLOSED", "closed", "secondary", "Closed", "Fermé"},
    {"CANCELLED", "deleted", "pink", "Cancelled", "Annulé"},
};
// PENDING means "in progress" here, where others mean "waiting".
constexpr PresetStatus kKoban[] = {
    {"OPEN", "new", "blue", "Open", "Ouvert"},
    {"PENDING", "open", "purple", "In progress", "En cours"},
    {"CUSTOMER", "waiting", "orange", "Waiting for the customer", "En attente du client"},
    {"CLOSED", "closed", "secondary", "Closed", "Fermé"},
};
// The words of its documentation.
constexpr PresetStatus kDoliPlus[] = {
    {"UNREAD", "new", "blue", "Unread", "Non lu"},
    {"READ", "new", "azure", "Read", "Lu"},
    {"ASSIGNED", "open", "indigo", "Assigned", "Assigné"},
    {"IN_PROGRESS", "open", "purple", "In progress", "En cours"},
    {"NEED_MORE_INFO", "waiting", "orange", "Waiting for information", "En attente d’informations"},
    {"WAITING", "waiting", "yellow", "On hold", "En attente"},
    {"CLOSED", "closed", "secondary", "Closed", "Clôturé"},
    {"DELETED", "deleted", "pink", "Deleted", "Effacé"},
};
constexpr PresetStatus kAxelor[] = {
    {"NEW", "new", "blue", "New", "Nouveau"},
    {"IN_PROGRESS", "open", "purple", "In progress", "En cours"},
    {"RESOLVED", "resolved", "teal", "Resolved", "Résolu"},
    {"CLOSED", "closed", "secondary", "Closed", "Fermé"},
};
constexpr PresetTransition kAxelorSteps[] = {
    {"NEW", "IN_PROGRESS"}, {"IN_PROGRESS", "RESOLVED"}, {"RESOLVED", "IN_PROGRESS"}, {"RESOLVED", "CLOSED"}, {"CLOSED", "IN_PROGRESS"}};

constexpr Preset kPresets[] = {
    {"guichet", "Guichet", "Every step, from new to closed, with two ways of waiting.", kGuichet, {}, false, true, false},
    {"koban",
     "Koban",
     "Four statuses for a customer service beside a CRM; a ticket needs an account that is no lead.",
     kKoban,
     {},
     true,
     false,
     false},
    {"doliplus",
     "DoliPlus",
     "After-sales service: unread, read, assigned, and a status for deleted tickets.",
     kDoliPlus,
     {},
     false,
     true,
     false},
    {"axelor", "Axelor", "A help desk that goes step by step: started, resolved, then closed for ever.", kAxelor, kAxelorSteps, false, true,
     true},
};

// Where a phase is missing, the work goes on in the next one that is there.
constexpr std::string_view kNearest[][3] = {{"new", "new", "open"},           {"open", "open", "new"},
                                            {"waiting", "waiting", "open"},   {"resolved", "resolved", "closed"},
                                            {"closed", "closed", "resolved"}, {"deleted", "deleted", "closed"}};

// What means the same: in guichet, koban, doliplus and axelor. The first row that has a code decides.
constexpr std::string_view kSame[][4] = {
    {"NEW", "OPEN", "UNREAD", "NEW"},
    {"READ", "OPEN", "READ", "NEW"},
    {"ASSIGNED", "OPEN", "ASSIGNED", "NEW"},
    {"IN_PROGRESS", "PENDING", "IN_PROGRESS", "IN_PROGRESS"},
    {"CUSTOMER", "CUSTOMER", "NEED_MORE_INFO", "IN_PROGRESS"},
    {"ON_HOLD", "PENDING", "WAITING", "IN_PROGRESS"},
    {"RESOLVED", "CLOSED", "CLOSED", "RESOLVED"},
    {"CLOSED", "CLOSED", "CLOSED", "CLOSED"},
    {"CANCELLED", "CLOSED", "DELETED", "CLOSED"},
};

const PresetStatus* find_status(const Preset& preset, std::string_view code) {
    const auto found = std::ranges::find(preset.statuses, code, &PresetStatus::code);
    return found == preset.statuses.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Preset> presets() { return kPresets; }

const Preset* find_preset(std::string_view name) {
    const auto* found = std::ranges::find(kPresets, name, &Preset::name);
    return found == std::end(kPresets) ? nullptr : found;
}

const PresetStatus& successor(const Preset& preset, std::string_view code, std::string_view phase) {
    const auto column = static_cast<std::size_t>(&preset - kPresets);
    for (const auto& row : kSame)
        if (std::ranges::find(row, code) != std::end(row))
            if (const auto* same = find_status(preset, row[column])) return *same;
    for (const auto& [from, first, second] : kNearest) {
        if (from != phase) continue;
        for (const auto wanted : {first, second})
            if (const auto found = std::ranges::find(preset.statuses, wanted, &PresetStatus::phase); found != preset.statuses.end())
                return *found;
    }
    return preset.statuses.front();
}

}  // namespace tickets
