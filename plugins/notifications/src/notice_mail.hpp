// Mails of notices. What happens to one ticket within the setting collapse_s is one mail per person.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

// In the transaction that adds notices: the job notifications.mail will look at them.
void expect_mails(guichet::Ctx ctx);
// Handlers of the jobs. A notice and the mail that tells of it change state in one transaction.
void write_mails(guichet::Ctx ctx, guichet::Job job);
void write_digests(guichet::Ctx ctx, guichet::Job job);

}  // namespace notifications
