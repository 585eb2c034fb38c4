// /notifications: what the user was told, newest first; the number beside the bell.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

void show_feed(guichet::Ctx ctx, guichet::Request request);
// Marks it as read and goes to its ticket.
void open_notice(guichet::Ctx ctx, guichet::Request request);
void read_one(guichet::Ctx ctx, guichet::Request request);
void read_all(guichet::Ctx ctx, guichet::Request request);

// Rows of read_feed() with icon, and with ticket and text where the user may (still) read what they are about.
guichet::Value present_feed(guichet::Ctx ctx, guichet::Value feed);

}  // namespace notifications
