#include "uploads.hpp"

namespace public_form {

using guichet::Request;

std::size_t count_uploads(Request request) {
    std::size_t n = 0;
    while (request.upload(n)) ++n;
    return n;
}

int64_t upload_bytes(Request request) {
    int64_t bytes = 0;
    for (std::size_t i = 0; const auto upload = request.upload(i); ++i) bytes += upload->bytes;
    return bytes;
}

std::string uploads_problem(guichet::Ctx ctx, Request request, std::size_t files_before, int64_t bytes_before) {
    const auto n = count_uploads(request);
    if (n > 0 && n + files_before > kMostFiles) return guichet::fill(ctx.tr("Choose at most %1 files."), {std::to_string(kMostFiles)});
    for (std::size_t i = 0; const auto upload = request.upload(i); ++i)
        if (upload->bytes > kMostBytesOfFile)
            return guichet::fill(ctx.tr("%1 is larger than %2 MB."), {upload->filename, std::to_string(kMostBytesOfFile >> 20)});
    if (n > 0 && upload_bytes(request) + bytes_before > kMostBytes)
        return guichet::fill(ctx.tr("The files are larger than %1 MB together."), {std::to_string(kMostBytes >> 20)});
    return {};
}

}  // namespace public_form
