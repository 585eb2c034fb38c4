#include "ui/template/url_prefix.hpp"

#include "ui/template/escape.hpp"

namespace host::ui {

namespace {

constexpr std::string_view kPictures =
    "pictures in the page begin with data:image/png;base64, (browsers look at the bytes) or data:image/svg+xml;base64,";

}  // namespace

std::string_view UrlPrefix::feed(char c) {
    if (part_ == Part::settled) return "";
    if (static_cast<unsigned char>(c) <= ' ') return "";  // browsers leave these out
    if (part_ == Part::slash) {
        part_ = Part::settled;
        return "";
    }
    if (part_ == Part::picture) return picture(c);
    switch (c) {
        case '/':
        case '\\':
            part_ = part_ == Part::start || scheme_ == "?" ? Part::slash : Part::settled;
            return "";
        case '?':
        case '#':
            part_ = Part::settled;
            return "";
        case ':':
            if (of_picture_ && scheme_ == "data") {
                part_ = Part::picture;
                return "";
            }
            part_ = Part::settled;
            return is_link_scheme(scheme_) ? "" : "only http, https, mailto, tel and paths may be addresses";
        case '&':
            part_ = Part::settled;
            return "write the beginning of an address without character references";
        default:
            break;
    }
    part_ = Part::scheme;
    scheme_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return "";
}

std::string_view UrlPrefix::picture(char c) {
    if (c != ',') {
        scheme_ += c;
        return "";
    }
    part_ = Part::settled;
    return scheme_ == "dataimage/png;base64" || scheme_ == "dataimage/svg+xml;base64" ? "" : kPictures;
}

std::string_view UrlPrefix::refusal() const {
    switch (part_) {
        case Part::scheme:
            return "a value here could change the scheme of the address: use url(\"/path/{id}\", ...) for the whole of it";
        case Part::slash:
            return "a value after a single / could become a host name: use url(\"/{id}\", ...)";
        case Part::picture:
            return kPictures;
        case Part::start:
        case Part::settled:
            return "";
    }
    return "";
}

void UrlPrefix::join(const UrlPrefix& other) {
    if (*this == other) return;
    const auto either = [&](Part part) { return part_ == part || other.part_ == part; };
    if (either(Part::scheme) || either(Part::picture) || (either(Part::slash) && either(Part::start))) {
        part_ = Part::scheme;
        scheme_ = "?";
    } else if (either(Part::slash)) {
        part_ = Part::slash;
    } else {
        part_ = Part::start;  // start and settled: checked as if nothing were there yet
    }
}

}  // namespace host::ui
