// HTML to PDF through Debian's Chromium in a child process: the only free engine packaged for Debian 12 that repeats the heads of
// tables, numbers pages in their margins and can be installed beside Boost 1.81 (WeasyPrint pulls in another Boost).
#pragma once

#include <chrono>
#include <filesystem>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <string_view>

namespace host::pdf {

struct PrintError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Document {
    std::string_view language;  // "fr"
    std::string_view title;     // of the file's properties
    std::string_view style;     // CSS beside that of every document; trusted
    std::string_view footer;    // at the foot of each page, beside its number: plain text
    std::string_view body;      // safe HTML; pictures only as data: addresses
};

// One child for each document, two at a time: a document costs about 0.6 s of processor time. Any thread.
class Printer {
public:
    // scratch_folder: for the files of a document being made; created when missing. style: CSS of every document. program is looked
    // for in PATH.
    Printer(std::filesystem::path scratch_folder, std::string style, std::string program = "chromium",
            std::chrono::milliseconds limit = std::chrono::seconds{60});

    // Bytes of a PDF file. Throws PrintError.
    std::string print(const Document& document);
    // What is printed: reads nothing from elsewhere, runs no script.
    std::string html(const Document& document) const;

private:
    std::filesystem::path scratch_folder_;
    std::string style_, program_;
    std::chrono::milliseconds limit_;
    std::counting_semaphore<> free_{2};
};

}  // namespace host::pdf
