// A CSV file as people send it: which encoding and separator it has, and its rows, read block by block.
#pragma once

#include <guichet/sdk/csv.hpp>
#include <guichet/sdk/plugin.hpp>

namespace directory {

struct CsvFormat {
    bool windows_1252 = false;  // else UTF-8
    char separator = ';';
};

// Of the beginning of a file.
CsvFormat detect_format(std::string_view beginning);

// The text as UTF-8; bytes that mean nothing become U+FFFD.
std::string to_utf8(std::string_view bytes, const CsvFormat& format);

// Where reading goes on.
struct FilePlace {
    uint64_t byte = 0;
    std::size_t line = 1;
};

class ImportFile {
public:
    ImportFile(guichet::Ctx ctx, int64_t file_id, const CsvFormat& format, FilePlace from = {})
        : ctx_{ctx}, file_id_{file_id}, format_{format}, block_at_{from}, next_{from} {}

    // The next row that says anything, as UTF-8; false at the end. Throws GUICHET_E_INVALID when a row is longer than a block, or a
    // quote is never closed.
    bool next(std::vector<std::string>& cells);
    std::size_t line() const { return line_; }  // where the row begins
    FilePlace place() const { return next_; }   // after it

private:
    void load();

    guichet::Ctx ctx_;
    int64_t file_id_;
    CsvFormat format_;
    std::string block_;
    std::optional<guichet::CsvReader> reader_;
    bool last_ = false;
    FilePlace block_at_, next_;
    std::size_t line_ = 0;
};

}  // namespace directory
