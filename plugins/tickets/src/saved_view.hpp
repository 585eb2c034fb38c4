// Lists that people keep under a name: for themselves, or for everybody. Who opens one sees of it what he may read.
#pragma once

#include "call.hpp"
#include "parameters.hpp"

namespace tickets {

inline constexpr std::string_view kShareViews = "tickets.views.share";

struct SavedView {
    int64_t id = 0;
    int64_t version = 0;
    std::string name, query;
    bool shared = false;
    int64_t owner = 0;
    bool may_change = false;  // his own, or a shared one with the permission to share
};

// The list that the view is.
std::string address_of(const SavedView& view);

// His own and the shared ones, by name.
std::vector<SavedView> saved_views(const Call& call);
// Throws GUICHET_E_NOT_FOUND when there is none, or the user may not see it. Nobody else changes it until the transaction ends.
SavedView load_view_for_update(const Call& call, int64_t id);
SavedView load_view(const Call& call, int64_t id);
// Throws GUICHET_E_DENIED.
void require_change(const SavedView& view);

// What a view keeps of the query string of a list. unknown: names and values that the list does not know are problems; otherwise they
// are left out.
enum class Unknown { refused, left_out };
std::string view_query(const Call& call, std::string_view query_string, Unknown unknown, guichet::Problems& problems);

// The name without what nobody sees, checked.
std::string view_name(const Call& call, std::string_view typed, guichet::Problems& problems);
void check_sharing(const Call& call, bool shared, guichet::Problems& problems);

// Return the id; a name that the owner has already is a problem, and nothing is stored.
int64_t add_view(const Call& call, const SavedView& view, guichet::Problems& problems);
void change_view(const Call& call, const SavedView& view, guichet::Problems& problems);
void erase_view(const Call& call, int64_t id);

}  // namespace tickets
