// Files of a ticket or of one of its messages. Who may read the ticket, and the message if it is of one, may read the file.
#pragma once

#include "call.hpp"

namespace tickets {

inline constexpr int64_t kMostFiles = 200;  // of one ticket
// Types that browsers show as themselves (R41), as a list of SQL.
inline constexpr std::string_view kImageTypes = "('image/png', 'image/jpeg', 'image/gif', 'image/webp')";

// Oldest first, with the visibility of the message and is_image: shown as itself. The ticket is one that the user may see.
guichet::Rows read_attachments(const Call& call, int64_t ticket);
// Those of the files that belong to the message; nullopt: to the ticket itself.
guichet::Value files_of(const Call& call, guichet::Value files, std::optional<int64_t> message);
// Throws GUICHET_E_NOT_FOUND when the ticket has no such file, or not for this user.
void require_attachment(const Call& call, int64_t ticket, int64_t file);
struct Content {
    std::string_view name, bytes;
};

// Store all or none, and return their ids: every upload of the request; what is in memory. Throw GUICHET_E_INVALID with the field
// "file" past kMostFiles.
std::vector<int64_t> add_attachments(const Call& call, const std::vector<Content>& files, int64_t ticket, std::optional<int64_t> message);
std::vector<int64_t> add_attachments(const Call& call, guichet::Request request, int64_t ticket, std::optional<int64_t> message);
// Throws GUICHET_E_NOT_FOUND like require_attachment, GUICHET_E_DENIED for what somebody else sent in private.
void remove_attachment(const Call& call, int64_t ticket, int64_t file);
// The files of a ticket that is about to be deleted, in the same transaction.
void remove_files(const Call& call, int64_t ticket);

}  // namespace tickets
