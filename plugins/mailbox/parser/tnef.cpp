#include "tnef.hpp"

#include "charset.hpp"

extern "C" {
#include <ytnef.h>
}

#include <memory>

namespace mailbox {
namespace {

std::string bytes_of(const variableLength& field) {
    return field.data && field.size > 0 ? std::string{reinterpret_cast<const char*>(field.data), static_cast<std::size_t>(field.size)}
                                        : std::string{};
}

// Text of either type; strings end with a NUL.
std::string text_property(MAPIProps& properties, unsigned id, const std::string& charset) {
    for (const unsigned type : {unsigned{PT_UNICODE}, unsigned{PT_STRING8}, unsigned{PT_BINARY}}) {
        const auto* found = MAPIFindProperty(&properties, PROP_TAG(type, id));
        if (found == MAPI_UNDEFINED) continue;
        auto bytes = bytes_of(*found);
        bytes.resize(bytes.find_last_not_of('\0') == bytes.npos ? 0 : bytes.find_last_not_of('\0') + 1);
        return to_utf8(bytes, type == PT_UNICODE ? "utf-8" : charset);  // libytnef has made UTF-8 of UTF-16
    }
    return {};
}

std::string charset_of(const TNEFStruct& tnef) {
    const auto page = bytes_of(tnef.CodePage);
    if (page.size() < 2) return {};
    return "cp" + std::to_string(static_cast<unsigned char>(page[0]) | static_cast<unsigned char>(page[1]) << 8);
}

std::string until_nul(const variableLength& field) {
    const auto bytes = bytes_of(field);
    return bytes.substr(0, bytes.find('\0'));
}

Tnef::File read_file(Attachment& attachment, const std::string& charset) {
    Tnef::File file{text_property(attachment.MAPI, PR_ATTACH_LONG_FILENAME, charset), bytes_of(attachment.FileData)};
    if (file.name.empty()) file.name = to_utf8(until_nul(attachment.Title), charset);
    for (const unsigned type : {unsigned{PT_OBJECT}, unsigned{PT_BINARY}}) {
        const auto* object = MAPIFindProperty(&attachment.MAPI, PROP_TAG(type, PR_ATTACH_DATA_OBJ));
        if (object == MAPI_UNDEFINED || !file.content.empty()) continue;
        const auto bytes = bytes_of(*object);
        if (type == PT_OBJECT && bytes.size() > 16) file.content = bytes.substr(16);  // behind the interface's id
        else file.content = bytes;
    }
    return file;
}

}  // namespace

std::optional<Tnef> read_tnef(const std::string& bytes) {
    TNEFStruct tnef;
    TNEFInitialize(&tnef);
    std::string copy = bytes;
    if (TNEFParseMemory(reinterpret_cast<BYTE*>(copy.data()), static_cast<long>(copy.size()), &tnef) != 0) return std::nullopt;
    const auto charset = charset_of(tnef);
    Tnef out;
    for (auto* attachment = tnef.starting_attach.next; attachment; attachment = attachment->next) {
        auto file = read_file(*attachment, charset);
        if (!file.content.empty()) out.files.push_back(std::move(file));
    }
    out.html = text_property(tnef.MapiProperties, PR_BODY_HTML, charset);
    out.text = text_property(tnef.MapiProperties, PR_BODY, charset);
    if (out.text.empty()) out.text = to_utf8(until_nul(tnef.body), charset);
    return out;  // nothing is freed: the process ends with the message
}

}  // namespace mailbox
