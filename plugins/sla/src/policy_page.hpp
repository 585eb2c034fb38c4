// Pages on which policies are made and put in order: /admin/sla (S3-10, S3-25).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace sla {

void show_admin(guichet::Ctx ctx, guichet::Request request);
void show_new_policy(guichet::Ctx ctx, guichet::Request request);
void show_policy(guichet::Ctx ctx, guichet::Request request);
void save_policy(guichet::Ctx ctx, guichet::Request request);  // "try" shows what it would do and stores nothing
void delete_policy(guichet::Ctx ctx, guichet::Request request);
void shift_policy(guichet::Ctx ctx, guichet::Request request);
void reorder_policies(guichet::Ctx ctx, guichet::Request request);

}  // namespace sla
