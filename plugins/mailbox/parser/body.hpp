// Collects what the parts of a message contribute.
#pragma once

#include "message.hpp"
#include "reader.hpp"

#include <gmime/gmime.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

class Body {
public:
    explicit Body(Effort effort) : effort_{effort} {}

    void read(GMimeObject* root);
    void write_to(Message& message);

private:
    // One text of the message; alternatives of it side by side.
    struct Section {
        std::string text, html;
        bool has_text = false, has_html = false;
    };

    void part(GMimeObject* object, int depth);
    void multipart(GMimeMultipart* multipart, int depth);
    void alternative(GMimeMultipart* multipart, int depth);
    void report(GMimeMultipart* multipart, int depth);
    void leaf(GMimePart* leaf);
    const char* why_not_html(std::string_view bytes) const;
    void text_leaf(GMimePart* leaf, bool html);
    void read_report(const std::string& type, const std::string& content);
    void embedded(GMimeMessagePart* part);
    void tnef(std::string content, const std::string& name);
    void attach(GMimePart* leaf, std::string content);
    void attach(Attachment attachment);
    std::string content_of(GMimePart* leaf);
    void count(std::size_t bytes);
    void write_html(Message& message);

    Effort effort_;
    std::vector<Section> sections_;
    Section* alternative_ = nullptr;  // the one that an alternative fills
    std::vector<Attachment> attachments_;
    Report report_;
    Headers returned_headers_;
    std::string returned_text_;
    std::vector<std::string> warnings_;
    std::size_t parts_ = 0, bytes_ = 0;
};

}  // namespace mailbox
