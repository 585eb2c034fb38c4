// /accounts/export, /contacts/export, /contracts/export: what the list shows, as CSV that an import reads again.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::exports {

void accounts(guichet::Ctx ctx, guichet::Request request);
void contacts(guichet::Ctx ctx, guichet::Request request);
void contracts(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::exports
