// Packs of hours that contracts have bought.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

struct Pack {
    int64_t contract = 0, account = 0;
    int64_t seconds = 0;
    std::string starts_on, ends_on;  // days; ends_on: the last one, "" until it is ended
    std::string note;
};

struct Contract {
    int64_t id = 0, account = 0;
    std::string ref, label, account_name;
};
// Of an account that the user may see; nullopt when there is none.
std::optional<Contract> find_contract(guichet::Ctx ctx, int64_t id);

// Rows {id, contract_id, account_id, seconds, used, starts_on, ends_on, starts_at, ends_at, note, created_at, updated_at, version}:
// those of a contract, the latest first; of all contracts after an id, the latest id first.
guichet::Value packs_of(guichet::Ctx ctx, int64_t contract);
guichet::Value list_packs(guichet::Ctx ctx, std::optional<int64_t> contract, std::optional<int64_t> before, int limit);
guichet::Value load_pack(guichet::Ctx ctx, int64_t id);  // NOT_FOUND
// The one that is valid today; empty when there is none.
guichet::Value present_pack(guichet::Ctx ctx, int64_t contract);

// CONFLICT, field "starts_on", when another pack of the contract is valid on one of the days; field "version" when it was changed since.
int64_t add_pack(guichet::Ctx ctx, const Pack& pack);
void change_pack(guichet::Ctx ctx, int64_t id, int64_t version, const Pack& pack);
void remove_pack(guichet::Ctx ctx, guichet::Value row);

// Adds the texts bought, used_text and left_text (of what is missing when it is over), percent (used, at most 100), low and over.
guichet::Value measured(guichet::Ctx ctx, guichet::Value row);

}  // namespace timesheet
