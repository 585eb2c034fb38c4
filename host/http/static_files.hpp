// Files that never change under their address (its name contains a hash of the content), kept in memory
// as they are and compressed. Filled by one thread, then shared by any number.
#pragma once

#include "http/message.hpp"

#include <map>
#include <string>

namespace host::http {

class StaticFiles {
public:
    // url_path: decoded, with the leading slash. Replaces what was there.
    void add(std::string_view url_path, std::string_view content_type, std::string bytes);

    // Answers GET and HEAD (405 for the rest), If-None-Match and Accept-Encoding: gzip. nullopt when request.path is not one of the files.
    std::optional<Response> find(const Request& request) const;

private:
    struct File {
        std::string content_type;
        std::string etag;  // of the bytes as they are, with its quotes
        std::string bytes;
        std::string gzip_etag;
        std::string gzip;  // empty when it would not be smaller
    };
    std::map<std::string, File, std::less<>> files_;
};

}  // namespace host::http
