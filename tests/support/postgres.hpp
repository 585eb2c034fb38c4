// A PostgreSQL server of this test process: started by the first call, on a socket in a temporary folder,
// without fsync; stopped and removed when the process ends, however it ends. Runs as the user postgres when
// the tests run as root. When a test fails, what the server logged meanwhile is printed.
// Roles belong to the server, not to a database: what one test creates, the next one finds.
#pragma once

#include <string>

namespace support {

std::string fresh_database();  // URL of a new, empty database; the user is a superuser
std::string copy_of_database(const std::string& url);  // that nobody is connected to

// For tests of failures; each returns when it is so, and leaves the data.
void stop_server();    // immediate shutdown, as a crash: connections break, nothing is flushed
void kill_server();    // SIGKILL to every process of the server
void start_server();   // returns when connections are accepted; nothing when it runs already
void freeze();         // SIGSTOP: connections stay, nobody answers
void thaw();

}  // namespace support
