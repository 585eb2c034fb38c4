// Whether a server is who it says: libetpan makes the TLS connection and leaves this to its user.
#pragma once

#include <libetpan/mailstream.h>

#include <string>

namespace mailbox {

// Chain, validity and name (RFC 6125), against the system's certificates or those of ca_file. Throws ServerError.
void require_certificate(mailstream* stream, const std::string& host, const std::string& ca_file);

// Callback for libetpan: the name that the server is asked for (SNI). data: a std::string.
void name_server(mailstream_ssl_context* context, void* data);

}  // namespace mailbox
