// What can be added, changed and deleted: accounts, contacts, contracts and the lines of contracts. Pages, REST and imports do alike
// with all of them; this says what differs.
#pragma once

#include "list.hpp"
#include "record.hpp"

namespace directory {

struct Resource {
    const Entity& entity;
    std::string_view path;             // of its list, and under /api/v1; an object is <path>/<id>
    const Resource* parent = nullptr;  // what it belongs to: the first field has its id
    guichet::Value (*get)(guichet::Ctx, int64_t id) = nullptr;
    int64_t (*create)(guichet::Ctx, const Draft&) = nullptr;
    bool (*update)(guichet::Ctx, const Draft&, int64_t id, int64_t version) = nullptr;  // false: stale
    // What the single fields cannot tell.
    void (*check)(guichet::Ctx, const Draft&, guichet::Problems&) = nullptr;
    // Throws GUICHET_E_CONFLICT with why it cannot be deleted.
    void (*check_unused)(guichet::Ctx, int64_t id) = nullptr;
    std::string_view remove_permission = {};  // on the account

    // Pages: template of the form, and msgids of the list and of what can be done.
    std::string_view form = {};
    std::string_view list_title = {}, add_title = {}, edit_title = {}, delete_title = {}, delete_text = {};
    std::string_view name = {};  // the member that titles it
    bool has_page = true;        // false: it is shown on its parent's
};

extern const Resource kAccounts, kContacts, kContracts, kContractLines;

int64_t id_of(guichet::Value row);
// The account whose rights count.
int64_t account_of(guichet::Value row);
// The row of what it belongs to; empty for an account.
guichet::Value parent_of(guichet::Ctx ctx, const Resource& resource, guichet::Value row);
// The page on which it is shown.
std::string page_of(const Resource& resource, guichet::Value row);

void check(guichet::Ctx ctx, const Resource& resource, Draft& draft, guichet::Problems& problems);
// Throws GUICHET_E_CONFLICT and GUICHET_E_VETO with the reason.
void remove(guichet::Ctx ctx, const Resource& resource, guichet::Value row);

}  // namespace directory
