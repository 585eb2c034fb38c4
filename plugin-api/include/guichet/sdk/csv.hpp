// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/csv.hpp - tables as CSV (RFC 4180), as spreadsheets write and open them. UTF-8 only, no context needed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guichet {

inline constexpr std::string_view kCsvType = "text/csv; charset=utf-8";

namespace detail {
inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
// A spreadsheet takes a cell that begins like this for a formula, which may run a program or send the sheet away.
inline bool looks_like_formula(std::string_view cell) {
    return !cell.empty() && std::string_view{"=+-@\t\r"}.find(cell.front()) != cell.npos;
}
}  // namespace detail

// Begins with a byte order mark, without which spreadsheets take UTF-8 for Windows-1252. French ones expect ';'.
class CsvWriter {
public:
    explicit CsvWriter(char separator = ';') : separator_{separator}, text_{detail::kByteOrderMark} {}

    // Text that anybody may have written: what looks like a formula gets a leading apostrophe, which makes it text.
    CsvWriter& cell(std::string_view text) {
        if (!detail::looks_like_formula(text)) return plain(text);
        return plain("'" + std::string{text});
    }
    // Numbers and dates that the program wrote: "-12,50" stays a number.
    CsvWriter& plain(std::string_view text) {
        if (!begins_row_) text_ += separator_;
        begins_row_ = false;
        if (!needs_quotes(text)) {
            text_ += text;
            return *this;
        }
        text_ += '"';
        for (const char c : text) text_.append(c == '"' ? 2 : 1, c);
        text_ += '"';
        return *this;
    }
    CsvWriter& end_row() {
        text_ += "\r\n";
        begins_row_ = true;
        return *this;
    }
    const std::string& text() const { return text_; }
    // What was written since the last call: for a file that is too big to be held.
    std::string take() { return std::exchange(text_, {}); }

private:
    bool needs_quotes(std::string_view text) const {
        if (text.empty()) return false;
        const bool blank_ends = text.front() == ' ' || text.back() == ' ';
        return blank_ends || text.find_first_of("\"\r\n\t,;") != text.npos || text.find(separator_) != text.npos;
    }

    char separator_;
    bool begins_row_ = true;
    std::string text_;
};

// The cell without the apostrophe that CsvWriter::cell gave it: what was exported comes back as it was.
inline std::string_view csv_text(std::string_view cell) {
    if (cell.starts_with('\'') && detail::looks_like_formula(cell.substr(1))) cell.remove_prefix(1);
    return cell;
}

// Reads row by row; the text outlives the reader. Lines end with LF, CRLF or CR; quoted cells may hold them. Lines without any
// text are skipped. Whatever the text is, it is read: what cannot be meant (an open quote) is told by open_quote().
class CsvReader {
public:
    CsvReader(std::string_view text, char separator) : text_{text}, separator_{separator} {
        if (text_.starts_with(detail::kByteOrderMark)) at_ = detail::kByteOrderMark.size();
    }

    // False at the end. The strings of cells are used again, so that a long table costs few allocations.
    bool next(std::vector<std::string>& cells) {
        while (at_ < text_.size()) {
            row_line_ = line_;
            read_row(cells);
            if (cells.size() > 1 || !cells.front().empty()) return true;
        }
        return false;
    }
    std::size_t line() const { return row_line_; }   // where the row begins, from 1 on
    std::size_t next_line() const { return line_; }  // where the next one begins
    std::size_t offset() const { return at_; }       // bytes read
    bool open_quote() const { return open_quote_; }  // the last cell began with a quote that nothing closes

private:
    void read_row(std::vector<std::string>& cells) {
        for (std::size_t n = 0;;) {
            if (cells.size() == n) cells.emplace_back();
            cells[n].clear();
            read_cell(cells[n++]);
            if (at_ < text_.size() && text_[at_] == separator_) {
                ++at_;
                continue;
            }
            end_line();
            cells.resize(n);
            return;
        }
    }
    void read_cell(std::string& cell) {
        if (at_ < text_.size() && text_[at_] == '"') read_quoted(cell);
        // after a closing quote as well: "a"b is ab, as spreadsheets read it
        const auto begin = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
        cell.append(text_, begin, at_ - begin);
    }
    void read_quoted(std::string& cell) {
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '"') {
                if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') {
                    ++at_;
                    return;
                }
                ++at_;
            } else if (text_[at_] == '\n' || (text_[at_] == '\r' && !text_.substr(at_ + 1).starts_with('\n'))) ++line_;
            cell += text_[at_];
        }
        open_quote_ = true;
    }
    void end_line() {
        if (at_ == text_.size()) return;
        at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
        ++line_;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0, line_ = 1, row_line_ = 0;
    bool open_quote_ = false;
};

}  // namespace guichet
