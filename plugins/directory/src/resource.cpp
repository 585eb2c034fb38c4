#include "resource.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "contact_store.hpp"
#include "contract_line_store.hpp"
#include "contract_store.hpp"

namespace directory {

using guichet::Ctx;
using guichet::Value;

constinit const Resource kAccounts{
    .entity = kAccount,
    .path = "/accounts",
    .get = get_account,
    .create = create_account,
    .update = update_account,
    .check_unused = check_account_unused,
    .remove_permission = kDelete,
    .form = "accounts/form.html",
    .list_title = "Accounts",
    .add_title = "Add an account",
    .edit_title = "Edit the account",
    .delete_title = "Delete the account",
    .delete_text = "Delete this account? It cannot be brought back.",
    .name = "name",
};

constinit const Resource kContacts{
    .entity = kContact,
    .path = "/contacts",
    .parent = &kAccounts,
    .get = get_contact,
    .create = create_contact,
    .update = update_contact,
    .remove_permission = kDelete,
    .form = "contacts/form.html",
    .list_title = "Contacts",
    .add_title = "Add a contact",
    .edit_title = "Edit the contact",
    .delete_title = "Delete the contact",
    .delete_text = "Delete this contact? It cannot be brought back.",
    .name = "name",
};

constinit const Resource kContracts{
    .entity = kContract,
    .path = "/contracts",
    .parent = &kAccounts,
    .get = get_contract,
    .create = create_contract,
    .update = update_contract,
    .check = check_days,
    .remove_permission = kDelete,
    .form = "contracts/form.html",
    .list_title = "Contracts",
    .add_title = "Add a contract",
    .edit_title = "Edit the contract",
    .delete_title = "Delete the contract",
    .delete_text = "Delete this contract with its lines? It cannot be brought back.",
    .name = "ref",
};

constinit const Resource kContractLines{
    .entity = kContractLine,
    .path = "/contract-lines",
    .parent = &kContracts,
    .get = get_contract_line,
    .create = insert,
    .update = update,
    .check = check_contract_line,
    .remove_permission = kUpdate,
    .form = "contracts/line_form.html",
    .list_title = "Lines",
    .add_title = "Add a line",
    .edit_title = "Edit the line",
    .delete_title = "Delete the line",
    .delete_text = "Delete this line? It cannot be brought back.",
    .name = "label",
    .has_page = false,
};

int64_t id_of(Value row) { return row["id"].integer().value_or(0); }

int64_t account_of(Value row) {
    const auto account = row["account_id"].integer();
    return account ? *account : id_of(row);
}

Value parent_of(Ctx ctx, const Resource& resource, Value row) {
    if (!resource.parent) return {};
    return resource.parent->get(ctx, row[resource.entity.fields.front().name].integer().value_or(0));
}

std::string page_of(const Resource& resource, Value row) {
    const auto id = resource.has_page ? id_of(row) : row[resource.entity.fields.front().name].integer().value_or(0);
    return std::string{resource.has_page ? resource.path : resource.parent->path} + '/' + std::to_string(id);
}

void check(Ctx ctx, const Resource& resource, Draft& draft, guichet::Problems& problems) {
    draft.check(problems);
    if (resource.check) resource.check(ctx, draft, problems);
}

void remove(Ctx ctx, const Resource& resource, Value row) {
    require(ctx, resource.remove_permission, account_of(row));
    guichet::Tx tx{ctx};
    if (resource.check_unused) resource.check_unused(ctx, id_of(row));
    remove(ctx, resource.entity, id_of(row));
    tx.commit();
}

}  // namespace directory
