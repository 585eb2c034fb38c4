// Administration: mails that came in, what became of them, and those of which nothing could be made.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace mailbox {

void show_mails(guichet::Ctx ctx, guichet::Request request);
void show_mail(guichet::Ctx ctx, guichet::Request request);
void download_mail(guichet::Ctx ctx, guichet::Request request);
void replay_mail(guichet::Ctx ctx, guichet::Request request);
void drop_mail(guichet::Ctx ctx, guichet::Request request);

}  // namespace mailbox
